// A page that is followed: what it says, to whom, and that its one stream is
// open only while somebody sees it.

import {
  euros,
  expect,
  figures,
  fixtureCampaign,
  hasWasm,
  pledgeAsGuest,
  server,
  test,
  uniqueEmail,
  visit,
  type OpenWindow,
} from '../../fixtures';
import type { Page, Request } from '@playwright/test';

// A server that is down for a moment.
test.use({ refusals: [503] });

test.beforeEach(() => {
  test.skip(!hasWasm(), 'without wasm a page stays as it was read');
});

/** Somebody else pledges this many euros. */
async function pledgeElsewhere(openWindow: OpenWindow, slug: string, amount: string): Promise<void> {
  const backer = await openWindow();
  await pledgeAsGuest(backer, slug, { email: uniqueEmail('elsewhere'), amount });
}

/** The streams of a page: those that are open, and every one that was. */
function streams(page: Page): { open: Set<Request>; all: Request[] } {
  const open = new Set<Request>();
  const all: Request[] = [];
  page.on('request', request => {
    if (new URL(request.url()).pathname === '/live') {
      open.add(request);
      all.push(request);
    }
  });
  page.on('requestfailed', request => open.delete(request));
  page.on('requestfinished', request => open.delete(request));
  return { open, all };
}

/** Makes the page believe that its tab is in front, or is not. */
async function show(page: Page, isVisible: boolean): Promise<void> {
  await page.evaluate(isVisible => {
    Object.defineProperty(document, 'hidden', { value: !isVisible, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, isVisible);
}

test('a pledge in another window is said once, and then there is a pause', async ({ openWindow, request }) => {
  const slug = await fixtureCampaign(request, server('sqlite'), 'bar', 'announced');
  const before = await figures(request, server('sqlite'), slug);
  const page = await openWindow();
  await visit(page, `/campaigns/${slug}`);
  const said = page.getByRole('region', { name: 'Funding' }).locator('[aria-live]');
  await expect(said).toHaveText('');
  // Less than one percent is worth a word too.
  await pledgeElsewhere(openWindow, slug, '3');
  await expect(said).toContainText(euros(before.pledged + 300));
  const first = await said.textContent();

  await pledgeElsewhere(openWindow, slug, '4');
  const sum = page.getByRole('region', { name: 'Funding' }).locator('.funding-sum');
  await expect(sum).toContainText(euros(before.pledged + 700));
  await expect(said).toHaveText(first ?? '');
  await expect(said).toContainText(euros(before.pledged + 700), { timeout: 15_000 });
});

test('the community page is followed, announced, and can be shared', async ({ openWindow, request }) => {
  const slug = await fixtureCampaign(request, server('sqlite'), 'bar', 'counted');
  const before = await figures(request, server('sqlite'), slug);
  const page = await openWindow();
  await visit(page, `/campaigns/${slug}/community`);
  const funding = page.getByRole('region', { name: 'Funding' });
  await pledgeElsewhere(openWindow, slug, '9');
  await expect(funding.locator('.funding-sum')).toContainText(euros(before.pledged + 900));
  await expect(funding.locator('[aria-live]')).toContainText(euros(before.pledged + 900));
});

test('a tab that nobody sees holds no stream, and catches up when it is seen', async ({ openWindow, request }) => {
  const slug = await fixtureCampaign(request, server('sqlite'), 'bar', 'unseen');
  const before = await figures(request, server('sqlite'), slug);
  const page = await openWindow();
  const { open, all } = streams(page);
  await visit(page, `/campaigns/${slug}`);
  await expect.poll(() => open.size).toBe(1);
  await pledgeElsewhere(openWindow, slug, '5');
  const sum = page.getByRole('region', { name: 'Funding' }).locator('.funding-sum');
  await expect(sum).toContainText(euros(before.pledged + 500));

  await show(page, false);
  await expect.poll(() => open.size, 'closed while hidden').toBe(0);
  await pledgeElsewhere(openWindow, slug, '6');
  expect(open.size).toBe(0);
  await show(page, true);
  await expect.poll(() => open.size, 'open again').toBe(1);
  expect(all.at(-1)?.url()).toMatch(/[?&]last=\d+/);
  await expect(sum).toContainText(euros(before.pledged + 1_100));
});

test('a stream that breaks is opened again where it broke', async ({ openWindow, request }) => {
  const slug = await fixtureCampaign(request, server('sqlite'), 'bar', 'reconnected');
  const before = await figures(request, server('sqlite'), slug);
  const page = await openWindow();
  const { open, all } = streams(page);
  // The first answer says one thing and breaks off, and when the browser asks again
  // the server is down: from there on it is the page that has to try.
  await page.route(/\/live\?/, async route => {
    if (all.length === 1) {
      const body = 'retry: 200\n\nevent: funding\nid: 1234567\ndata: {}\n\n';
      await route.fulfill({ contentType: 'text/event-stream', body });
    } else if (all.length === 2) {
      await route.fulfill({ status: 503 });
    } else {
      await route.continue();
    }
  });
  await visit(page, `/campaigns/${slug}`);
  await expect.poll(() => all.length, { message: 'it is opened again', timeout: 15_000 }).toBe(3);
  expect(new URL(all[2]!.url()).searchParams.get('last')).toBe('1234567');
  await expect.poll(() => open.size, { timeout: 15_000 }).toBe(1);
  await pledgeElsewhere(openWindow, slug, '7');
  const sum = page.getByRole('region', { name: 'Funding' }).locator('.funding-sum');
  await expect(sum).toContainText(euros(before.pledged + 700), { timeout: 15_000 });
});

test('a filter exchanges the stream and leaves one open', async ({ page }) => {
  const { open } = streams(page);
  await visit(page, '/discover');
  await expect.poll(() => open.size).toBe(1);
  for (const order of ['newest first', 'ending soon', 'most backed']) {
    await page.getByRole('combobox', { name: 'Order' }).selectOption({ label: order });
    await expect(page.getByRole('combobox', { name: 'Order' })).toHaveValue(/./);
    await expect(page.getByRole('progressbar', { name: 'Loading the page' })).toHaveCount(0);
    await expect.poll(() => open.size, order).toBe(1);
  }
});

test('sums and bars stand still for whoever wants no movement', async ({ openWindow, request }) => {
  const slug = await fixtureCampaign(request, server('sqlite'), 'bar', 'still');
  const before = await figures(request, server('sqlite'), slug);
  const page = await openWindow({ reducedMotion: 'reduce' });
  await visit(page, `/campaigns/${slug}`);
  const duration = await page
    .locator('.stones path')
    .first()
    .evaluate(path => getComputedStyle(path).transitionDuration);
  expect(Number.parseFloat(duration), duration).toBeLessThanOrEqual(0.001);
  const sum = page.getByRole('region', { name: 'Funding' }).locator('.funding-sum strong');
  await sum.evaluate(element => {
    const seen: string[] = [];
    new MutationObserver(() => seen.push(element.textContent ?? '')).observe(element, {
      characterData: true,
      childList: true,
      subtree: true,
    });
    Object.assign(window, { seen });
  });
  await pledgeElsewhere(openWindow, slug, '50');
  await expect(sum).toHaveText(euros(before.pledged + 5_000));
  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([
    euros(before.pledged + 5_000),
  ]);
});
