// Every page of the site, for the promises that hold on all of them.

import type { Backer } from './account';

/** Pages that anyone may open. */
export const PUBLIC_PAGES: { name: string; path: string; status?: number }[] = [
  { name: 'home', path: '/' },
  { name: 'discover', path: '/discover?state=any' },
  { name: 'discover without a result', path: '/discover?q=nothing-is-called-this' },
  { name: 'a live campaign with stretch goals', path: '/campaigns/tide-clock' },
  { name: 'an ended campaign', path: '/campaigns/sept-ponts' },
  { name: 'a campaign of the past', path: '/campaigns/historic-pebble' },
  { name: 'a campaign whose cards are charged at once', path: '/campaigns/fournil-roulant' },
  { name: 'a campaign of two rounds', path: '/campaigns/herbier-de-verre' },
  { name: 'a campaign that takes late pledges', path: '/campaigns/lighthouse-library' },
  { name: 'accounts', path: '/campaigns/lighthouse-library/accounting' },
  { name: 'accounts that are not open yet', path: '/campaigns/tide-clock/accounting' },
  { name: 'rewards', path: '/campaigns/tide-clock/rewards' },
  { name: 'community', path: '/campaigns/tide-clock/community' },
  { name: 'what changed', path: '/campaigns/tide-clock/changes' },
  { name: 'checkout', path: '/campaigns/tide-clock/pledge' },
  { name: 'checkout of a campaign whose cards are charged at once', path: '/campaigns/fournil-roulant/pledge' },
  { name: 'checkout of an ended campaign', path: '/campaigns/sept-ponts/pledge' },
  { name: 'sign up', path: '/sign-up' },
  { name: 'sign up, letter sent', path: '/sign-up?sent=1' },
  { name: 'sign in', path: '/sign-in' },
  { name: 'a link of a letter that is no longer good', path: '/account/confirm?token=used' },
  { name: 'sign in by a letter', path: '/sign-in/letter' },
  { name: 'sign in by a letter, letter sent', path: '/sign-in/letter?sent=1' },
  { name: 'the link of a letter that signs in', path: '/account/letter?token=used' },
  { name: 'a link that signs nobody in', path: '/account/letter' },
  { name: 'the mailbox of the demonstration', path: '/demo/mailbox' },
  { name: 'the way in to a campaign of one’s own', path: '/start' },
  { name: 'not found', path: '/nowhere', status: 404 },
];

/** Pages of somebody who is signed in and has pledged. */
export const OWN_PAGES: { name: string; path: (backer: Backer) => string }[] = [
  { name: 'thanks', path: backer => `${backer.pledge}?placed=1` },
  { name: 'one pledge', path: backer => backer.pledge },
  { name: 'my pledges', path: () => '/pledges' },
  { name: 'account', path: () => '/account' },
  { name: 'embeds', path: () => '/account/embeds' },
];
