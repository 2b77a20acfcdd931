// What is published on a live campaign is on every visitor's open page, and in the
// history.

import { expect, fixtureCampaign, hasWasm, server, test, visit } from '../../fixtures';
import { signInAsOperator } from '../../support/account';
import { openEditor, saved } from '../../support/edit';
import { main } from '../../support/studio';

test('a visitor reads what is published, without a reload and without a jump', async ({ openWindow, request }) => {
  test.skip(!hasWasm(), 'writing on the page needs scripts');
  test.slow();
  const slug = await fixtureCampaign(request, server('sqlite'), 'bar', 'published');
  const visitor = await openWindow();
  await visit(visitor, `/campaigns/${slug}`);
  const editor = await openWindow();
  await signInAsOperator(editor);
  await openEditor(editor, slug);
  await editor.getByRole('textbox', { name: 'Title', exact: true }).click();
  await editor.keyboard.press('Control+End');
  await editor.keyboard.type(', again');
  await editor.getByRole('button', { name: 'Add a block' }).click();
  await editor.getByRole('option', { name: 'Text', exact: true }).click();
  await editor.keyboard.type('News for everybody.');
  await saved(editor);

  // Visitors read what was published before, until it is published.
  await visitor.bringToFront();
  await expect(main(visitor).getByText('News for everybody.')).toHaveCount(0);
  const first = await visitor.locator('.story > *').first().elementHandle();
  await editor.bringToFront();
  await editor.getByText('Publish…').click();
  await expect(editor.getByText(/^Changes: the title, blocks added: 1\.$/)).toBeVisible();
  await editor.getByRole('button', { name: 'Publish now' }).click();
  await expect(editor.getByText('It is published.').first()).toBeVisible();

  await visitor.bringToFront();
  await expect(main(visitor).getByText('News for everybody.')).toBeVisible({ timeout: 5_000 });
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText(/, again$/);
  expect(await first?.evaluate(element => element.isConnected), 'what did not change is the same element').toBe(true);

  await editor.bringToFront();
  await editor.getByRole('link', { name: 'History' }).click();
  await expect(editor.getByRole('heading', { level: 1, name: /^History of/ })).toBeVisible();
  await expect(main(editor).locator('ins').filter({ hasText: 'News for everybody.' })).toBeVisible();
});
