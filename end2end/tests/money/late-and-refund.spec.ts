// A campaign has succeeded and goes on: a card is charged at once, one that was
// declined is replaced, and what was charged can be given back.

import {
  CARDS,
  alive,
  awaitLetter,
  checkout,
  choose,
  expect,
  fillCard,
  heading,
  receipt,
  signInAsOperator,
  test,
  uniqueEmail,
  visit,
} from '../../fixtures';

test.use({ refusals: [422] });
test.describe.configure({ timeout: 120_000 });

const SLUG = 'lighthouse-library';

test('a late pledge is charged at once, given back in part, and the accounts say so', async ({ page, openWindow }) => {
  const email = uniqueEmail('late');
  await visit(page, `/campaigns/${SLUG}/pledge`);
  await expect(page.getByRole('main').getByText(/so your card is charged at once/)).toBeVisible();
  await page.getByText('Test cards and what they do').click();
  await expect(page.getByText('Saved, then declined when charged')).toBeVisible();
  await expect(page.getByText(/at the deadline/)).toHaveCount(0);

  await choose(page, { amount: '150' });
  await checkout(page).email.fill(email);
  await fillCard(page, CARDS.declineLater);
  await page.getByRole('button', { name: /^Pledge 150\sNOK$/ }).click();
  await expect(page.getByText('Your card was declined')).toBeVisible();
  await alive(page);
  await fillCard(page, CARDS.authenticate);
  await page.getByRole('button', { name: /^Pay 150\sNOK now$/ }).click();
  await expect(page.getByText('Your bank wants you to confirm')).toBeVisible();
  await alive(page);
  await page.getByRole('button', { name: 'Confirm the card' }).click();
  await expect(page.getByText('Your card was charged.')).toBeVisible();
  const address = page.url();

  const operator = await openWindow();
  await signInAsOperator(operator);
  await visit(operator, `/campaigns/${SLUG}/accounting`);
  await operator.getByRole('link', { name: 'Pledges and refunds' }).click();
  await operator.getByRole('link', { name: email }).click();
  await expect(heading(operator, `The pledge of ${email}`)).toBeVisible();
  await alive(operator);
  await operator.getByText('Give money back', { exact: true }).click();
  await operator.getByRole('radio', { name: 'An amount' }).check();
  await operator.getByRole('textbox', { name: 'Amount', exact: true }).fill('60');
  await operator.getByLabel('Reason').selectOption({ label: 'It arrived broken or wrong' });
  await operator.getByRole('button', { name: 'Yes, give it back' }).click();
  const refunds = operator.getByRole('region', { name: 'Refunds' });
  await expect(refunds).toContainText(/60\sNOK\s*It arrived broken or wrong/);

  const letter = await awaitLetter(page, email, /Money back from/);
  await expect(letter).toContainText(/60\sNOK/);
  await expect(letter).toContainText('It arrived broken or wrong');
  await visit(page, address);
  await expect(receipt(page)).toContainText(/Went back\s*60\sNOK/);
  await visit(page, `/campaigns/${SLUG}/accounting`);
  const refunded = page.locator('.accounts dl > div').filter({ hasText: /^Refunded/ });
  await expect(refunded.locator('dd')).toHaveText(/[1-9]/);
});
