// From the way in to a saved goal with Tab, Enter, Space and the arrow keys. At each
// stop one can see where one is.

import { alive, expect, hasWasm, heading, test, visit } from '../../fixtures';
import { tabTo } from '../../support/keyboard';
import { main, openCreator, uniqueTitle } from '../../support/studio';

test('a draft without a mouse', async ({ openWindow }) => {
  test.slow();
  const { page } = await openCreator(openWindow);
  const title = uniqueTitle('Without a mouse');
  await visit(page, '/start');
  await tabTo(page, main(page).getByLabel('Title', { exact: true }));
  await page.keyboard.type(title);
  await tabTo(page, main(page).getByLabel('Category', { exact: true }));
  await page.keyboard.type('Des');
  await tabTo(page, main(page).getByLabel('Country', { exact: true }));
  await page.keyboard.type('Fran');
  await tabTo(page, main(page).getByRole('radio', { name: /^All or nothing/ }));
  await tabTo(page, main(page).getByRole('button', { name: 'Make the draft' }));
  await page.keyboard.press('Space');
  await expect(heading(page, title)).toBeVisible();
  await alive(page);
  if (hasWasm()) {
    await expect(heading(page, title)).toBeFocused();
  }

  await tabTo(page, main(page).getByRole('link', { name: 'The goal' }));
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Funding')).toBeVisible();
  await alive(page);
  if (hasWasm()) {
    await expect(heading(page, 'Funding')).toBeFocused();
  }
  await tabTo(page, main(page).getByLabel('Goal', { exact: true }));
  await page.keyboard.type('1500');
  await page.keyboard.press('Enter');
  await expect(main(page).getByText('Saved.')).toBeVisible();
  await expect(main(page).getByLabel('Goal', { exact: true })).toHaveValue(/1500/);
});
