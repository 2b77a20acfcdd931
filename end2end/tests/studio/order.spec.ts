// Rewards are put into another order by their handles: dragged, by keys, and back. It
// is saved without a button, and the page stays as it is.

import { expect, hasWasm, heading, test, visit } from '../../fixtures';
import { tabTo } from '../../support/keyboard';
import { addReward, main, openCreator, openPart, startDraft, uniqueTitle } from '../../support/studio';
import type { OpenWindow } from '../../fixtures';
import type { Page } from '@playwright/test';

test.skip(() => !hasWasm(), 'without scripts there are the buttons of each row');

async function three(openWindow: OpenWindow) {
  const { page } = await openCreator(openWindow);
  const address = await startDraft(page, uniqueTitle('An order'));
  await openPart(page, 'Rewards');
  for (const [title, price] of [['One', '5'], ['Two', '15'], ['Three', '25']] as const) {
    await addReward(page, { title, price });
  }
  return { page, address };
}

function titles(page: Page) {
  return main(page).getByRole('region', { name: 'Rewards' }).getByRole('listitem').getByRole('link');
}

function handle(page: Page, title: string) {
  return main(page).getByRole('button', { name: `Move ${title}: drag it, or press the arrow keys` });
}

/** What another window of the same person finds on the server. */
async function expectSaved(page: Page, address: string, wanted: string[]): Promise<void> {
  await expect(async () => {
    const answer = await page.request.get(`${address}/rewards`);
    const found = [...(await answer.text()).matchAll(/rewards\?reward=[0-9a-f-]{36}"[^>]*>([^<]+)</g)];
    expect(found.map(match => match[1])).toEqual(wanted);
  }).toPass({ timeout: 10_000 });
}

test('a reward is dragged to another place, and back by undo', async ({ openWindow }) => {
  test.slow();
  const { page, address } = await three(openWindow);
  // All three rows are to be seen, on a phone too.
  await handle(page, 'Two').evaluate(handle => handle.scrollIntoView({ block: 'center' }));
  const from = await handle(page, 'Three').boundingBox();
  const to = await titles(page).first().boundingBox();
  if (!from || !to) {
    throw new Error('a handle and a row are to be seen');
  }
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y - 4, { steps: 8 });
  await expect(main(page).locator('[data-drop="above"]')).toContainText('One');
  await page.mouse.up();
  await expect(titles(page)).toHaveText(['Three', 'One', 'Two']);
  await expect(main(page).locator('[data-drop]')).toHaveCount(0);
  await expect(main(page).getByRole('status').filter({ hasText: 'Three is now number 1 of 3.' })).toBeVisible();
  await expectSaved(page, address, ['Three', 'One', 'Two']);
  expect(new URL(page.url()).pathname, 'the page stays').toBe(`${address}/rewards`);

  await main(page).getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(titles(page)).toHaveText(['One', 'Two', 'Three']);
  await expectSaved(page, address, ['One', 'Two', 'Three']);
});

test('the arrow keys move a reward, and the keyboard goes along', async ({ openWindow }) => {
  test.slow();
  const { page, address } = await three(openWindow);
  await tabTo(page, handle(page, 'One'));
  await page.keyboard.press('ArrowDown');
  await expect(titles(page)).toHaveText(['Two', 'One', 'Three']);
  await expect(handle(page, 'One')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(titles(page)).toHaveText(['Two', 'Three', 'One']);
  await expect(handle(page, 'One')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(titles(page), 'there is no further').toHaveText(['Two', 'Three', 'One']);
  await expectSaved(page, address, ['Two', 'Three', 'One']);
  await page.keyboard.press('Control+z');
  await expect(titles(page)).toHaveText(['Two', 'One', 'Three']);
  await expectSaved(page, address, ['Two', 'One', 'Three']);
});

test.describe('changed elsewhere', () => {
  test.use({ refusals: [409, 422] });

  test('an order that was made from an old page is refused, and says so', async ({ openWindow }) => {
    test.slow();
    const { page, address } = await three(openWindow);
    const other = await openWindow({ storageState: await page.context().storageState() });
    await visit(other, `${address}/rewards`);
    await expect(heading(other, 'Rewards')).toBeVisible();
    await main(other).getByRole('button', { name: 'Move up Three' }).click();
    await expect(titles(other)).toHaveText(['One', 'Three', 'Two']);

    await page.bringToFront();
    await handle(page, 'One').focus();
    await page.keyboard.press('ArrowDown');
    await expect(main(page).getByText('The rewards have changed since this page was read.')).toBeVisible();
    await expect(titles(page)).toHaveText(['One', 'Two', 'Three']);
    await expectSaved(page, address, ['One', 'Three', 'Two']);
  });
});
