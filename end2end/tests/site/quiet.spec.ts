// Every page arrives whole and silent: no error, no warning of the browser, no
// missing file. The watch of `fixtures.ts` fails each test that is not.

import { alive, expect, hasWasm, heading, test, visit, type OpenWindow } from '../../fixtures';
import { OWN_PAGES, PUBLIC_PAGES } from '../../support/pages';

for (const { name, path, status } of PUBLIC_PAGES) {
  test(`whole and silent: ${name}`, async ({ openWindow }) => {
    await look(openWindow, path, {}, status);
  });
}

for (const { name, path } of OWN_PAGES) {
  test(`whole and silent: ${name}`, async ({ openWindow, backer }) => {
    await look(openWindow, path(backer), { storageState: backer.state });
  });
}

async function look(openWindow: OpenWindow, path: string, options: object, status = 200): Promise<void> {
  const page = await openWindow(options);
  await visit(page, path, status);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect(page).toHaveTitle(/^.+ · Pedestal$/);

  // Pictures below the fold load when they come near.
  for (const picture of await page.getByRole('main').locator('img').all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth)).toBeGreaterThan(0);
  }
  const twice = await page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
    return ids.filter((id, at) => ids.indexOf(id) !== at);
  });
  expect(twice, 'ids that stand twice').toEqual([]);
  expect(await page.evaluate(() => document.compatMode)).toBe('CSS1Compat');
}

test('a walk by the site’s own links, back and forth, with one live stream at a time', async ({ page }) => {
  const open = new Set<unknown>();
  const isLive = (url: string) => new URL(url).pathname === '/live';
  page.on('request', request => isLive(request.url()) && open.add(request));
  page.on('requestfailed', request => open.delete(request));
  page.on('requestfinished', request => open.delete(request));
  const follows = hasWasm() ? 1 : 0;

  await visit(page, '/');
  await expect.poll(() => open.size).toBe(follows);
  const ways = page.getByRole('navigation', { name: 'Main navigation' });
  await ways.getByRole('link', { name: 'Discover' }).click();
  await expect(heading(page, 'Discover campaigns')).toBeAttached();
  await expect(page).toHaveTitle('Discover campaigns · Pedestal');
  await expect.poll(() => open.size).toBe(follows);

  await alive(page);
  await page.getByRole('link', { name: 'Orchard at Dusk' }).click();
  await expect(heading(page, 'Orchard at Dusk')).toBeVisible();
  await expect(page).toHaveTitle('Orchard at Dusk · Pedestal');
  await expect.poll(() => open.size).toBe(follows);

  await alive(page);
  const tabs = page.getByRole('navigation', { name: 'Campaign', exact: true });
  await tabs.getByRole('link', { name: /^Rewards/ }).click();
  await expect(page).toHaveURL(/\/rewards$/);
  await expect(tabs.getByRole('link', { name: /^Rewards/ })).toHaveAttribute('aria-current', 'page');
  await alive(page);
  await tabs.getByRole('link', { name: 'Community' }).click();
  await expect(heading(page, 'Who backs Orchard at Dusk')).toBeVisible();
  await expect.poll(() => open.size).toBe(follows);

  await page.goBack();
  await expect(page).toHaveURL(/\/rewards$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/campaigns\/orchard-at-dusk$/);
  await page.goBack();
  await expect(heading(page, 'Discover campaigns')).toBeAttached();
  await page.goForward();
  await expect(heading(page, 'Orchard at Dusk')).toBeVisible();
  await alive(page);
  await expect(page.getByRole('region', { name: 'Funding' })).toBeVisible();
  await expect.poll(() => open.size).toBe(follows);

  await page.getByRole('link', { name: 'Sign in' }).click();
  await expect(heading(page, 'Sign in')).toBeVisible();
  await expect.poll(() => open.size, 'nothing is followed where nothing moves').toBe(0);
});

test('a link to nowhere inside the site says so', async ({ page }) => {
  await visit(page, '/nowhere', 404);
  await expect(heading(page, 'This page is not here')).toBeVisible();
  await page.getByRole('link', { name: 'Discover campaigns' }).click();
  await expect(heading(page, 'Discover campaigns')).toBeAttached();
});
