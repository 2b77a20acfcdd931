// In the last 24 hours nobody can drop a campaign below the goal it has met.
// The refusal says why, and the pledge stays.

import {
  cancelPledge,
  changeTo,
  expect,
  figures,
  fixtureCampaign,
  pledgeAsGuest,
  receipt,
  server,
  test,
  uniqueEmail,
} from '../../fixtures';

test.use({ refusals: [409] });

const REASON =
  'In the last 24 hours a pledge cannot be lowered or cancelled if that would drop the campaign below its goal. Your pledge stays as it is.';

test('a pledge that holds the goal up cannot be cancelled', async ({ page, request }) => {
  const slug = await fixtureCampaign(request, server('sqlite'), 'last-day', 'cancel');
  await pledgeAsGuest(page, slug, { email: uniqueEmail('pillar'), amount: '100' });
  await expect(page.getByText('The last 24 hours have begun.')).toBeVisible();

  await cancelPledge(page);
  await expect(page.getByText(REASON)).toBeVisible();
  await expect(receipt(page)).toContainText('€100');
  expect(await figures(request, server('sqlite'), slug)).toMatchObject({ pledged: 10_000, backers: 1 });
});

test('nor lowered too far, but raised, and lowered to where the goal still stands', async ({ page, request }) => {
  const slug = await fixtureCampaign(request, server('sqlite'), 'last-day', 'lower');
  await pledgeAsGuest(page, slug, { email: uniqueEmail('pillar'), amount: '110' });

  await changeTo(page, { amount: '99.99' }, '€99.99');
  await expect(page.getByText(REASON)).toBeVisible();
  expect((await figures(request, server('sqlite'), slug)).pledged).toBe(11_000);

  await changeTo(page, { amount: '120' }, '€120');
  await expect(receipt(page)).toContainText('€120');
  await changeTo(page, { amount: '100' }, '€100');
  await expect(receipt(page)).toContainText('€100');
  expect((await figures(request, server('sqlite'), slug)).pledged).toBe(10_000);
});

test('below the goal a pledge can be cancelled to the end', async ({ page, request }) => {
  const slug = await fixtureCampaign(request, server('sqlite'), 'last-day', 'below');
  await pledgeAsGuest(page, slug, { email: uniqueEmail('early'), amount: '40' });
  await cancelPledge(page);
  await expect(page.getByText('Your pledge is cancelled.')).toBeVisible();
  expect((await figures(request, server('sqlite'), slug)).backers).toBe(0);
});
