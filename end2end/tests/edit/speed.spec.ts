// How a story of 300 blocks is written and opened, as the person at the keyboard sees it.
// `cargo xtask bench edit` runs this with the release binary and sets PEDESTAL_MEASURE;
// beside other tests it would tell of the machine and not of the product.

import { expect, hasWasm, test, visit } from '../../fixtures';
import { addBlock, openEditor, sameAgain, texts } from '../../support/edit';
import { OwnServer } from '../../support/own-server';
import { pasteText } from '../../support/picture';
import { main, openCreator, startDraft, uniqueTitle } from '../../support/studio';
import type { OpenWindow } from '../../fixtures';
import type { Page } from '@playwright/test';

test.skip(process.env.PEDESTAL_MEASURE !== '1', 'a measurement');
test.skip(() => !hasWasm(), 'writing on the page needs scripts');

const BLOCKS = 300;
const LETTERS = 200;
const OPENINGS = 9;
/** Between two letters of somebody who types fast, in milliseconds. */
const PACE = 60;

/** What was measured, in milliseconds, and what it has to stay under. */
type Figure = { what: string; p50: number; p99: number; floor?: { of: 'p50' | 'p99'; under: number } };

function figure(what: string, times: number[], floor?: Figure['floor']): Figure {
  expect(times.length, what).toBeGreaterThan(0);
  const sorted = times.toSorted((a, b) => a - b);
  const percentile = (percent: number) => sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? Infinity;
  return { what, p50: percentile(50), p99: percentile(99), floor };
}

function isMet({ floor, ...measured }: Figure): boolean {
  return floor === undefined || measured[floor.of] < floor.under;
}

function line(one: Figure): string {
  const mark = one.floor === undefined ? '·' : isMet(one) ? '✓' : '✗';
  const floor = one.floor === undefined ? '' : `  ${one.floor.of} < ${one.floor.under} ms`;
  return `${mark} ${one.what.padEnd(52)}  p50 ${one.p50.toFixed(1)} ms, p99 ${one.p99.toFixed(1)} ms${floor}`;
}

test('a story of 300 blocks is written and opened without a wait', async ({ browser }) => {
  test.setTimeout(600_000);
  const server = await OwnServer.start();
  try {
    const openWindow = server.windowsIn(browser);
    const { page } = await openCreator(openWindow);
    const slug = (await startDraft(page, uniqueTitle('Long'))).split('/').pop() ?? '';
    await openEditor(page, slug);
    await fill(page);
    const figures = [
      ...(await typing(page)),
      ...(await across(openWindow, page, slug)),
      ...(await opening(page, slug)),
    ];
    console.log(`\n${figures.map(line).join('\n')}\n`);
    expect(figures.filter(one => !isMet(one)).map(line), 'floors that are missed').toEqual([]);
  } finally {
    await server.forget();
  }
});

/** Writes the story, and waits until all of it is on the server's disk. */
async function fill(page: Page): Promise<void> {
  await addBlock(page, 'Text');
  const words = 'Everything else is thrown away, and this can be mended. '.repeat(4);
  const html = Array.from({ length: BLOCKS }, (_, n) => `<p>${n}: ${words}</p>`).join('');
  await expect(texts(page, 'Text').first()).toBeFocused();
  await pasteText(texts(page, 'Text').first(), 'text/html', html);
  await expect(page.locator('.edit-block')).toHaveCount(BLOCKS, { timeout: 60_000 });
  await expect(page.locator('.edit-state')).toHaveText('Saved', { timeout: 60_000 });
}

/** From a key to its letter on the screen: the work, and the frame. */
async function typing(page: Page): Promise<Figure[]> {
  await page.bringToFront();
  await texts(page, 'Text').nth(BLOCKS / 2).click();
  await page.evaluate(() => {
    const keys = { work: [] as number[], frame: [] as number[] };
    Object.assign(window, { keys });
    const channel = new MessageChannel();
    let [pressed, handled, framed, selected] = [0, 0, 0, 0];
    let isFramed = true;
    // A message that is posted in a frame is heard once it is laid out and painted.
    channel.port1.onmessage = () => {
      const now = performance.now();
      keys.work.push(handled + now - framed);
      keys.frame.push(now - pressed);
    };
    // The window hears first what it captures, and last what comes up to it.
    addEventListener(
      'keydown',
      event => {
        pressed = event.timeStamp;
        handled = 0;
        isFramed = false;
        // What is drawn in this frame is asked for after this.
        requestAnimationFrame(() => {
          framed = performance.now();
          isFramed = true;
          channel.port2.postMessage(0);
        });
      },
      true,
    );
    addEventListener('input', () => (handled = performance.now() - pressed));
    // The caret moves a moment later; within the frame it is counted already.
    addEventListener('selectionchange', () => (selected = performance.now()), true);
    document.addEventListener('selectionchange', () => {
      handled += isFramed ? 0 : performance.now() - selected;
    });
  });
  for (let letter = 0; letter < LETTERS; letter += 1) {
    await page.keyboard.press('x');
    await page.waitForTimeout(PACE);
  }
  type Keys = { work: number[]; frame: number[] };
  const { work, frame } = await page.evaluate(() => (window as unknown as { keys: Keys }).keys);
  return [
    figure('a letter: script, layout and paint', work, { of: 'p50', under: 16 }),
    figure('a letter → the next paint, with the wait for its frame', frame),
  ];
}

/** From a key to its letter on the screen of another window. */
async function across(openWindow: OpenWindow, writer: Page, slug: string): Promise<Figure[]> {
  const reader = await sameAgain(openWindow, writer);
  await openEditor(reader, slug);
  const text = texts(reader, 'Text').nth(BLOCKS / 2);
  const length = await text.evaluate(text => text.textContent?.length ?? 0);
  await text.evaluate(text => {
    /** When a text of so many letters was painted. */
    const seen: Record<number, number> = {};
    Object.assign(window, { seen });
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => (seen[data as number] ??= performance.timeOrigin + performance.now());
    new MutationObserver(() => {
      const length = text.textContent?.length ?? 0;
      requestAnimationFrame(() => channel.port2.postMessage(length));
    }).observe(text, { childList: true, characterData: true, subtree: true });
  });
  await writer.evaluate(() => {
    const pressed: number[] = [];
    Object.assign(window, { pressed });
    addEventListener('keydown', event => pressed.push(performance.timeOrigin + event.timeStamp), true);
  });
  type Seen = { seen: Record<number, number> };
  for (let letter = 1; letter <= LETTERS; letter += 1) {
    await writer.keyboard.press('x');
    const isSeen = (wanted: number) => (window as unknown as Seen).seen[wanted] !== undefined;
    await reader.waitForFunction(isSeen, length + letter, { polling: 10, timeout: 10_000 });
  }
  const pressed = await writer.evaluate(() => (window as unknown as { pressed: number[] }).pressed);
  const seen = await reader.evaluate(() => (window as unknown as Seen).seen);
  await reader.context().close();
  const times = pressed.map((time, letter) => (seen[length + letter + 1] ?? Infinity) - time);
  return [figure('a letter → the other window’s screen', times, { of: 'p99', under: 200 })];
}

/** From “Edit this page” to all its blocks painted, to be typed in; and by the address. */
async function opening(page: Page, slug: string): Promise<Figure[]> {
  const [byLink, byAddress]: [number[], number[]] = [[], []];
  for (let time = 0; time < OPENINGS; time += 1) {
    await visit(page, `/campaigns/${slug}`);
    const opened = page.evaluate(untilOpen, { blocks: BLOCKS, isByLink: true });
    await main(page).getByRole('link', { name: 'Edit this page' }).click();
    byLink.push(await opened);
    await page.goto(`/campaigns/${slug}/edit`, { waitUntil: 'commit' });
    byAddress.push(await page.evaluate(untilOpen, { blocks: BLOCKS, isByLink: false }));
  }
  return [
    figure('opening it from its page', byLink, { of: 'p50', under: 300 }),
    figure('opening it by its address, with the whole site', byAddress),
  ];
}

/** So long it took from a click, or from the navigation on. Runs in the page. */
function untilOpen({ blocks, isByLink }: { blocks: number; isByLink: boolean }): Promise<number> {
  return new Promise(done => {
    let begun = isByLink ? undefined : 0;
    addEventListener('click', event => (begun ??= event.timeStamp), { capture: true, once: true });
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now() - (begun ?? 0));
    const look = () => {
      const texts = document.querySelectorAll('.edit-block .edit-text[contenteditable="plaintext-only"]');
      if (begun !== undefined && texts.length >= blocks) {
        channel.port2.postMessage(0);
      } else {
        requestAnimationFrame(look);
      }
    };
    requestAnimationFrame(look);
  });
}
