// A campaign of each funding rule, from the first pledge to the payout. The clock
// of a server of their own is moved from one campaign to the next.

import type { Page } from '@playwright/test';

import {
  CARDS,
  OPERATOR,
  alive,
  awaitLetter,
  checkout,
  choose,
  expect,
  fillCard,
  heading,
  onlySqlite,
  pledgeAsGuest,
  receipt,
  server,
  signIn,
  signInAsOperator,
  test,
  uniqueEmail,
  visit,
  type OpenWindow,
} from '../../fixtures';
import { walkTo } from '../../support/clock';

test.use({ baseURL: async ({}, use) => use(server('clock')) });
test.describe.configure({ mode: 'serial', timeout: 180_000 });
test.skip(onlySqlite, 'it takes a server whose clock can be moved');
test.beforeEach(() => test.skip(test.info().project.name !== 'wasm', 'one clock is moved once'));

/** Who runs all of these campaigns, with the password of the demonstration. */
const CREATOR = { ...OPERATOR, email: 'rules@example.org' };
const REWARD = 'A plain reward';

/** The campaign of a rule. Those of a second try end later: no clock goes back. */
function campaign(rule: string): string {
  return `rule-${rule}${test.info().retry > 0 ? '-again' : ''}`;
}

test('all or nothing: cards are charged at the deadline, and the creator is paid', async ({ page, openWindow }) => {
  const slug = campaign('all-or-nothing');
  await expectRule(page, slug, /Your card is charged on .*, only if the goal is met/);
  const { email, address } = await pledge(page, slug, { amount: '10' });
  await expect(page.getByText(/The goal is met: your card is charged on/)).toBeVisible();

  await visit(page, `/campaigns/${slug}`);
  const stretch = page.getByRole('listitem').filter({ hasText: 'One for everybody' });
  await expect(stretch).toContainText('66% of €30');
  await pledge(await openWindow({ baseURL: server('clock') }), slug, {});
  await expect(stretch).toContainText('Reached');

  const operator = await openOperator(openWindow);
  await walkTo(operator, slug, {});
  await awaitLetter(page, email, /has reached its goal/);
  await expect(await awaitLetter(page, email, /was charged/)).toContainText('€20');
  await expectEnd(page, slug, /^Funded on/, 'The goal was met, so the pledges are collected.');
  await expect(funding(page)).toContainText(/Collected\s*€30/);
  await visit(page, address);
  await expect(page.getByText('Your card was charged.')).toBeVisible();

  await expectAccounts(page, slug, { Collected: '€30', 'Paid out': '€0' });
  await walkTo(operator, slug, { days: 14 });
  // A share of 5 % for the platform, 3 % and 20 cents of each charge for the provider.
  await expectAccounts(page, slug, { 'Platform fee': '€1.50', 'Payment fees': '€1.30', 'Paid out': '€27.20' });
  await expect(await awaitLetter(page, CREATOR.email, statementOf(slug))).toContainText('€27.20');
  await expectBooks(operator, slug, 'paid_out');
});

test('pre-orders: what is ordered decides, and a card that is never good is dropped', async ({ page, openWindow }) => {
  const slug = campaign('pre-orders');
  await expectRule(page, slug, /Your card is charged on .*, only if 2 units are ordered by then/);
  await pledge(page, slug, {});
  const broke = await pledge(page, slug, { card: CARDS.declineLater });
  await visit(page, `/campaigns/${slug}`);
  await expect(funding(page)).toContainText('2 of 2 units ordered');

  const operator = await openOperator(openWindow);
  await walkTo(operator, slug, {});
  await awaitLetter(page, broke.email, /was declined/);
  await expectEnd(page, slug, /^Funded on/, 'The goal was met, so the pledges are collected.');
  await expect(funding(page)).toContainText(/Outstanding\s*€10/);
  await visit(page, broke.address);
  await expect(page.getByText('Your card was declined')).toBeVisible();

  await walkTo(operator, slug, { days: 7 });
  await awaitLetter(page, broke.email, /was dropped/);
  await visit(page, broke.address);
  await expect(receipt(page)).toContainText('Not paid in time');
  await expectAccounts(page, slug, { 'Pledged here': '€20', Collected: '€10', 'Not collected': '€10' });

  await walkTo(operator, slug, { days: 14 });
  await expectAccounts(page, slug, { 'Paid out': '€9' });
  await expect(await awaitLetter(page, CREATOR.email, statementOf(slug))).toContainText('€9');
});

test('what is really charged decides: too little, and everybody gets it back', async ({ page, openWindow }) => {
  const slug = campaign('too-little');
  await expectRule(page, slug, /a week later what was really charged decides/);
  const good = await pledge(page, slug, {});
  const broke = await pledge(page, slug, { card: CARDS.declineLater });

  const operator = await openOperator(openWindow);
  await walkTo(operator, slug, {});
  await awaitLetter(page, good.email, /was charged/);
  await awaitLetter(page, broke.email, /was declined/);
  await expectEnd(page, slug, /^Ended on .*; to be decided$/, 'What is really charged after a week decides');

  await walkTo(operator, slug, { days: 7 });
  await awaitLetter(page, good.email, /has not reached its goal/);
  await awaitLetter(page, good.email, /Money back from/);
  await expectEnd(page, slug, /^Ended on .* below its goal$/, 'whoever was charged gets the money back');
  await visit(page, good.address);
  await expect(page.getByText('Your pledge was refunded.')).toBeVisible();

  await expectAccounts(page, slug, { Refunded: '€10', 'Not collected': '€10' });
  await expectBooks(operator, slug, 'refunded');
});

test('what is really charged decides: one card replaced, one confirmed, and the creator is paid', async ({
  page,
  openWindow,
}) => {
  const slug = campaign('collected');
  const declined = await pledge(page, slug, { card: CARDS.declineLater });
  const asked = await pledge(page, slug, { card: CARDS.authenticateLater });
  const operator = await openOperator(openWindow);
  await walkTo(operator, slug, {});

  let letter = await awaitLetter(page, declined.email, /was declined/);
  await letter.getByRole('link', { name: /\/pledges\// }).click();
  await expect(page.getByText('Your card was declined')).toBeVisible();
  await alive(page);
  await fillCard(page, CARDS.success);
  await page.getByRole('button', { name: 'Pay €10 now' }).click();
  await expect(page.getByText('Your card was charged.')).toBeVisible();

  letter = await awaitLetter(page, asked.email, /Your bank asks/);
  await letter.getByRole('link', { name: /\/pledges\// }).click();
  await expect(page.getByText('Your bank wants you to confirm')).toBeVisible();
  await alive(page);
  await page.getByRole('button', { name: 'Confirm the card' }).click();
  await expect(page.getByText('Your card was charged.')).toBeVisible();

  await expectEnd(page, slug, /^Ended on .*; to be decided$/, 'What is really charged after a week decides');
  await walkTo(operator, slug, { days: 7 });
  await awaitLetter(page, asked.email, /has succeeded/);
  await expectEnd(page, slug, /^Funded on/, '');
  await walkTo(operator, slug, { days: 14 });
  await expectAccounts(page, slug, { Collected: '€20', 'Paid out': '€18' });
  await expect(await awaitLetter(page, CREATOR.email, statementOf(slug))).toContainText('€18');
  await expectBooks(operator, slug, 'paid_out');
});

test('late pledges: an open page shows them begin, and the creator gives one back', async ({ page, openWindow }) => {
  const slug = campaign('late');
  await expectRule(page, slug, /Your card is charged on .*, only if the goal is met/);
  await pledge(page, slug, { amount: '10' });
  const watcher = await openWindow({ baseURL: server('clock') });
  await visit(watcher, `/campaigns/${slug}`);
  await expect(watcher.getByRole('link', { name: /^Pledge €10/ })).toBeVisible();
  const operator = await openOperator(openWindow);
  await walkTo(operator, slug, {});

  const rule = /The campaign has succeeded, so your card is charged at once/;
  await expect(funding(watcher)).toContainText(rule, { timeout: 60_000 });
  await expect(watcher.getByRole('link', { name: /^Pledge €15/ })).toBeVisible();
  const late = await pledgeAtOnce(page, slug, rule, '€15');
  await expect(await awaitLetter(page, late.email, /was charged/)).toContainText('€15');
  await walkTo(operator, slug, { days: 14 });
  await expectAccounts(page, slug, { Collected: '€35', 'Paid out': '€31.80' });
  await awaitLetter(page, CREATOR.email, statementOf(slug));

  const creator = watcher;
  await visit(creator, `/sign-in?next=${encodeURIComponent(`/campaigns/${slug}/accounting`)}`);
  await signIn(creator, CREATOR);
  await creator.getByRole('link', { name: 'Pledges and refunds' }).click();
  await creator.getByRole('link', { name: late.email }).click();
  await expect(heading(creator, `The pledge of ${late.email}`)).toBeVisible();
  await alive(creator);
  await creator.getByText('Give money back', { exact: true }).click();
  await creator.getByLabel('Reason').selectOption({ label: 'It cannot be delivered' });
  await creator.getByRole('button', { name: 'Yes, give it back' }).click();
  const refunds = creator.getByRole('region', { name: 'Refunds' });
  await expect(refunds).toContainText('€15');
  await expect(refunds).toContainText('It cannot be delivered');

  const letter = await awaitLetter(page, late.email, /Money back from/);
  await expect(letter).toContainText('€15');
  await letter.getByRole('link', { name: /\/pledges\// }).click();
  await expect(page.getByText('Your pledge was refunded.')).toBeVisible();
  await expect(receipt(page)).toContainText(/Went back\s*€15/);
  await expectAccounts(page, slug, { Refunded: '€15' });
  await expectBooks(operator, slug, 'refunded');
});

test('rounds: the minimum is charged, and a second round goes on at once', async ({ page, openWindow }) => {
  const slug = campaign('rounds');
  await expectRule(page, slug, /Your card is charged on .*, only if the minimum is met by then/);
  const first = await pledge(page, slug, { amount: '10' });
  await visit(page, `/campaigns/${slug}`);
  const operator = await openOperator(openWindow);
  await walkTo(operator, slug, {});

  const rule = /The minimum is met, so your card is charged at once and goes towards the optimum/;
  await expect(funding(page), 'an open page shows the second round begin').toContainText(rule, { timeout: 60_000 });
  await awaitLetter(page, first.email, /was charged/);
  const second = await pledgeAtOnce(page, slug, rule, '€10');
  await awaitLetter(page, second.email, /was charged/);
  await visit(page, `/campaigns/${slug}`);
  await expect(funding(page)).toContainText('€30 pledged of €20');

  await walkTo(operator, slug, {});
  await expect(funding(page).getByText(/^Funded on/), 'an open page shows the end').toBeVisible({ timeout: 60_000 });
  await expect(funding(page)).toContainText(/Collected\s*€30/);
  await walkTo(operator, slug, { days: 14 });
  await expectAccounts(page, slug, { Collected: '€30', 'Paid out': '€27.20' });
  await expect(await awaitLetter(page, CREATOR.email, statementOf(slug))).toContainText('€27.20');
  await expectBooks(operator, slug, 'paid_out');
});

test('overtime: a pledge in the last minutes moves the end', async ({ page, openWindow }) => {
  const slug = campaign('overtime');
  await pledge(page, slug, {});
  await visit(page, `/campaigns/${slug}`);
  const operator = await openOperator(openWindow);
  await walkTo(operator, slug, { minutes: -5 });
  const before = await deadlineOf(page, slug);
  const last = await pledge(await openWindow({ baseURL: server('clock') }), slug, {});
  const moved = (await deadlineOf(page, slug)) - before;
  expect(moved / 60_000, 'ten minutes from the pledge, which came in the last five').toBeGreaterThan(4.5);
  expect(moved / 60_000).toBeLessThanOrEqual(10);
  await visit(page, `/campaigns/${slug}`);
  await expect(funding(page)).toContainText(/(9|10) minutes/);

  await walkTo(operator, slug, {});
  await awaitLetter(page, last.email, /was charged/);
  await expectEnd(page, slug, /^Funded on/, 'The goal was met, so the pledges are collected.');
  await walkTo(operator, slug, { days: 14 });
  await expectAccounts(page, slug, { Collected: '€20', 'Paid out': '€18' });
  await expect(await awaitLetter(page, CREATOR.email, statementOf(slug))).toContainText('€18');
});

test('keep what you raise: charged at once, and kept below the goal', async ({ page, openWindow }) => {
  const slug = campaign('keep');
  const rule = /Your card is charged at once, and the creator keeps what is raised even below the goal/;
  await expectRule(page, slug, rule);
  const { email, address } = await pledgeAtOnce(page, slug, rule, '€10');
  await awaitLetter(page, email, /was charged/);
  await visit(page, `/campaigns/${slug}`);
  await expect(funding(page)).toContainText('€10 pledged of €20');

  const operator = await openOperator(openWindow);
  await walkTo(operator, slug, {});
  await awaitLetter(page, email, /has succeeded/);
  await expectEnd(page, slug, /^Funded on/, 'Cards were charged as the pledges were made');
  await visit(page, address);
  await expect(page.getByText('Your card was charged.')).toBeVisible();

  await walkTo(operator, slug, { days: 14 });
  await expectAccounts(page, slug, { Collected: '€10', 'Paid out': '€9' });
  await expect(await awaitLetter(page, CREATOR.email, statementOf(slug))).toContainText('€9');
  await expectBooks(operator, slug, 'paid_out');
});

async function openOperator(openWindow: OpenWindow): Promise<Page> {
  const operator = await openWindow({ baseURL: server('clock') });
  await signInAsOperator(operator);
  return operator;
}

function funding(page: Page) {
  return page.getByRole('region', { name: 'Funding', exact: true });
}

/** What happens to the card, where one reads of the campaign and where one pays. */
async function expectRule(page: Page, slug: string, rule: RegExp): Promise<void> {
  await expect(async () => {
    await visit(page, `/campaigns/${slug}`);
    await expect(funding(page)).toContainText(rule, { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await visit(page, `/campaigns/${slug}/pledge`);
  await expect(page.getByRole('main').getByText(rule)).toBeVisible();
}

/** A guest's pledge of the reward that waits for the deadline, and where its page is. */
async function pledge(page: Page, slug: string, { amount, card }: { amount?: string; card?: string }) {
  const email = uniqueEmail('rule');
  await pledgeAsGuest(page, slug, { email, reward: REWARD, amount, card });
  return { email, address: page.url() };
}

/** The same where the card is charged before the answer comes. */
async function pledgeAtOnce(page: Page, slug: string, rule: RegExp, total: string) {
  const email = uniqueEmail('rule');
  await visit(page, `/campaigns/${slug}/pledge`);
  await expect(page.getByRole('main').getByText(rule)).toBeVisible();
  await choose(page, { reward: REWARD });
  await checkout(page).email.fill(email);
  await fillCard(page, CARDS.success);
  await page.getByRole('button', { name: `Pledge ${total}`, exact: true }).click();
  await expect(page.getByText('Your card was charged.')).toBeVisible();
  await expect(receipt(page)).toContainText(total);
  return { email, address: page.url() };
}

/** How the campaign's page says that it is over. */
async function expectEnd(page: Page, slug: string, title: RegExp, text: string): Promise<void> {
  await expect(async () => {
    await visit(page, `/campaigns/${slug}`);
    await expect(funding(page).getByText(title)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await expect(funding(page)).toContainText(text);
}

/** When a campaign ends as things stand, in milliseconds. */
async function deadlineOf(page: Page, slug: string): Promise<number> {
  const answer = await page.request.get(`${server('clock')}/api/v1/campaigns/${slug}`);
  return Date.parse((await answer.json()).deadline);
}

/** Figures of the accounts, by their names. */
async function expectAccounts(page: Page, slug: string, figures: Record<string, string>): Promise<void> {
  await expect(async () => {
    await visit(page, `/campaigns/${slug}/accounting`);
    for (const [name, amount] of Object.entries(figures)) {
      const label = page.locator('dt', { hasText: new RegExp(`^${name}`) });
      const row = page.locator('.accounts dl > div').filter({ has: label }).first();
      await expect(row.locator('dd'), name).toHaveText(amount, { timeout: 1_000 });
    }
  }).toPass({ timeout: 60_000 });
}

/** The subject of the letter with which a creator is paid. */
function statementOf(slug: string): RegExp {
  return new RegExp(`The money of .*${slug}$`);
}

/** The books as a file: every posting in them adds up to nothing. */
async function expectBooks(operator: Page, slug: string, event: string): Promise<void> {
  const answer = await operator.request.get(`${server('clock')}/campaigns/${slug}/accounting.csv`);
  expect(answer.status()).toBe(200);
  const [, ...rows] = (await answer.text()).trim().split('\n').map(row => row.split(','));
  expect(rows.map(row => row[3]).join(' ')).toContain(event);
  const sums = new Map<string, number>();
  for (const [, posting, , , , amount] of rows) {
    sums.set(posting, (sums.get(posting) ?? 0) + Math.round(Number(amount) * 100));
  }
  expect([...sums.values()].filter(sum => sum !== 0)).toEqual([]);
}
