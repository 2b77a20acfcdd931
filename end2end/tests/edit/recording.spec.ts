// A sound and a film are uploaded into a story: nothing of them is loaded before
// somebody plays them, and what is none is refused in words.

import { expect, hasWasm, test, visit } from '../../fixtures';
import { addBlock, openEditor, saved, texts } from '../../support/edit';
import { main, openCreator, startDraft, uniqueTitle } from '../../support/studio';

test.skip(() => !hasWasm(), 'writing on the page needs scripts');
test.use({ refusals: [422] });

/** Two seconds of silence: frames of 128 kbit/s at 44.1 kHz. */
function silence(): Buffer {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0xc4]);
  return Buffer.concat(Array.from({ length: 77 }, () => frame));
}

test('a sound is uploaded, and plays for visitors when they ask for it', async ({ openWindow }) => {
  test.slow();
  const { page } = await openCreator(openWindow);
  const slug = (await startDraft(page, uniqueTitle('It sounds'))).split('/').pop() ?? '';
  await openEditor(page, slug);
  await addBlock(page, 'Film or sound (upload)');
  const block = page.locator('.edit-block[data-kind="recording"]');
  const file = block.getByLabel('Choose a film or a recording');

  await file.setInputFiles({
    name: 'song.mp3',
    mimeType: 'audio/mpeg',
    buffer: Buffer.from('<html><script>alert(1)</script></html>'.repeat(20)),
  });
  await expect(block.getByRole('alert')).toContainText('no film and no sound that can be played here');

  await file.setInputFiles({ name: 'page.html', mimeType: 'text/html', buffer: silence() });
  await expect(block.locator('audio')).toHaveAttribute('src', /^\/media\/recordings\/[0-9a-f-]{36}\.mp3$/);
  await expect(block.getByRole('alert')).toHaveCount(0);
  await texts(page, 'Caption').click();
  await page.keyboard.type('How the lamp hums');
  await saved(page);

  const loaded: string[] = [];
  page.on('request', request => loaded.push(new URL(request.url()).pathname));
  const figure = main(page).getByRole('figure').filter({ hasText: 'How the lamp hums' });
  const sound = figure.locator('audio');
  // What a draft tells is written a second after the last change of it.
  await expect(async () => {
    await visit(page, `/campaigns/${slug}`);
    await expect(sound).toHaveAttribute('preload', 'none', { timeout: 1_000 });
  }).toPass();
  expect(loaded.filter(path => path.startsWith('/media/recordings/'))).toEqual([]);
  const seconds = await sound.evaluate(
    (audio: HTMLAudioElement) =>
      new Promise<number>((known, failed) => {
        audio.onloadedmetadata = () => known(audio.duration);
        audio.onerror = () => failed(new Error(audio.error?.message));
        audio.preload = 'metadata';
        audio.load();
      }),
  );
  expect(seconds).toBeGreaterThan(1);
});

/** A film that holds nothing to be seen, as its container frames it. */
function film(): Buffer {
  const part = (name: string, content: Buffer) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(content.length + 8, 0);
    head.write(name, 4, 'latin1');
    return Buffer.concat([head, content]);
  };
  return Buffer.concat([
    part('ftyp', Buffer.from('isom\0\0\x02\0isomiso2avc1mp41', 'latin1')),
    part('moov', Buffer.alloc(100, 3)),
    part('mdat', Buffer.alloc(500, 7)),
  ]);
}

test('a film is given captions, and visitors have them with it', async ({ openWindow }) => {
  test.slow();
  const { page } = await openCreator(openWindow);
  const slug = (await startDraft(page, uniqueTitle('It speaks'))).split('/').pop() ?? '';
  await openEditor(page, slug);
  await addBlock(page, 'Film or sound (upload)');
  const block = page.locator('.edit-block[data-kind="recording"]');
  await block.getByLabel('Choose a film or a recording').setInputFiles({ name: 'sea.mp4', mimeType: 'video/mp4', buffer: film() });
  await expect(block.locator('video')).toHaveCount(1);

  const file = block.getByLabel('Choose a file of captions');
  const captions = (text: string) => ({ name: 'sea.vtt', mimeType: 'text/vtt', buffer: Buffer.from(text) });
  await file.setInputFiles(captions('1\n00:00:01,000 --> 00:00:04,000\nIt hums.\n'));
  await expect(block.getByRole('alert')).toContainText('it begins with WEBVTT');
  await block.getByLabel('Language of the captions').selectOption('Français');
  await file.setInputFiles(captions('WEBVTT\n\n00:01.000 --> 00:04.000\nElle ronronne.\n'));
  await expect(block.getByText('Captions: Français')).toBeVisible();
  await expect(block.getByRole('alert')).toHaveCount(0);
  await saved(page);

  const track = main(page).locator('.story video > track');
  await expect(async () => {
    await visit(page, `/campaigns/${slug}`);
    await expect(track).toHaveAttribute('srclang', 'fr', { timeout: 1_000 });
  }).toPass();
  const said = await page.request.get((await track.getAttribute('src')) ?? '');
  expect(said.headers()['content-type']).toBe('text/vtt; charset=utf-8');
  expect(await said.text()).toContain('Elle ronronne.');
});
