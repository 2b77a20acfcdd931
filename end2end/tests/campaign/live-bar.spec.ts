// Somebody pledges in one window, and the pedestal rises in every other: on
// SQLite, on Postgres, and from one server process to another.

import {
  expect,
  euros,
  figures,
  fixtureCampaign,
  hasWasm,
  onlySqlite,
  pledgeAsGuest,
  server,
  test,
  uniqueEmail,
  visit,
  type Servers,
} from '../../fixtures';

/** How long the bar of another window may take, in milliseconds. */
const MOST_LAG = 1_000;

const ways: { owner: 'live on SQLite' | 'live on Postgres' | 'live across processes'; from: keyof Servers; to: keyof Servers }[] = [
  { owner: 'live on SQLite', from: 'sqlite', to: 'sqlite' },
  { owner: 'live on Postgres', from: 'postgres', to: 'postgres' },
  { owner: 'live across processes', from: 'postgres', to: 'postgres2' },
];

for (const { owner, from, to } of ways) {
  if (onlySqlite && from !== 'sqlite') {
    continue;
  }
  test(`a pledge moves the bar in a second window: ${owner}`, async ({ openWindow, request }) => {
    const slug = await fixtureCampaign(request, server(from), 'bar', owner);
    const before = await figures(request, server(from), slug);
    const after = before.pledged + 3_000;

    const onlooker = await openWindow({ baseURL: server(to) });
    await visit(onlooker, `/campaigns/${slug}`);
    const funding = onlooker.getByRole('region', { name: 'Funding' });
    const bar = funding.getByRole('progressbar', { name: 'Funding' });
    await expect(funding).toContainText(`${euros(before.pledged)} pledged of €1,000`);
    await expect(bar).toHaveAttribute('aria-valuenow', percent(before.pledged));

    const backer = await openWindow({ baseURL: server(from) });
    await pledgeAsGuest(backer, slug, { email: uniqueEmail('bar'), amount: '30' });

    if (hasWasm()) {
      await expect(funding).toContainText(euros(after), { timeout: MOST_LAG });
    } else {
      await expect(funding).toContainText(euros(before.pledged));
      await onlooker.reload();
    }
    await expect(funding).toContainText(`${euros(after)} pledged of €1,000`);
    await expect(bar).toHaveAttribute('aria-valuenow', percent(after));
  });
}

/** The bar's value: whole percent of EUR 1,000, at most 100. */
function percent(minor: number): string {
  return String(Math.min(100, Math.floor(minor / 1_000)));
}
