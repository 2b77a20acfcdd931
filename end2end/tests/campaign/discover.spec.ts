// A person narrows the list down. Every filter is in the address, so that a
// list can be sent to somebody, and the back button is right.

import { alive, expect, hasWasm, heading, test, visit } from '../../fixtures';
import type { Page } from '@playwright/test';

/** Sets filters the way this project's page takes them. */
async function filter(page: Page, choices: Record<string, string>): Promise<void> {
  const filters = page.getByRole('form', { name: 'Filter campaigns' });
  for (const [label, choice] of Object.entries(choices)) {
    await filters.getByRole('combobox', { name: label }).selectOption({ label: choice });
  }
  // Without wasm nothing follows a choice until the form is sent.
  if (!hasWasm()) {
    await filters.getByRole('button', { name: 'Show' }).click();
  }
}

test('each filter is in the address, and back undoes the last one', async ({ page }) => {
  await visit(page, '/discover');
  await expect(heading(page, 'Discover campaigns')).toBeAttached();

  await filter(page, { Category: 'Technology' });
  await expect(page).toHaveURL(/\/discover\?(.*&)?category=technology/);
  await expect(page.getByRole('link', { name: 'The Tide Clock that runs on the moon' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Orchard at Dusk' })).toHaveCount(0);

  await filter(page, { Currency: 'JPY' });
  await expect(page).toHaveURL(/category=technology/);
  await expect(page).toHaveURL(/currency=JPY/);
  await expect(page.getByRole('link', { name: /^Six Points/ })).toBeVisible();
  await expect(page.getByRole('link', { name: 'The Tide Clock that runs on the moon' })).toHaveCount(0);

  await page.goBack();
  await expect(page).not.toHaveURL(/currency=JPY/);
  await expect(page.getByRole('link', { name: 'The Tide Clock that runs on the moon' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Currency' })).toHaveValue('');
  await expect(page.getByRole('combobox', { name: 'Category' })).toHaveValue('technology');

  await page.goForward();
  await expect(page).toHaveURL(/currency=JPY/);
  await expect(page.getByRole('combobox', { name: 'Currency' })).toHaveValue('JPY');
  await expect(page.getByRole('link', { name: 'The Tide Clock that runs on the moon' })).toHaveCount(0);
});

test('the state and the words are filters too, and an address shows all of them', async ({ page }) => {
  await visit(page, '/discover?q=ponts&state=any&sort=newest');
  await expect(page.getByRole('combobox', { name: 'State' })).toHaveValue('any');
  await expect(page.getByRole('combobox', { name: 'Order' })).toHaveValue('newest');
  await expect(page.getByRole('searchbox', { name: 'Words to look for' })).toHaveValue('ponts');
  await expect(page.getByRole('link', { name: 'Les Sept Ponts' })).toBeVisible();
  await expect(page.getByRole('status')).toHaveText('1 campaign');

  await page.getByRole('link', { name: 'Remove the filter All' }).click();
  await expect(page).toHaveURL(/\/discover\?q=ponts&sort=newest$/);
  await expect(page.getByRole('heading', { name: 'Nothing matches yet' })).toBeVisible();

  await page.getByRole('link', { name: 'Clear all filters' }).click();
  await expect(page).toHaveURL(/\/discover$/);
  await expect(page.getByRole('heading', { name: 'Nothing matches yet' })).toHaveCount(0);
  await expect(page.getByRole('searchbox', { name: 'Words to look for' })).toHaveValue('');
});

/** What the public API says of a campaign in a list. */
type Listed = {
  slug: string;
  goal: { amount: string };
  pledged: { amount: string };
  backers: number;
  deadline: string;
  launched_at: string;
};

const share = ({ pledged, goal }: Listed) => Number(pledged.amount) / Number(goal.amount);

// Ended campaigns stand still while other tests pledge; what ends soon has to be live.
const ORDERS: { choice: string; key: string; state: string; by?: (campaign: Listed) => number }[] = [
  { choice: 'popular now', key: 'popular', state: 'any' },
  { choice: 'newest first', key: 'newest', state: 'successful', by: c => -Date.parse(c.launched_at) },
  { choice: 'ending soon', key: 'ending_soon', state: 'live', by: c => Date.parse(c.deadline) },
  { choice: 'most funded', key: 'most_funded', state: 'successful', by: c => -share(c) },
  { choice: 'most backed', key: 'most_backed', state: 'successful', by: c => -c.backers },
];

for (const { choice, key, state, by } of ORDERS) {
  test(`the order “${choice}” is the order of the list`, async ({ page, request }) => {
    const other = key === 'newest' ? 'most_backed' : 'newest';
    await visit(page, `/discover?state=${state}&sort=${other}`);
    const links = page.getByRole('article').getByRole('link');
    const shown = () =>
      links.evaluateAll(all => all.map(link => new URL((link as HTMLAnchorElement).href).pathname.split('/').pop()));
    await filter(page, { Order: choice });
    // A page that is alive leaves out of its address what is usual.
    await expect(page).toHaveURL(url => (url.searchParams.get('sort') ?? 'popular') === key);
    const answer = await request.get(`/api/v1/campaigns?state=${state}&sort=${key}&limit=24`);
    const { items } = (await answer.json()) as { items: Listed[] };
    expect(items.length).toBeGreaterThan(2);
    if (by === undefined) {
      // Other tests pledge meanwhile, which moves what is popular: what is not live stays.
      const first = await (await request.get('/api/v1/campaigns?sort=popular&limit=1')).json();
      await expect.poll(async () => (await shown()).slice(0, 5)).toContain(first.items[0].slug);
      return;
    }
    // Each campaign of the page, in its order, by the figures that everyone may read.
    const known = new Map(items.map(item => [item.slug, by(item)]));
    await expect.poll(async () => {
      const values = (await shown()).map(slug => known.get(slug ?? '') ?? NaN);
      return values.length > 2 && values.every((value, at) => at === 0 || value >= values[at - 1]!);
    }).toBe(true);
  });
}

test('cancelled and suspended campaigns can be asked for alone', async ({ page }) => {
  await visit(page, '/discover?state=cancelled');
  await expect(page.getByRole('combobox', { name: 'State' })).toHaveValue('cancelled');
  await expect(page.getByRole('link', { name: 'Remove the filter Cancelled' })).toBeVisible();
  await expectAll(page, 'Cancelled');
  await filter(page, { State: 'Suspended campaigns' });
  await expect(page).toHaveURL(/state=suspended/);
  await expectAll(page, 'Suspended');
});

test('the title says what is looked at', async ({ page }) => {
  await visit(page, '/discover?q=fixture&category=technology&page=2');
  await expect(page).toHaveTitle(/^“fixture” · Technology · Page 2 of \d+ · Discover · Pedestal$/);
});

test('“ending soon” begins with what ends first', async ({ page }) => {
  await visit(page, '/discover');
  await filter(page, { Order: 'ending soon' });
  await expect(page).toHaveURL(/sort=ending_soon/);
  // The demonstration has campaigns that end within the hour.
  await expect(page.getByRole('article').first()).toContainText(/minutes? left|hours? left/);
});

test('a list longer than a page is turned by links that keep the filters', async ({ page }) => {
  await visit(page, '/discover?q=fixture&sort=newest');
  const pager = page.getByRole('navigation', { name: 'Pages' });
  await expect(pager).toContainText('Page 1 of');
  const first = await page.getByRole('article').first().getByRole('link').textContent();

  await pager.getByRole('link', { name: 'Next' }).click();
  await expect(page).toHaveURL(/q=fixture/);
  await expect(page).toHaveURL(/page=2/);
  await expect(pager).toContainText('Page 2 of');
  await expect(page.getByRole('article').first().getByRole('link')).not.toHaveText(first ?? '');

  await page.goBack();
  await expect(pager).toContainText('Page 1 of');
  await expect(page.getByRole('article').first().getByRole('link')).toHaveText(first ?? '');
});

test('the search in the head leads to the same list', async ({ page }) => {
  await visit(page, '/');
  await page.getByRole('search').getByRole('searchbox', { name: 'Search campaigns' }).fill('harbour');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/discover\?q=harbour/);
  await expect(heading(page, 'Discover campaigns')).toBeAttached();
});

test('coming back to a list finds the place that was left', async ({ page }) => {
  await visit(page, '/discover?state=any');
  const card = page.getByRole('article').last().getByRole('link');
  const title = (await card.textContent()) ?? '';
  await card.scrollIntoViewIfNeeded();
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(200);
  const left = await page.evaluate(() => scrollY);

  await card.click();
  await expect(heading(page, title)).toBeVisible();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);

  await page.goBack();
  await expect(heading(page, 'Discover campaigns')).toBeAttached();
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(left - 200);
});

test('a place is found again after the site was left', async ({ page }) => {
  await visit(page, '/discover?state=any');
  const card = page.getByRole('article').last().getByRole('link');
  const title = (await card.textContent()) ?? '';
  await card.scrollIntoViewIfNeeded();
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(200);
  const left = await page.evaluate(() => scrollY);
  await card.click();
  await expect(heading(page, title)).toBeVisible();
  await page.goto('/api/v1/docs');

  await page.goBack();
  await expect(heading(page, title)).toBeVisible();
  await alive(page);
  await page.goBack();
  await expect(heading(page, 'Discover campaigns')).toBeAttached();
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(left - 200);
});

/** There are campaigns, and each is in this state; other tests stop some of theirs. */
async function expectAll(page: Page, state: string): Promise<void> {
  const shown = page.getByRole('article');
  const others = shown.filter({ hasNotText: state });
  await expect(shown.filter({ hasText: state }).first()).toBeVisible();
  await expect(others).toHaveCount(0);
}
