// Cards that stand open while somebody else takes the last unit: they all say so, also
// in a sandbox without an origin, and where no stream is to be had any more.

import type { FrameLocator, Locator, Page } from '@playwright/test';

import { expect, fixtureCampaign, pledgeAsGuest, server, uniqueEmail } from '../../fixtures';
import { test } from '../../support/blog';

const REWARD = 'The last one';

// Streams that are refused on purpose.
test.use({ refusals: [429] });

test('the last unit is gone from every open card, by its stream or by asking', async ({ openWindow, blog, request }) => {
  test.skip(test.info().project.name !== 'wasm', 'what moves is a script, and on a phone the same');
  const origin = server('sqlite');
  const slug = await fixtureCampaign(request, origin, 'one-left', 'embedded');
  const frame = `<iframe src="${origin}/embed/${slug}" title="A campaign" width="400" height="660"`;
  const address = blog.post(
    '/open-cards',
    `${frame} id="plain"></iframe>${frame} id="sandboxed" sandbox="allow-scripts"></iframe>
     <pedestal-widget campaign="${slug}"></pedestal-widget><script src="${origin}/embed.js" async></script>`,
  );

  const listening = await openWindow();
  const asking = await openWindow();
  // It is asked twice a minute, which is long for a test.
  await asking.addInitScript(() => {
    const every = window.setInterval.bind(window);
    window.setInterval = ((act: () => void, time = 0) => every(act, time / 60)) as typeof window.setInterval;
  });
  await asking.route(
    url => url.pathname === '/live',
    route => route.fulfill({ status: 429, headers: { 'access-control-allow-origin': '*' } }),
  );
  const [heard, asked] = [questions(listening), questions(asking)];
  for (const reader of [listening, asking]) {
    await reader.goto(address);
    for (const card of cards(reader)) {
      await expect(line(card)).toHaveJSProperty('disabled', false);
      await expect(card.locator('.sum')).toContainText('€0 ');
    }
  }
  // The first that an element asks is its card.
  const count = (kind: string) => asked.filter(path => path.endsWith(kind)).length;
  await expect.poll(() => count('.figures') > 1 && count('.json') > 1, { message: 'frames and element ask' }).toBe(true);

  const backer = await openWindow();
  await pledgeAsGuest(backer, slug, { email: uniqueEmail('last'), reward: REWARD, amount: '490' });
  for (const reader of [listening, asking]) {
    await reader.bringToFront();
    for (const card of cards(reader)) {
      await expect(card.locator('.sum')).toContainText('€500 ');
      await expect(card.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '10');
      await expect(line(card)).toHaveJSProperty('disabled', true);
      await expect(line(card)).toHaveJSProperty('hidden', true);
    }
  }
  expect(heard.filter(path => path.endsWith('.figures')), 'who hears does not ask').toEqual([]);
});

/** The cards of the page: a frame, one without an origin, and a custom element. */
function cards(page: Page): (FrameLocator | Locator)[] {
  return [page.frameLocator('#plain'), page.frameLocator('#sandboxed'), page.locator('pedestal-widget')];
}

/** The line of the reward in a card's list. */
function line(card: FrameLocator | Locator): Locator {
  return card.locator('option', { hasText: REWARD });
}

/** Paths of what a page asks our site about a campaign, as it asks. */
function questions(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', request => {
    const { pathname } = new URL(request.url());
    if (/\.(figures|json)$/.test(pathname)) {
      asked.push(pathname);
    }
  });
  return asked;
}
