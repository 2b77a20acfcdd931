// One form chooses and pays. With wasm the total follows by itself; without, a
// button asks for it, and what was typed elsewhere in the form stays.

import {
  CARDS,
  alive,
  changeTo,
  checkout,
  choose,
  expect,
  expectThanks,
  figures,
  fillCard,
  fixtureCampaign,
  hasWasm,
  receipt,
  server,
  test,
  uniqueEmail,
  visit,
} from '../../fixtures';

test('what was typed is still there when the total has changed, and no card is kept', async ({ page }) => {
  await visit(page, '/campaigns/tide-clock/pledge');
  const form = checkout(page);
  const email = uniqueEmail('one-form');
  await form.email.fill(email);
  await fillCard(page, CARDS.success);
  await choose(page, { reward: 'A postcard from the shore', country: 'France', amount: '3' });
  // 8 for the postcard, 3 on top, 2 for the stamp.
  await expect(form.submit).toHaveText('Pledge €13');
  await expect(form.email).toHaveValue(email);
  await expect(form.card).toHaveValue(hasWasm() ? CARDS.success : '');
  await expect(form.code).toHaveValue(hasWasm() ? '123' : '');
  await expect(form.reward('A postcard from the shore')).toBeChecked();
  await expect(form.country.locator('option:checked')).toHaveText('France');
  await expect(form.amount).toHaveValue('3');
  await expect(form.update).toHaveCount(hasWasm() ? 0 : 1);
  await expect(page.getByRole('alert')).toHaveCount(0);

  const address = decodeURIComponent(page.url());
  expect(address).toContain('country=FR');
  expect(address).not.toContain(email);
  const cookies = await page.context().cookies();
  const kept = cookies
    .filter(cookie => cookie.name.endsWith('typed'))
    .map(cookie => Buffer.from(cookie.value, 'base64url').toString());
  expect(kept.join()).not.toContain('4242');
  if (!hasWasm()) {
    expect(kept.join()).toContain(email);
    // Again, from a page that has come back already.
    await choose(page, { amount: '5' });
    await expect(form.submit).toHaveText('Pledge €15');
    await expect(form.email).toHaveValue(email);
  }
});

test('the total is asked for before anything else is filled in', async ({ page }) => {
  await visit(page, '/campaigns/tide-clock/pledge');
  const form = checkout(page);
  await choose(page, { reward: 'A postcard from the shore', country: 'France' });
  await expect(form.submit).toHaveText('Pledge €10');
  await expect(form.email).not.toHaveAttribute('aria-invalid', 'true');
  await expect(form.card).not.toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('Enter places nothing for a total that was not shown', async ({ page, request }) => {
  const slug = await fixtureCampaign(request, server('sqlite'), 'bar', 'enter');
  const before = await figures(request, server('sqlite'), slug);
  await visit(page, `/campaigns/${slug}/pledge`);
  const form = checkout(page);
  const email = uniqueEmail('enter');
  await form.email.fill(email);
  await fillCard(page, CARDS.success);
  await form.amount.fill('16');
  await form.amount.press('Enter');
  await expect(form.submit).toHaveText('Pledge €16');
  if (hasWasm()) {
    // The total followed; nothing was sent.
    await expect(page).toHaveURL(/bonus=16/);
    await expect(page.getByRole('alert')).toHaveCount(0);
  } else {
    await expect(page.getByRole('alert').first()).toContainText('The total has changed: it is now €16.');
  }
  await expect(form.amount).toHaveValue('16');
  await expect(form.email).toHaveValue(email);
  expect(await figures(request, server('sqlite'), slug)).toEqual(before);

  // The total is the one that is shown: now Enter pledges.
  await alive(page);
  await fillCard(page, CARDS.success);
  await form.code.press('Enter');
  await expectThanks(page);
  expect(await figures(request, server('sqlite'), slug)).toMatchObject({
    pledged: before.pledged + 1_600,
    backers: before.backers + 1,
  });

  // So it is where a pledge is changed.
  await page.getByText('Change your pledge', { exact: true }).click();
  await form.amount.fill('18');
  await form.amount.press('Enter');
  await expect(page.getByRole('button', { name: 'Change to €18', exact: true })).toBeVisible();
  await expect(form.amount).toHaveValue('18');
  expect((await figures(request, server('sqlite'), slug)).pledged).toBe(before.pledged + 1_600);
  await changeTo(page, { amount: '19' }, '€19');
  await expect(page.getByText('Your pledge is changed.')).toBeVisible();
  await expect(receipt(page)).toContainText('€19');
});

test('with the keyboard, the total is asked for between choosing and paying', async ({ page }) => {
  await visit(page, '/campaigns/tide-clock/pledge');
  const form = checkout(page);
  await form.amount.focus();
  await page.keyboard.press('Tab');
  if (!hasWasm()) {
    // The button that Enter presses is no stop of its own.
    await expect(form.update).toBeFocused();
    await page.keyboard.press('Tab');
  }
  await expect(form.email).toBeFocused();
});
