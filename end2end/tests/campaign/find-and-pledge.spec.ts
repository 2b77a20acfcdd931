// The main promise: a person finds a campaign, pledges with the sandbox's card,
// and is done in well under a minute.

import {
  CARDS,
  alive,
  checkout,
  choose,
  euros,
  expect,
  expectThanks,
  figures,
  fillCard,
  hasWasm,
  heading,
  openLetter,
  receipt,
  server,
  test,
  uniqueEmail,
  visit,
} from '../../fixtures';

test('find a campaign by its category and pledge to it', async ({ page, request }) => {
  const email = uniqueEmail('finder');
  const start = Date.now();

  await visit(page, '/');
  await page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Discover' }).click();
  await expect(heading(page, 'Discover campaigns')).toBeAttached();
  await alive(page);
  await page.getByRole('combobox', { name: 'Category' }).selectOption({ label: 'Technology' });
  if (!hasWasm()) {
    await page.getByRole('button', { name: 'Show' }).click();
  }
  await expect(page).toHaveURL(/category=technology/);
  await expect(page.getByRole('link', { name: 'Remove the filter Technology' })).toBeVisible();
  await page.getByRole('link', { name: 'The Tide Clock that runs on the moon' }).click();

  await expect(heading(page, 'The Tide Clock that runs on the moon')).toBeVisible();
  await alive(page);
  await page.getByRole('link', { name: 'Pledge €109 for The Tide Clock' }).click();

  await expect(heading(page, 'Back The Tide Clock that runs on the moon')).toBeVisible();
  await alive(page);
  const form = checkout(page);
  await expect(form.reward('The Tide Clock €109')).toBeChecked();
  await choose(page, {
    country: 'France',
    addOns: { 'Engraving with the name of a harbour': '1' },
    amount: '5',
  });
  // 109 for the clock, 12 for the engraving, 5 on top, 7 for the parcel.
  await expect(form.submit).toHaveText('Pledge €133');
  await form.email.fill(email);
  await fillCard(page, CARDS.success);
  const before = await figures(request, server('sqlite'), 'tide-clock');
  await form.submit.click();
  await expectThanks(page);
  expect(Date.now() - start, 'milliseconds').toBeLessThan(60_000);

  for (const [line, amount] of [
    ['The Tide Clock', '€109'],
    ['Engraving with the name of a harbour', '€12'],
    ['Bonus', '€5'],
    ['Shipping', '€7'],
    ['Total', '€133'],
  ] as const) {
    await expect(receipt(page).getByText(line, { exact: true }).locator('..')).toContainText(amount);
  }
  await expect(receipt(page)).toContainText('ending in 4242');

  // Other tests pledge to it at the same time, so that it may be more.
  const after = await figures(request, server('sqlite'), 'tide-clock');
  expect(after.pledged).toBeGreaterThanOrEqual(before.pledged + 13_300);
  const letter = await openLetter(page, email, /Tide Clock/);
  await expect(letter).toContainText(euros(13_300));
});
