// Whoever reads who backs a campaign can join them or pass it on.

import { expect, hasWasm, heading, test, visit } from '../../fixtures';

test('the community page leads to the checkout and can be shared', async ({ page }) => {
  await visit(page, '/campaigns/tide-clock/community');
  const funding = page.getByRole('region', { name: 'Funding' });
  await funding.getByText('Share', { exact: true }).click();
  await expect(funding.getByLabel('Address of this page')).toHaveValue(/\/campaigns\/tide-clock$/);
  await expect(funding.getByRole('link', { name: 'Send by e-mail' })).toHaveAttribute('href', /^mailto:/);
  if (hasWasm()) {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await funding.getByRole('button', { name: 'Copy the link' }).click();
    await expect(funding.getByRole('status')).toHaveText('Copied.');
  }
  // Beside the figures, or at the foot of a phone's screen.
  await page.getByRole('main').getByRole('link', { name: 'Back this campaign' }).click();
  await expect(heading(page, 'Back The Tide Clock that runs on the moon')).toBeVisible();
});
