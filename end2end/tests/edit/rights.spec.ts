// The right to write is lost in the middle of it, and comes back: the page can only be
// read meanwhile, and nothing of what was written is lost.

import { alive, expect, hasWasm, heading, signIn, test, visit } from '../../fixtures';
import { addBlock, openEditor, sameAgain, saved, texts } from '../../support/edit';
import { complete, main, openCreator, startDraft, submitDraft, uniqueTitle } from '../../support/studio';

test.skip(() => !hasWasm(), 'writing on the page needs scripts');
// Whoever is not signed in is not let in.
test.use({ refusals: [401] });

test('who signs out can read on, and goes on writing once signed in again', async ({ openWindow }) => {
  test.slow();
  const { page, person } = await openCreator(openWindow);
  const slug = (await startDraft(page, uniqueTitle('Signed out'))).split('/').pop() ?? '';
  await openEditor(page, slug);
  await addBlock(page, 'Text');
  await page.keyboard.type('A lamp.');
  await saved(page);

  const other = await page.context().newPage();
  await visit(other, '/account');
  await other.getByRole('button', { name: 'Sign out' }).click();
  await page.bringToFront();
  await texts(page, 'Text').click();
  // Whether it still comes in depends on the moment; what is on the page is kept.
  await page.keyboard.insertText(' It can be mended.');
  await expect(page.locator('.edit-state')).toHaveText('Read only');
  await expect(texts(page, 'Text')).toHaveAttribute('contenteditable', 'false');
  await expect(page.getByRole('button', { name: 'Copy the text' })).toBeVisible();
  const kept = (await texts(page, 'Text').textContent()) ?? '';
  expect(kept).toContain('A lamp.');

  await other.bringToFront();
  await visit(other, '/sign-in?next=%2Faccount');
  await signIn(other, person);
  await expect(heading(other, 'Your account')).toBeVisible();
  await alive(other);

  await page.bringToFront();
  await expect(page.locator('.edit-state')).toHaveText('Saved', { timeout: 30_000 });
  await expect(texts(page, 'Text')).toHaveAttribute('contenteditable', 'plaintext-only');
  await expect(page.getByRole('button', { name: 'Copy the text' })).toHaveCount(0);
  await expect(texts(page, 'Text')).toHaveText(kept);
  // The caret may stand anywhere after that.
  const again = await sameAgain(openWindow, page);
  await openEditor(again, slug);
  await expect(texts(again, 'Text'), 'and the server has it').toHaveText(kept);
  await page.bringToFront();
  await texts(page, 'Text').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' And lit.');
  await saved(page);
  await again.bringToFront();
  await expect(texts(again, 'Text')).toHaveText(`${kept} And lit.`);
});

test('what is withdrawn from review can be written again where it stands open', async ({ openWindow }) => {
  test.slow();
  const { page } = await openCreator(openWindow);
  const address = await startDraft(page, uniqueTitle('Withdrawn'));
  await complete(page);
  const other = await sameAgain(openWindow, page);
  await openEditor(page, address.split('/').pop() ?? '');
  const text = texts(page, 'Text').first();
  await expect(text).toHaveAttribute('contenteditable', 'plaintext-only');

  await visit(other, address);
  await submitDraft(other);
  await page.bringToFront();
  await expect(page.locator('.edit-state')).toHaveText('Read only');
  await expect(text).toHaveAttribute('contenteditable', 'false');

  await other.bringToFront();
  await main(other).getByText('Withdraw it', { exact: true }).click();
  await main(other).getByRole('button', { name: 'Yes, withdraw it' }).click();
  await expect(main(other).getByRole('button', { name: 'Send it for review' })).toBeVisible();
  await page.bringToFront();
  await expect(page.locator('.edit-state')).toHaveText('Saved', { timeout: 30_000 });
  await expect(text).toHaveAttribute('contenteditable', 'plaintext-only');
  await text.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' Or burnt.');
  await saved(page);
});
