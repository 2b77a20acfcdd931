// Two windows, one unit left: one person gets it, the other is told at the
// reward and keeps what was typed.

import {
  CARDS,
  cancelPledge,
  checkout,
  choose,
  expect,
  expectThanks,
  figures,
  fillCard,
  fillCheckout,
  fixtureCampaign,
  hasWasm,
  pledgeAsGuest,
  server,
  test,
  uniqueEmail,
  visit,
} from '../../fixtures';

test.use({ refusals: [409, 422] });

const REWARD = 'The last one';
const GONE = 'The last one has just gone. Nothing was charged; please choose another reward.';

test('two people reach for the last unit', async ({ openWindow, request }) => {
  const slug = await fixtureCampaign(request, server('sqlite'), 'one-left', 'race');
  const people = await Promise.all(
    ['left', 'right'].map(async who => ({ page: await openWindow(), email: uniqueEmail(who) })),
  );
  for (const { page, email } of people) {
    await fillCheckout(page, slug, { email, reward: REWARD });
  }
  await Promise.all(people.map(({ page }) => checkout(page).submit.click()));

  const has = ({ page }: (typeof people)[number]) => new URL(page.url()).pathname.startsWith('/pledges/');
  await expect.poll(() => people.filter(has).length).toBe(1);
  const winner = people.find(has);
  const loser = people.find(person => !has(person));
  if (!winner || !loser) {
    throw new Error('one has it and one has not');
  }
  await expectThanks(winner.page);
  const form = checkout(loser.page);
  await expect(form.rewards.getByText(GONE)).toBeVisible();
  await expect(form.email).toHaveValue(loser.email);
  expect(await figures(request, server('sqlite'), slug)).toMatchObject({ pledged: 1_000, backers: 1 });

  // Without the reward the pledge goes through.
  await choose(loser.page, { reward: 'Pledge without a reward', amount: '7' });
  await expect(form.submit).toHaveText('Pledge €7');
  // Asking for another total is asking for another page; what was typed comes along.
  await expect(form.email).toHaveValue(loser.email);
  await fillCard(loser.page, CARDS.success);
  await form.submit.click();
  await expectThanks(loser.page);
  expect(await figures(request, server('sqlite'), slug)).toMatchObject({ pledged: 1_700, backers: 2 });
});

test('a page that is being read says that the last one is gone', async ({ openWindow, request }) => {
  const slug = await fixtureCampaign(request, server('sqlite'), 'one-left', 'reading');
  const reader = await openWindow();
  await visit(reader, `/campaigns/${slug}`);
  const reward = reader.getByRole('article').filter({ hasText: REWARD });
  await expect(reward).toContainText('1 of 1 left');

  const backer = await openWindow();
  await pledgeAsGuest(backer, slug, { email: uniqueEmail('quick'), reward: REWARD });
  if (!hasWasm()) {
    await reader.reload();
  }
  await expect(reward).toContainText('Sold out');
  await expect(reward.getByRole('link')).toHaveCount(0);

  // Who has it may give it back, and it can be had again.
  await cancelPledge(backer);
  await expect(backer.getByText('Your pledge is cancelled.')).toBeVisible();
  if (!hasWasm()) {
    await reader.reload();
  }
  await expect(reward).toContainText('1 of 1 left');
});
