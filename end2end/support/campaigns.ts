// The campaigns that `pedestal seed --fixtures` made for these tests, and what
// the public API says of any campaign.

import { expect, test, type APIRequestContext } from '@playwright/test';

/**
 * Which tests use which kind. Sixteen campaigns of each kind exist per project, and
 * tests that run at once must never share one: each owner has its own, and
 * spares for when the suite runs again on the same server.
 */
const OWNERS = {
  /** One unit of its one reward is left. */
  'one-left': ['race', 'reading', 'embedded'],
  /** It ends in twelve hours; EUR 100 are asked for, nothing is pledged yet. */
  'last-day': ['cancel', 'lower', 'below'],
  /** Three weeks to go, EUR 1,000 asked for, a reward of EUR 10. */
  bar: [
    'live on SQLite',
    'live on Postgres',
    'live across processes',
    'claim',
    'change',
    'cancel',
    'declined',
    'bank',
    'double submit',
    'foreign',
    'announced',
    'unseen',
    'reconnected',
    'counted',
    'still',
    'enter',
    'published',
    'history',
    'looked-at',
    'restored',
  ],
} as const;

type Kind = keyof typeof OWNERS;
type Owner<K extends Kind> = (typeof OWNERS)[K][number];

/** Campaigns of each kind per project. */
const MADE = 20;

/** The slug of a fixture campaign that no other test uses. */
export async function fixtureCampaign<K extends Kind>(
  request: APIRequestContext,
  base: string,
  kind: K,
  owner: Owner<K>,
): Promise<string> {
  const owners: readonly string[] = OWNERS[kind];
  const project = test.info().project.name;
  for (let n = owners.indexOf(owner); n < MADE; n += owners.length) {
    const slug = `fixture-${kind}-${project}-${n}`;
    if (kind === 'bar' || (await figures(request, base, slug)).backers === 0) {
      return slug;
    }
  }
  throw new Error(`every ${kind} campaign for “${owner}” is used up on ${base}: start a fresh server`);
}

export type Figures = { pledged: number; backers: number; title: string };

/** What a campaign has received: pledged in minor units, and its backers. */
export async function figures(request: APIRequestContext, base: string, slug: string): Promise<Figures> {
  const answer = await request.get(`${base}/api/v1/campaigns/${slug}`);
  expect(
    answer.status(),
    `${slug} is not on ${base}; fixtures come from \`pedestal seed --fixtures\``,
  ).toBe(200);
  const campaign = await answer.json();
  const pledged = Math.round(Number(campaign.pledged.amount) * 100);
  return { pledged, backers: campaign.backers, title: campaign.title };
}

/** An amount of minor units as an English page writes it: €1,234 or €1,234.50. */
export function euros(minor: number): string {
  const digits = minor % 100 === 0 ? 0 : 2;
  const number = (minor / 100).toLocaleString('en-GB', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `€${number}`;
}
