// Where a campaign offers it, a pledge is paid month by month; the plan stands on
// the page before it is agreed to, and afterwards.

import { checkout, choose, expect, expectThanks, fillCard, test, uniqueEmail, visit, CARDS } from '../../fixtures';

const SLUG = 'six-points-braille-typewriter';

test('a plan is shown before it is confirmed, and holds', async ({ page }) => {
  await visit(page, `/campaigns/${SLUG}/pledge`);
  await checkout(page).reward('Pledge without a reward').check();
  await page.getByLabel('How to pay').selectOption({ label: '3 monthly instalments' });
  await choose(page, { amount: '60000' });
  const plan = page.getByRole('region', { name: 'What is charged when' });
  await expect(plan.getByText('¥20,000')).toHaveCount(3);
  await expect(plan).toContainText('No interest, no fee.');
  await checkout(page).email.fill(uniqueEmail('instalments'));
  await fillCard(page, CARDS.success);
  await checkout(page).submit.click();
  await expectThanks(page);
  await expect(plan.getByRole('listitem')).toHaveCount(3);
  await expect(plan.getByText('¥20,000')).toHaveCount(3);
  await expect(plan.getByText('To come')).toHaveCount(3);
});
