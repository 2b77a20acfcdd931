// From the home page to a finished pledge with Tab, Enter, Space and the arrow
// keys. At each stop one can see where one is.

import { CARDS, alive, checkout, expect, expectThanks, hasWasm, heading, test, uniqueEmail, visit } from '../../fixtures';
import { tabTo } from '../../support/keyboard';
import type { Locator, Page } from '@playwright/test';

/** Follows the link that has the focus; the new page's heading takes it over. */
async function follow(page: Page, title: Locator): Promise<void> {
  await page.keyboard.press('Enter');
  await expect(title).toBeAttached();
  await alive(page);
  if (hasWasm()) {
    await expect(title).toBeFocused();
  }
}

test('a pledge without a mouse', async ({ page }) => {
  test.slow();
  await visit(page, '/');
  await tabTo(page, page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Discover' }));
  await follow(page, heading(page, 'Discover campaigns'));

  await tabTo(page, page.getByRole('link', { name: 'The Tide Clock that runs on the moon' }));
  await follow(page, heading(page, 'The Tide Clock that runs on the moon'));

  await tabTo(page, page.getByRole('link', { name: 'Back this campaign' }).filter({ visible: true }).first());
  await follow(page, heading(page, 'Back The Tide Clock that runs on the moon'));

  // A group of choices is one stop; arrows move within it.
  const form = checkout(page);
  await tabTo(page, form.rewards.getByRole('radio').first());
  const postcard = form.reward('A postcard from the shore');
  await expect(async () => {
    await page.keyboard.press('ArrowDown');
    await expect(postcard).toBeChecked({ timeout: 100 });
  }).toPass({ intervals: [50] });

  await tabTo(page, form.addOn('Engraving with the name of a harbour'));
  await page.keyboard.type('1');
  await tabTo(page, form.country);
  await page.keyboard.type('Fran');
  await expect(form.country.locator('option:checked')).toHaveText('France');
  await tabTo(page, form.amount);
  await page.keyboard.type('3');
  if (!hasWasm()) {
    await tabTo(page, form.update);
    await page.keyboard.press('Space');
  }
  // 8 for the postcard, 12 for the engraving, 3 on top, 2 for the stamp.
  await expect(form.submit).toHaveText('Pledge €25');

  await tabTo(page, form.email);
  await page.keyboard.type(uniqueEmail('keys'));
  await tabTo(page, form.card);
  await page.keyboard.type(CARDS.success);
  await tabTo(page, form.expiry);
  await page.keyboard.type('12/40');
  await tabTo(page, form.code);
  await page.keyboard.type('123');
  await tabTo(page, form.submit);
  await page.keyboard.press('Space');
  await expectThanks(page);
  if (hasWasm()) {
    await expect(heading(page, /^Thank you/)).toBeFocused();
  }
});

test('the first stop of a page leads past its head', async ({ page }) => {
  await visit(page, '/campaigns/tide-clock');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#main$/);
  await page.keyboard.press('Tab');
  const inMain = await page.evaluate(() => document.activeElement?.closest('main') !== null);
  expect(inMain, 'the next stop is in the page itself').toBe(true);
});

test('a refused form leads the keyboard to what is wrong', async ({ page }) => {
  await visit(page, '/sign-in');
  const main = page.getByRole('main');
  await main.getByLabel('E-mail').fill('nobody-at-all@example.org');
  await main.getByLabel('Password').fill('not the password');
  await page.keyboard.press('Enter');
  await expect(page.getByText('This e-mail and password do not match.').first()).toBeVisible();
  await expect(page.getByRole('alert').first()).toBeVisible();
});
