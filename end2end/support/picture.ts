// Pictures that are made for a test, and how they are let go over a page.

import { deflateSync } from 'node:zlib';

import type { Locator } from '@playwright/test';

/** A picture of one colour, as PNG. */
export function png(width: number, height: number, colour = [30, 120, 90]): Buffer {
  const sum = (bytes: Buffer) => {
    let crc = ~0;
    for (const byte of bytes) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
    return ~crc >>> 0;
  };
  const part = (name: string, content: Buffer) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(content.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(sum(body), body.length + 4);
    return framed;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from(colour))]);
  const dots = Buffer.concat(Array.from({ length: height }, () => line));
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([magic, part('IHDR', head), part('IDAT', deflateSync(dots)), part('IEND', Buffer.alloc(0))]);
}

export type Brought = { name: string; type: string; content: Buffer };

/** Lets files go over an element, or pastes them into it. */
export async function bring(target: Locator, kind: 'drop' | 'paste', files: Brought[]): Promise<void> {
  const all = files.map(({ name, type, content }) => ({ name, type, bytes: [...content] }));
  await target.evaluate(
    (target, { kind, all }) => {
      const data = new DataTransfer();
      for (const { name, type, bytes } of all) {
        data.items.add(new File([new Uint8Array(bytes)], name, { type }));
      }
      const options = { bubbles: true, cancelable: true };
      const event =
        kind === 'drop'
          ? new DragEvent('drop', { ...options, dataTransfer: data })
          : new ClipboardEvent('paste', { ...options, clipboardData: data });
      target.dispatchEvent(event);
    },
    { kind, all },
  );
}

/** Pastes text, or the markup of another program, into an element. */
export async function pasteText(target: Locator, type: 'text/plain' | 'text/html', text: string): Promise<void> {
  await target.evaluate(
    (target, { type, text }) => {
      const data = new DataTransfer();
      data.setData(type, text);
      target.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    },
    { type, text },
  );
}
