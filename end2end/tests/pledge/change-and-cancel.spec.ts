// While a campaign is live a pledge can be changed and taken back.

import {
  alive,
  cancelPledge,
  changeTo,
  checkout,
  expect,
  figures,
  fixtureCampaign,
  openLetter,
  pledgeAsGuest,
  receipt,
  server,
  test,
  uniqueEmail,
} from '../../fixtures';

test('change a pledge, up and down', async ({ page, request }) => {
  const slug = await fixtureCampaign(request, server('sqlite'), 'bar', 'change');
  const before = await figures(request, server('sqlite'), slug);
  const email = uniqueEmail('changing');
  await pledgeAsGuest(page, slug, { email, reward: 'A plain reward' });
  await expect(receipt(page)).toContainText('€10');

  await changeTo(page, { amount: '15' }, '€25');
  await expect(page.getByText('Your pledge is changed.')).toBeVisible();
  await expect(receipt(page)).toContainText('€25');
  expect(await figures(request, server('sqlite'), slug)).toMatchObject({
    pledged: before.pledged + 2_500,
    backers: before.backers + 1,
  });

  await changeTo(page, { reward: 'Pledge without a reward', amount: '4' }, '€4');
  await expect(receipt(page)).toContainText('€4');
  expect((await figures(request, server('sqlite'), slug)).pledged).toBe(before.pledged + 400);

  // The letter's own link opens the pledge on any browser.
  const letter = await openLetter(page, email, /chang/i);
  await expect(letter).toContainText('€4');
  await letter.getByRole('link', { name: /\/pledges\// }).click();
  await expect(receipt(page)).toContainText('€4');
});

test('cancel a pledge, then make a new one', async ({ page, request }) => {
  const slug = await fixtureCampaign(request, server('sqlite'), 'bar', 'cancel');
  const before = await figures(request, server('sqlite'), slug);
  const email = uniqueEmail('leaving');
  await pledgeAsGuest(page, slug, { email, amount: '20' });
  expect((await figures(request, server('sqlite'), slug)).pledged).toBe(before.pledged + 2_000);

  await cancelPledge(page);
  await expect(page.getByText('Your pledge is cancelled.')).toBeVisible();
  await alive(page);
  expect(await figures(request, server('sqlite'), slug)).toEqual(before);
  await expect(page.getByRole('button', { name: 'Yes, cancel the pledge' })).toHaveCount(0);

  await page.getByRole('link', { name: 'Make a new pledge' }).click();
  await expect(checkout(page).submit).toBeVisible();
  await alive(page);
  await pledgeAsGuest(page, slug, { email, amount: '6' });
  expect(await figures(request, server('sqlite'), slug)).toMatchObject({
    pledged: before.pledged + 600,
    backers: before.backers + 1,
  });
});
