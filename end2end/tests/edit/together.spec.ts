// Two windows write one page: in the same paragraph, apart and together again, and
// each takes back only what is its own. Once they are of two people, and a third one reads.

import { confirmByLetter, expect, hasWasm, newPerson, signUp, test, visit } from '../../fixtures';
import { addBlock, openEditor, publish, sameAgain, saved, texts } from '../../support/edit';
import { launch } from '../../support/launched';
import { accept, invite } from '../../support/people';
import { main, openCreator, save, startDraft, uniqueTitle } from '../../support/studio';
import type { OpenWindow } from '../../fixtures';
import type { Page } from '@playwright/test';

test.skip(() => !hasWasm(), 'writing together needs scripts');

/** Two windows of one person on a draft with one paragraph. */
async function two(openWindow: OpenWindow, words: string) {
  const { page: first } = await openCreator(openWindow);
  const path = await startDraft(first, uniqueTitle('Together'));
  const slug = path.split('/').pop() ?? '';
  await openEditor(first, slug);
  await addBlock(first, 'Text');
  await first.keyboard.type(words);
  await saved(first);
  const second = await sameAgain(openWindow, first);
  await openEditor(second, slug);
  await expect(texts(second, 'Text')).toHaveText(words);
  return { first, second, slug };
}

test('two people type in the same paragraph and both read the same', async ({ openWindow }) => {
  test.slow();
  const { first, second } = await two(openWindow, 'A lamp.');
  await first.bringToFront();
  await texts(first, 'Text').click();
  await first.keyboard.press('Control+Home');
  await first.keyboard.type('Look: ');
  await second.bringToFront();
  await texts(second, 'Text').click();
  await second.keyboard.press('Control+End');
  await second.keyboard.type(' It can be mended.');
  await saved(second);
  for (const page of [first, second]) {
    await page.bringToFront();
    await expect(texts(page, 'Text')).toHaveText('Look: A lamp. It can be mended.');
  }
});

/** Waits until somebody is among those who are here, and their caret in the page. */
async function expectHere(page: Page, name: string): Promise<void> {
  await page.bringToFront();
  const here = page.getByRole('list', { name: 'Who else is here' }).getByRole('listitem');
  await expect(here).toHaveCount(1);
  await expect(here).toContainText(name);
  await expect(page.locator('.edit-caret')).toHaveAttribute('data-name', name);
}

test('an owner and somebody invited write one paragraph, and a visitor reads it', async ({ openWindow }) => {
  test.skip(test.info().project.name !== 'wasm', 'it is told once');
  test.setTimeout(240_000);
  const { creator: owner, person, title, slug, address } = await launch(openWindow, 'Written by two');
  const invited = newPerson('collaborator');
  const guest = await openWindow();
  await signUp(guest, invited);
  await confirmByLetter(guest, invited);
  await invite(owner, address, invited.email, ['Edit the page']);
  await accept(guest, invited, title);
  const visitor = await openWindow();
  await visit(visitor, `/campaigns/${slug}`);

  const paragraph = (page: Page) => texts(page, 'Text').first();
  await openEditor(owner, slug);
  await openEditor(guest, slug);
  const before = 'Because everything else is thrown away.';
  for (const [page, key] of [[owner, 'Control+Home'], [guest, 'Control+End']] as const) {
    await page.bringToFront();
    await expect(paragraph(page)).toHaveText(before);
    await paragraph(page).click();
    await page.keyboard.press(key);
  }
  await expectHere(owner, invited.name);
  await expectHere(guest, person.name);

  // Both at once, letter by letter.
  await Promise.all([
    owner.keyboard.type('Look at it once more: ', { delay: 30 }),
    guest.keyboard.type(' It can be mended.', { delay: 30 }),
  ]);
  const whole = `Look at it once more: ${before} It can be mended.`;
  for (const page of [owner, guest]) {
    await page.bringToFront();
    await saved(page);
    await expect(paragraph(page)).toHaveText(whole);
  }
  await expectHere(owner, invited.name);
  await expect(main(visitor).getByText(whole)).toHaveCount(0);
  await publish(owner);
  await visitor.bringToFront();
  await expect(main(visitor).getByText(whole)).toBeVisible();
});

test('one sees where the other is', async ({ openWindow }) => {
  test.slow();
  const { first, second } = await two(openWindow, 'A lamp.');
  await texts(second, 'Text').click();
  await second.keyboard.press('ArrowLeft');
  await first.bringToFront();
  await expect(first.getByRole('list', { name: 'Who else is here' }).getByRole('listitem')).toHaveCount(1);
  await expect(first.locator('.edit-caret')).toHaveCount(1);
  await second.close();
  await expect(first.locator('.edit-caret')).toHaveCount(0);
});

test('undo takes back one’s own words and leaves the other’s', async ({ openWindow }) => {
  test.slow();
  const { first, second } = await two(openWindow, 'A lamp.');
  await texts(second, 'Text').click();
  await second.keyboard.press('Control+End');
  await second.keyboard.type(' Mine.');
  await saved(second);
  await first.bringToFront();
  await expect(texts(first, 'Text')).toHaveText('A lamp. Mine.');
  await texts(first, 'Text').click();
  await first.keyboard.press('Control+Home');
  await first.keyboard.type('Gone: ');
  await expect(texts(first, 'Text')).toHaveText('Gone: A lamp. Mine.');
  await first.keyboard.press('Control+z');
  await expect(texts(first, 'Text')).toHaveText('A lamp. Mine.');
  await saved(first);
  await second.bringToFront();
  await expect(texts(second, 'Text')).toHaveText('A lamp. Mine.');
});

test('what is typed offline is kept, and sent on return', async ({ openWindow }) => {
  test.slow();
  const { first, second } = await two(openWindow, 'A lamp.');
  await first.bringToFront();
  await first.context().setOffline(true);
  await texts(first, 'Text').click();
  await first.keyboard.press('Control+End');
  await first.keyboard.type(' Written on a train.');
  await expect(first.locator('.edit-state')).toHaveText(/^Offline, \d+ changes kept$/);
  await second.bringToFront();
  await texts(second, 'Text').click();
  await second.keyboard.press('Control+Home');
  await second.keyboard.type('Look: ');
  await saved(second);
  await first.bringToFront();
  await first.context().setOffline(false);
  await saved(first);
  for (const page of [first, second]) {
    await page.bringToFront();
    await expect(texts(page, 'Text')).toHaveText('Look: A lamp. Written on a train.');
  }
});

test('a draft that is given another address keeps who is writing it, also offline', async ({ openWindow }) => {
  test.slow();
  const { first, second, slug } = await two(openWindow, 'A lamp.');
  await first.bringToFront();
  await first.context().setOffline(true);
  await texts(first, 'Text').click();
  await first.keyboard.press('Control+End');
  await first.keyboard.type(' It shines.');
  await expect(first.locator('.edit-state')).toHaveText(/^Offline, \d+ changes kept$/);
  await second.bringToFront();
  await visit(second, `/studio/${slug}/basics`);
  await main(second).getByLabel('Address', { exact: true }).fill(`${slug}-moved`);
  await save(second);
  await first.bringToFront();
  await first.context().setOffline(false);
  await saved(first);
  await second.bringToFront();
  await openEditor(second, `${slug}-moved`);
  await expect(texts(second, 'Text')).toHaveText('A lamp. It shines.');
});

test('a tab that was closed offline has lost nothing', async ({ openWindow }) => {
  test.slow();
  const { first, slug } = await two(openWindow, 'A lamp.');
  await first.bringToFront();
  await first.context().setOffline(true);
  await texts(first, 'Text').click();
  await first.keyboard.press('Control+End');
  await first.keyboard.type(' Kept.');
  await expect(first.locator('.edit-state')).toHaveText(/^Offline/);
  const again = await first.context().newPage();
  await first.close();
  await again.context().setOffline(false);
  await openEditor(again, slug);
  await expect(texts(again, 'Text')).toHaveText('A lamp. Kept.');
});
