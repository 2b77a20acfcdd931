// The server is killed while two people are in the middle of a sentence, and started
// again: what both wrote before, meanwhile and after is all there.

import { expect, hasWasm, test } from '../../fixtures';
import { addBlock, openEditor, sameAgain, saved, texts } from '../../support/edit';
import { OwnServer } from '../../support/own-server';
import { openCreator, startDraft, uniqueTitle } from '../../support/studio';

test.skip(() => !hasWasm(), 'writing together needs scripts');
// It starts a server of its own, so that one kind of window is enough.
test.beforeEach(() => test.skip(test.info().project.name !== 'wasm', 'one server is killed once'));

test('a server that is killed in mid-sentence loses no word', async ({ browser }) => {
  test.setTimeout(300_000);
  const server = await OwnServer.start();
  const openWindow = server.windowsIn(browser);
  try {
    const { page: first } = await openCreator(openWindow);
    const slug = (await startDraft(first, uniqueTitle('Killed'))).split('/').pop() ?? '';
    await openEditor(first, slug);
    await addBlock(first, 'Text');
    await first.keyboard.type('A lamp.');
    await saved(first);
    const second = await sameAgain(openWindow, first);
    await openEditor(second, slug);
    await expect(texts(second, 'Text')).toHaveText('A lamp.');

    await first.bringToFront();
    await texts(first, 'Text').click();
    await first.keyboard.press('Control+End');
    await first.keyboard.type(' It can be ', { delay: 20 });
    const dead = server.kill();
    await first.keyboard.type('mended by ', { delay: 20 });
    await dead;
    await first.keyboard.type('anybody.', { delay: 20 });
    await expect(first.locator('.edit-state')).toHaveText(/^Offline, \d+ changes kept$/);

    await second.bringToFront();
    await texts(second, 'Text').click();
    await second.keyboard.press('Control+Home');
    await second.keyboard.type('Look: ', { delay: 20 });
    await expect(second.locator('.edit-state')).toHaveText(/^Offline, \d+ changes kept$/);

    await server.again();
    const whole = 'Look: A lamp. It can be mended by anybody.';
    const third = await sameAgain(openWindow, first);
    for (const page of [first, second]) {
      await page.bringToFront();
      await expect(page.locator('.edit-state')).toHaveText('Saved', { timeout: 30_000 });
      await expect(texts(page, 'Text')).toHaveText(whole);
    }
    await openEditor(third, slug);
    await expect(texts(third, 'Text'), 'and it is on the server').toHaveText(whole);
  } finally {
    await server.forget();
  }
});
