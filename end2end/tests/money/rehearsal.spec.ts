// Who runs a campaign sees it played to its end before it happens: by a plain
// form, on a phone, in both languages, and on paper.

import { alive, expect, heading, signInAsOperator, test, visit } from '../../fixtures';
import { openStill, violations } from '../../support/axe';

// A scenario that makes no sense, and a visitor who may not.
test.use({ refusals: [401, 422] });

const PATH = '/campaigns/tide-clock/rehearsal';

test('a campaign is rehearsed, told differently, and its letters are read in place', async ({ page }) => {
  await signInAsOperator(page);
  await visit(page, '/campaigns/tide-clock/accounting');
  await page.getByRole('link', { name: 'Rehearse the campaign' }).click();
  await expect(heading(page, /^Rehearsal of /)).toBeVisible();
  await expect(page.getByText('It succeeds', { exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'You are paid', exact: true })).toBeVisible();

  await alive(page);
  await page.getByRole('radio', { name: 'Far below the goal' }).check();
  await page.getByRole('textbox', { name: 'Backers' }).fill('12');
  await page.getByRole('button', { name: 'Rehearse', exact: true }).click();
  await expect(page.getByText('It does not succeed', { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/reach=far_below/);
  await expect(page.getByRole('region', { name: 'What it comes to' })).toContainText(/by \d+ backers?/);

  const letters = page.getByRole('region', { name: 'The letters' });
  const first = letters.locator('details').first();
  await first.locator('summary').click();
  await expect(first.locator('.letter-text')).toBeVisible();
  await expect(first.locator('.letter-text')).toContainText(/\S/);

  const before = await page.locator('.rehearsal-scenes').innerText();
  // The same address is the same story.
  await page.reload();
  await expect(page.locator('.rehearsal-scenes')).toBeVisible();
  expect(await page.locator('.rehearsal-scenes').innerText()).toBe(before);
});

test('a scenario that makes no sense comes back as typed', async ({ page }) => {
  await signInAsOperator(page);
  await visit(page, `${PATH}?backers=-3&reach=just_above`, 422);
  await expect(page.getByText('A whole number from 1 to 2000, please.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Backers' })).toHaveValue('-3');
  await expect(page.getByText('Nothing was played')).toBeVisible();
});

test('nobody else learns of it', async ({ page }) => {
  await visit(page, PATH, 401);
  await expect(page.locator('.rehearsal-scenes')).toHaveCount(0);
});

test('it fits a phone, passes the inspector, and is printed without its form', async ({ openWindow }) => {
  const page = await openStill(openWindow, { viewport: { width: 360, height: 740 } });
  await signInAsOperator(page);
  await visit(page, `${PATH}?backers=400&declined=30&asked=40`);
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(over).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.rehearsal-scenario')).toBeHidden();
  await expect(page.locator('.rehearsal-scenes')).toBeVisible();
});
