// What is published on a live campaign is on every visitor's open page, and in the
// history.

import { expect, fixtureCampaign, hasWasm, server, test, visit } from '../../fixtures';
import { signInAsOperator } from '../../support/account';
import { addBlock, openEditor, sameAgain, saved, texts } from '../../support/edit';
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

test('what another one types after it was looked at is not published with it', async ({ openWindow, request }) => {
  test.skip(!hasWasm(), 'writing on the page needs scripts');
  test.slow();
  const slug = await fixtureCampaign(request, server('sqlite'), 'bar', 'looked-at');
  const editor = await openWindow();
  await signInAsOperator(editor);
  await openEditor(editor, slug);
  await addBlock(editor, 'Text');
  await editor.keyboard.type('News for everybody.');
  await saved(editor);
  const other = await sameAgain(openWindow, editor);
  await openEditor(other, slug);
  await editor.bringToFront();
  await editor.getByText('Publish…').click();
  await expect(editor.getByText(/^Changes: blocks added: 1\.$/)).toBeVisible();
  await other.bringToFront();
  await texts(other, 'Text').last().click();
  await other.keyboard.press('Control+End');
  await other.keyboard.type(' And the ne');
  await saved(other);
  await editor.bringToFront();
  await expect(texts(editor, 'Text').last()).toHaveText('News for everybody. And the ne');
  await editor.getByRole('button', { name: 'Publish now' }).click();
  await expect(editor.getByText('It is published.').first()).toBeVisible();

  const visitor = await openWindow();
  await visit(visitor, `/campaigns/${slug}`);
  await expect(main(visitor).getByText('News for everybody.', { exact: true })).toBeVisible();
  await expect(main(visitor).getByText('And the ne')).toHaveCount(0);
  // And it is not lost.
  await editor.bringToFront();
  await openEditor(editor, slug);
  await editor.getByText('Publish…').click();
  await expect(editor.getByText(/^Changes: blocks changed: 1\.$/)).toBeVisible();
});
