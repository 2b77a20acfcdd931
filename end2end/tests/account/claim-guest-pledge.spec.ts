// Somebody pledges without an account, makes one later with the same address,
// and finds the pledge there.

import {
  confirmByLetter,
  expect,
  fixtureCampaign,
  heading,
  newPerson,
  pledgeAsGuest,
  receipt,
  server,
  signUp,
  test,
  visit,
} from '../../fixtures';

test('a guest’s pledge belongs to the account of the same address', async ({ openWindow, request }) => {
  const person = newPerson('claim');
  const slug = await fixtureCampaign(request, server('sqlite'), 'bar', 'claim');

  const guest = await openWindow();
  await pledgeAsGuest(guest, slug, { email: person.email, reward: 'A plain reward', amount: '2.50' });
  const pledge = new URL(guest.url()).pathname;

  // Another browser, which knows nothing of the guest's.
  const page = await openWindow();
  await visit(page, '/pledges', 401);
  await expect(heading(page, 'Please sign in first')).toBeVisible();

  await signUp(page, person);
  await confirmByLetter(page, person);
  const mine = page.getByRole('main').getByRole('listitem').filter({ hasText: slug });
  await expect(mine).toHaveCount(1);
  await expect(mine).toContainText('€12.50');
  await expect(mine).toContainText('A plain reward');

  await mine.getByRole('link').first().click();
  await expect(page).toHaveURL(new RegExp(pledge));
  await expect(receipt(page)).toContainText('€12.50');
});

test('a pledge is shown to nobody else', async ({ openWindow, backer }) => {
  const stranger = await openWindow();
  await visit(stranger, backer.pledge, 404);
  await expect(heading(stranger, 'This page is not here')).toBeVisible();
  await visit(stranger, `${backer.pledge}?key=AAAAAAAAAAAAAAAAAAAAAA`, 404);

  const owner = await openWindow({ storageState: backer.state });
  await visit(owner, backer.pledge);
  await expect(heading(owner, /^Your pledge to The Tide Clock/)).toBeVisible();
});
