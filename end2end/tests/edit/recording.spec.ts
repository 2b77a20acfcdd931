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
