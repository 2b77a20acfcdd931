// What is typed into a form of the studio survives the tab that it was typed into, until
// it is saved or thrown away.

import { alive, expect, hasWasm, heading, test, visit } from '../../fixtures';
import { openStill, violations } from '../../support/axe';
import { main, openCreator, save, startDraft, uniqueTitle } from '../../support/studio';
import type { Page } from '@playwright/test';

test.skip(() => !hasWasm(), 'a script keeps what is typed');

const OFFER = 'You had typed something here that was not saved';

/** Another tab of the same browser, in place of this one. */
async function reopen(page: Page, path: string): Promise<Page> {
  const other = await page.context().newPage();
  await page.close();
  await visit(other, path);
  await alive(other);
  return other;
}

test('a closed tab loses nothing that was typed', async ({ openWindow }) => {
  test.slow();
  const { page: first } = await openCreator(openWindow);
  const address = await startDraft(first, uniqueTitle('Typed'));
  await visit(first, `${address}/basics`);
  await expect(main(first).getByText(OFFER)).toHaveCount(0);
  await main(first).getByLabel('Subtitle', { exact: true }).fill('A lamp that one can mend.');
  await main(first).getByLabel('Category', { exact: true }).selectOption('Technology');

  const second = await reopen(first, `${address}/basics`);
  await expect(main(second).getByText(OFFER)).toBeVisible();
  await expect(main(second).getByLabel('Subtitle', { exact: true }), 'nothing is put there unasked').toHaveValue('');
  await main(second).getByRole('button', { name: 'Take it back' }).click();
  await expect(main(second).getByText(OFFER)).toHaveCount(0);
  await expect(main(second).getByLabel('Subtitle', { exact: true })).toHaveValue('A lamp that one can mend.');
  await expect(main(second).getByLabel('Category', { exact: true }).locator('option:checked')).toHaveText('Technology');
  await save(second);

  const third = await reopen(second, `${address}/basics`);
  await expect(main(third).getByLabel('Subtitle', { exact: true })).toHaveValue('A lamp that one can mend.');
  await expect(main(third).getByText(OFFER), 'it is saved').toHaveCount(0);
});

test('each reward keeps its own, and what is thrown away is gone', async ({ openWindow }) => {
  test.slow();
  const { page: first } = await openCreator(openWindow);
  const address = await startDraft(first, uniqueTitle('Thrown away'));
  await visit(first, `${address}/rewards?reward=new`);
  await main(first).getByLabel('Title', { exact: true }).fill('Half a lamp');
  await main(first).getByRole('radio', { name: /^Anywhere in the world/ }).check();

  const second = await reopen(first, `${address}/basics`);
  await expect(heading(second, 'Basics')).toBeVisible();
  await expect(main(second).getByText(OFFER), 'another form knows nothing of it').toHaveCount(0);
  const third = await reopen(second, `${address}/rewards?reward=new`);
  await expect(main(third).getByText(OFFER)).toBeVisible();
  await main(third).getByRole('button', { name: 'Throw it away' }).click();
  await expect(main(third).getByText(OFFER)).toHaveCount(0);
  await expect(main(third).getByLabel('Title', { exact: true })).toHaveValue('');
  const fourth = await reopen(third, `${address}/rewards?reward=new`);
  await expect(main(fourth).getByLabel('Title', { exact: true })).toHaveValue('');
  await expect(main(fourth).getByText(OFFER)).toHaveCount(0);
});

test('accessible: the offer of what was typed', async ({ openWindow }) => {
  test.slow();
  const { page: creator } = await openCreator(openWindow);
  const address = await startDraft(creator, uniqueTitle('Offered'));
  const page = await openStill(openWindow, { storageState: await creator.context().storageState() });
  await visit(page, `${address}/funding`);
  await main(page).getByLabel('Goal', { exact: true }).fill('1500');
  const again = await reopen(page, `${address}/funding`);
  await expect(main(again).getByText(OFFER)).toBeVisible();
  expect(await violations(again)).toEqual([]);
});
