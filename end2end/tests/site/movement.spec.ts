// What moves between pages, and where one stands afterwards: the picture that
// turns from a card's into a page's, the line that says that something is on its
// way, the focus, and the query of the address.

import { alive, expect, hasWasm, heading, test, visit } from '../../fixtures';
import type { Page } from '@playwright/test';

test.beforeEach(() => {
  test.skip(!hasWasm(), 'without wasm the browser itself goes from page to page');
});

/** Lets every answer to the page's script wait. */
async function slow(page: Page, milliseconds: number): Promise<void> {
  await page.route('**/api/fn/**', async route => {
    await new Promise(resolve => setTimeout(resolve, milliseconds));
    await route.continue();
  });
}

/** What the focus is on, as a person would call it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element === null ? '' : `${element.tagName} ${element.id || element.textContent?.trim()}`;
  });
}

test('a filter that takes long shows that it is on its way', async ({ page }) => {
  await visit(page, '/discover');
  await slow(page, 1_000);
  const line = page.getByRole('progressbar', { name: 'Loading the page' });
  await expect(line).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Order' }).selectOption({ label: 'newest first' });
  await expect(line).toBeVisible();
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'true');
  await expect(line).toHaveCount(0);
  await expect(page.getByRole('main')).not.toHaveAttribute('aria-busy');
});

test('the line waits a moment, also where nothing moves', async ({ openWindow }) => {
  const page = await openWindow({ reducedMotion: 'reduce' });
  await visit(page, '/discover');
  await slow(page, 1_000);
  await page.getByRole('combobox', { name: 'Order' }).selectOption({ label: 'newest first' });
  const line = page.locator('.routing-progress');
  await expect(line).toHaveCount(1);
  expect(await line.evaluate(element => getComputedStyle(element).animationDelay)).toBe('0.2s');
});

test('the picture of a card turns into the picture of its page', async ({ page }) => {
  await visit(page, '/discover');
  await slow(page, 200);
  await page.evaluate(() => {
    const start = document.startViewTransition.bind(document);
    document.startViewTransition = (...args: Parameters<typeof start>) => {
      const transition = start(...args);
      void transition.ready.then(() => {
        const group = '::view-transition-group(campaign-picture)';
        const moves = document.getAnimations().some(a => (a.effect as KeyframeEffect).pseudoElement === group);
        // The page that is shown by then is the new one.
        const isThere = document.querySelector('figure.campaign-media') !== null;
        document.documentElement.dataset.moved = String(moves && isThere);
      });
      return transition;
    };
  });
  await page.getByRole('link', { name: 'Orchard at Dusk' }).click();
  await expect(heading(page, 'Orchard at Dusk')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-moved', 'true');
});

test('a card that is opened in another tab is not being left', async ({ page, context }) => {
  await visit(page, '/discover');
  const card = page.getByRole('article').first();
  const opened = context.waitForEvent('page');
  await card.getByRole('link').click({ modifiers: ['ControlOrMeta'] });
  await (await opened).close();
  await expect(card).not.toHaveAttribute('data-leaving');
});

test('the focus follows to each new heading, also between pages of one campaign', async ({ page }) => {
  await visit(page, '/campaigns/orchard-at-dusk');
  const tabs = page.getByRole('navigation', { name: 'Campaign', exact: true });
  await tabs.getByRole('link', { name: /^Rewards/ }).click();
  await expect(page).toHaveURL(/\/rewards$/);
  await expect.poll(() => focused(page)).toBe('H1 Rewards of Orchard at Dusk');
  await tabs.getByRole('link', { name: 'Story' }).click();
  await expect.poll(() => focused(page)).toBe('H1 Orchard at Dusk');
  await tabs.getByRole('link', { name: 'Community' }).click();
  await expect.poll(() => focused(page)).toBe('H1 Who backs Orchard at Dusk');
});

test('the focus stays with the list when a filter is taken off or a page is turned', async ({ page }) => {
  await visit(page, '/discover?q=fixture&category=technology&sort=newest');
  await page.getByRole('link', { name: 'Remove the filter Technology' }).click();
  await expect(page).not.toHaveURL(/category=/);
  await expect.poll(() => focused(page)).toBe('H2 results');

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next' }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect.poll(() => focused(page)).toBe('H2 results');

  // A filter that stays keeps it.
  const order = page.getByRole('combobox', { name: 'Order' });
  await order.focus();
  await order.selectOption({ label: 'most funded' });
  await expect(page).toHaveURL(/sort=most_funded/);
  await expect(page.getByRole('progressbar', { name: 'Loading the page' })).toHaveCount(0);
  await expect(order).toBeFocused();
  await alive(page);
});

test('a page reads its own query, also after the same page of another campaign', async ({ page }) => {
  await visit(page, '/campaigns/tide-clock/embed?theme=dark');
  const snippets = page.getByRole('region', { name: 'What to paste' });
  await expect(snippets).toContainText('/embed/tide-clock?theme=dark"');
  const pages = await page.evaluate(() => history.length);
  await page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Discover' }).click();
  await page.getByRole('main').getByRole('link', { name: 'Orchard at Dusk' }).click();
  await expect(heading(page, 'Orchard at Dusk')).toBeVisible();
  const funding = page.getByRole('region', { name: 'Funding' });
  await funding.getByText('Share', { exact: true }).click();
  await funding.getByRole('link', { name: 'Embed', exact: true }).click();
  await expect(snippets).toContainText('/embed/orchard-at-dusk"');
  await expect(page).toHaveURL(/\/orchard-at-dusk\/embed$/);

  // As from the list of the back button: to the router it is the same page, of which only
  // the campaign and the query are others.
  await page.evaluate(before => history.go(before - history.length), pages);
  await expect(page).toHaveURL(/\/tide-clock\/embed\?theme=dark$/);
  await expect(snippets).toContainText('/embed/tide-clock?theme=dark"');
  await alive(page);
});

test('a page that is being left is not read anew without its query', async ({ page }) => {
  await visit(page, '/discover?q=orchard');
  const asked: string[] = [];
  page.on('request', request => asked.push(new URL(request.url()).pathname));
  await page.getByRole('main').getByRole('link', { name: 'Orchard at Dusk' }).click();
  await expect(heading(page, 'Orchard at Dusk')).toBeVisible();
  expect(asked).toContain('/api/fn/campaign/page');
  expect(asked).not.toContain('/api/fn/campaign/discover');
});
