// What pages look like after something was done on them: errors, answers, and
// what only some people ever see. Only what costs little holds on all of these.

import { expect, type Page } from '@playwright/test';

import { confirmByLetter, newPerson, openLetter, signIn, signInAsOperator, signUp, uniqueEmail, type Backer } from './account';
import { CARDS, checkout, choose, fillCheckout, pledgeAsGuest } from './checkout';
import { cancelPledge, changeTo } from './manage';
import { heading, visit } from './visit';

export type State = {
  name: string;
  /** Where it begins; a page of somebody's own is asked for with their cookies. */
  path: string | ((backer: Backer) => string);
  status?: number;
  /** Brings the page into the state. */
  prepare?: (page: Page) => Promise<void>;
  /** Only a page that is alive can come into it. */
  needsWasm?: boolean;
  /** A page of its own kind, which never comes alive. */
  isPlain?: boolean;
  /** What has tests of its own, as a document of its own. */
  except?: string;
};

/** A campaign that others pledge to as well, and that nobody counts on. */
const SHARED = 'tide-clock';
/** One whose cards have been charged since the server was started. */
const CHARGED = 'petit-orgue';

export const STATES: State[] = [
  { name: 'an unsuccessful campaign', path: '/campaigns/kite-camera' },
  { name: 'a cancelled campaign', path: '/campaigns/observatoire-de-poche' },
  { name: 'a suspended campaign', path: '/campaigns/lamp-without-charging' },
  { name: 'the reference of the API', path: '/api/v1/docs', isPlain: true },
  // The refusals that no page of the app shows; those of too many or too slow requests
  // are the same page with another sentence.
  { name: 'a refusal of what cannot be read', path: '/live?last=abc', status: 400, isPlain: true },
  { name: 'a refusal of what is not there', path: '/media/art/none.gif', status: 404, isPlain: true },
  {
    name: 'a refusal of another site’s form',
    path: '/api/v1/docs',
    isPlain: true,
    prepare: async page => {
      const action = new URL('/language', page.url()).href;
      await page.goto('about:blank');
      await page.setContent(`<form method="post" action="${action}"><button>Go</button></form>`);
      await page.getByRole('button', { name: 'Go' }).click();
      await expect(heading(page, 'This request came from another site, so nothing was done.')).toBeVisible();
    },
  },
  { name: 'what to paste to show a campaign elsewhere', path: '/campaigns/tide-clock/embed', except: 'iframe' },
  { name: 'a link that takes nobody off a list', path: '/announcement?key=used' },
  { name: '“please sign in first”', path: '/account', status: 401 },
  {
    name: 'checkout with problems',
    path: '/campaigns/metier-de-la-rue/pledge',
    prepare: async page => {
      await choose(page, { reward: 'Un carton perforé' });
      await page.locator('form').evaluateAll(all => all.forEach(one => one.setAttribute('novalidate', '')));
      await checkout(page).submit.click();
      await expect(checkout(page).card).toHaveAttribute('aria-invalid', 'true');
    },
  },
  {
    name: 'sign up with problems',
    path: '/sign-up',
    prepare: async page => {
      const main = page.getByRole('main');
      await main.getByLabel('Name').fill('Sam');
      await main.getByLabel('E-mail').fill('sam@nowhere');
      await main.getByLabel('Password').fill('short');
      await main.getByRole('button', { name: 'Create an account' }).click();
      await expect(main.getByLabel('Password')).toHaveAttribute('aria-invalid', 'true');
    },
  },
  {
    name: 'sign in with a wrong password',
    path: '/sign-in',
    prepare: async page => {
      await signIn(page, { email: 'nobody-at-all@example.org', password: 'not the password' });
      await expect(page.getByText('This e-mail and password do not match.').first()).toBeVisible();
    },
  },
  {
    name: 'a page that cannot be shown',
    path: '/',
    needsWasm: true,
    prepare: async page => {
      await page.route('**/api/fn/campaign/**', route => route.fulfill({ status: 503, body: 'broken' }));
      await page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Discover' }).click();
      await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'a card to be confirmed at the bank',
    path: `/campaigns/${SHARED}/pledge`,
    prepare: async page => {
      await fillCheckout(page, SHARED, { email: uniqueEmail('axe-bank'), amount: '6', card: CARDS.authenticate });
      await checkout(page).submit.click();
      await expect(heading(page, 'Your bank asks for a confirmation')).toBeVisible();
    },
  },
  {
    name: 'a changed pledge',
    path: `/campaigns/${SHARED}/pledge`,
    prepare: async page => {
      await pledgeAsGuest(page, SHARED, { email: uniqueEmail('axe-change'), amount: '6' });
      await changeTo(page, { amount: '8' }, '€8');
      await expect(page.getByText('Your pledge is changed.')).toBeVisible();
      // The page folds itself up first; what is unfolded for axe has to stay so.
      await expect(page.locator('.way[open]')).toHaveCount(0);
    },
  },
  {
    name: 'a cancelled pledge',
    path: `/campaigns/${SHARED}/pledge`,
    prepare: async page => {
      await pledgeAsGuest(page, SHARED, { email: uniqueEmail('axe-cancel'), amount: '6' });
      await cancelPledge(page);
      await expect(page.getByText('Your pledge is cancelled.')).toBeVisible();
    },
  },
  {
    name: 'my pledges, when there are none',
    path: '/sign-up',
    prepare: async page => {
      const person = newPerson('axe');
      await signUp(page, person);
      await confirmByLetter(page, person);
    },
  },
  {
    name: 'a new password with problems',
    path: '/sign-in/letter',
    prepare: async page => {
      const email = uniqueEmail('axe-letter');
      await page.getByRole('main').getByLabel('E-mail').fill(email);
      await page.getByRole('main').getByRole('button', { name: 'Send the letter' }).click();
      await expect(heading(page, 'Look into your mailbox')).toBeVisible();
      const letter = await openLetter(page, email, 'Your link to sign in');
      await letter.getByRole('link', { name: /\/account\/letter\?/ }).click();
      await expect(heading(page, 'Sign in on this browser')).toBeVisible();
      await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
      await expect(heading(page, 'Your account')).toBeVisible();
      await page.getByRole('button', { name: 'Set the new password' }).click();
      await expect(page.getByLabel('New password')).toHaveAttribute('aria-invalid', 'true');
    },
  },
  {
    name: 'what does not go back, for operators',
    path: '/sign-in',
    prepare: async page => {
      await signInAsOperator(page);
      await visit(page, '/admin/returns');
      await expect(heading(page, 'Money that has to go back')).toBeVisible();
    },
  },
  {
    name: 'accounts, for who runs the campaign',
    path: '/sign-in',
    prepare: async page => {
      await signInAsOperator(page);
      await visit(page, `/campaigns/${CHARGED}/accounting`);
      await expect(page.getByRole('link', { name: 'The books as CSV' })).toBeVisible();
    },
  },
  {
    name: 'pledges of a campaign, for who runs it',
    path: '/sign-in',
    prepare: async page => {
      await signInAsOperator(page);
      await openChargedPledges(page);
    },
  },
  {
    name: 'one pledge to refund',
    path: '/sign-in',
    prepare: async page => {
      await signInAsOperator(page);
      await openChargedPledges(page);
      await page.locator('.rows a').first().click();
      await expect(heading(page, /^The pledge of /)).toBeVisible();
    },
  },
  { name: 'checkout of what one backs already', path: () => `/campaigns/${SHARED}/pledge` },
  {
    name: 'account with a new token',
    path: () => '/account',
    prepare: async page => {
      await page.getByLabel('Name of the token').fill('For the inspection');
      await page.getByRole('button', { name: 'Create a token' }).click();
      await expect(page.getByRole('status').filter({ hasText: 'Your new token' })).toBeVisible();
      await expect(page.getByRole('button', { name: 'Revoke the token For the inspection' }).first()).toBeVisible();
    },
  },
];

/** Cards are charged at a steady pace from the server's start on. */
async function openChargedPledges(page: Page): Promise<void> {
  await expect(async () => {
    await visit(page, `/campaigns/${CHARGED}/pledges`);
    await expect(page.locator('.rows a').first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
}
