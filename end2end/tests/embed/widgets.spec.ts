// The custom element where something is not as usual: another colour, several campaigns,
// a server that does not answer, a campaign that ends while somebody looks.

import { expect, hasWasm, server } from '../../fixtures';
import { test } from '../../support/blog';
import type { Locator, Page, Route } from '@playwright/test';

const SLUG = 'tide-clock';
const ORIGIN = server('sqlite');
const SCRIPT = `<script src="${ORIGIN}/embed.js" async></script>`;
/** What a page of another site has to be told with an answer, else it may not read it. */
const CORS = { 'access-control-allow-origin': '*' };

const widget = (attributes = '', inside = '') =>
  `<pedestal-widget campaign="${SLUG}" ${attributes}>${inside}</pedestal-widget>`;

test.beforeEach(() => {
  test.skip(!hasWasm(), 'the custom element is a script');
});

/** The colour of an element's text, as a screen shows it. */
async function inkOf(element: Locator): Promise<number[]> {
  return element.evaluate(it => {
    const canvas = document.createElement('canvas').getContext('2d');
    if (canvas === null) {
      return [];
    }
    canvas.fillStyle = getComputedStyle(it).color;
    canvas.fillRect(0, 0, 1, 1);
    return Array.from(canvas.getImageData(0, 0, 1, 1).data.slice(0, 3));
  });
}

/** The addresses that a page asks for, as far as they hold this. */
function asked(reader: Page, part: string): string[] {
  const all: string[] = [];
  reader.on('request', request => {
    if (request.url().includes(part)) {
      all.push(request.url());
    }
  });
  return all;
}

test('a button of any colour has words that can be read', async ({ openWindow, blog }) => {
  const reader = await openWindow();
  const accents = ['gold', '#f2c200', 'navy', '#7a1f5c'];
  const widgets = accents.map(accent => widget(`layout="button" accent="${accent}"`));
  await reader.goto(blog.post('/accents', SCRIPT + widgets.join('')));
  const buttons = reader.getByRole('link', { name: /^Back this campaign/ });
  await expect(buttons).toHaveCount(accents.length);
  const inks = await Promise.all((await buttons.all()).map(inkOf));
  const black = [0, 0, 0];
  const white = [255, 255, 255];
  expect(inks).toEqual([black, black, white, white]);
});

test('widgets of several campaigns are gathered before they open their stream', async ({ openWindow, blog }) => {
  const reader = await openWindow();
  const streams = asked(reader, '/live?');
  const slugs = [SLUG, 'sept-ponts', 'orchard-at-dusk', 'fournil-roulant'];
  const held: Route[] = [];
  await reader.route(/\/embed\/[^/]+\.json\?/, route => {
    held.push(route);
  });
  const widgets = slugs.map(slug => `<pedestal-widget campaign="${slug}" layout="bar"></pedestal-widget>`);
  await reader.goto(blog.post('/several', SCRIPT + widgets.join('')));
  await expect.poll(() => held.length).toBe(slugs.length);
  // Each is answered after the one before it was drawn.
  for (const [index, route] of held.entries()) {
    await route.continue();
    await expect(reader.getByRole('progressbar')).toHaveCount(index + 1);
  }
  await expect.poll(() => streams.length).toBe(1);
  expect(new URL(streams[0] ?? '').searchParams.get('campaigns')?.split(',').sort()).toEqual([...slugs].sort());
});

test('a widget opens in the same tab where the page wants it', async ({ openWindow, blog }) => {
  const reader = await openWindow();
  await reader.goto(blog.post('/same', SCRIPT + widget('layout="compact" target="_self"')));
  await reader.getByRole('link', { name: 'Back this campaign' }).click();
  await expect(reader).toHaveURL(`${ORIGIN}/campaigns/${SLUG}`);
  expect(reader.context().pages()).toHaveLength(1);
});

test('a campaign that ends while somebody looks takes its form along', async ({ openWindow, blog }) => {
  const reader = await openWindow();
  const { pledged } = (await (await reader.request.get(`${ORIGIN}/embed/${SLUG}.json`)).json()) as {
    pledged: { amount: string; currency: string };
  };
  const figures = { campaign: SLUG, pledged, backers: 7, percent: 40, state: 'failed', is_late: false, left: [] };
  await reader.route(/\/live\?/, route =>
    route.fulfill({
      headers: { ...CORS, 'content-type': 'text/event-stream' },
      body: `event: funding\ndata: ${JSON.stringify(figures)}\n\n`,
    }),
  );
  await reader.goto(blog.post('/ends', SCRIPT + widget()));
  const card = reader.locator('pedestal-widget');
  await expect(card.getByRole('link', { name: 'See the campaign' })).toBeVisible();
  await expect(card.getByText('State', { exact: true })).toBeVisible();
  await expect(card.locator('form')).toHaveCount(0);
});

test('a frame of a campaign that ends offers nothing to choose any more', async ({ openWindow, blog }) => {
  const reader = await openWindow();
  const told = { o: { className: 'over' }, v: { innerText: 'See the campaign' }, r: { innerText: 'Ended' } };
  await reader.route(/\/live\?/, route =>
    route.fulfill({
      headers: { ...CORS, 'content-type': 'text/event-stream' },
      body: `event: funding\ndata: ${JSON.stringify(told)}\n\n`,
    }),
  );
  await reader.goto(blog.post('/frame-ends', `<iframe src="${ORIGIN}/embed/${SLUG}" title="A campaign" width="400" height="660"></iframe>`));
  const card = reader.frameLocator('iframe');
  await expect(card.getByRole('button', { name: 'See the campaign' })).toBeVisible();
  await expect(card.getByLabel('What would you like to give?')).toBeHidden();
  await expect(card.getByText('Ended')).toBeVisible();
});

test.describe('a server that does not answer', () => {
  test.use({ refusals: [429, 503] });

  test('a widget without a stream asks again, and is no further view', async ({ openWindow, blog }) => {
    const reader = await openWindow();
    const loads = asked(reader, `/embed/${SLUG}.json`);
    await reader.route(/\/live\?/, route => route.fulfill({ status: 429, headers: CORS }));
    await reader.clock.install();
    await reader.goto(blog.post('/shed', SCRIPT + widget('layout="bar"')));
    await expect(reader.getByRole('progressbar')).toBeVisible();
    await expect
      .poll(async () => {
        await reader.clock.runFor(31_000);
        return loads.length;
      })
      .toBeGreaterThan(2);
    const [first, ...others] = loads;
    expect(first).toContain('again=0');
    expect(others.filter(url => !url.includes('again=1'))).toEqual([]);
  });

  test('a link stands in its place until the first answer comes', async ({ openWindow, blog }) => {
    const reader = await openWindow();
    let isDown = true;
    await reader.route(/\/embed\/[^/]+\.json\?/, route =>
      isDown ? route.fulfill({ status: 503, headers: CORS }) : route.continue(),
    );
    await reader.clock.install();
    const link = `<a href="${ORIGIN}/campaigns/${SLUG}">The campaign</a>`;
    await reader.goto(blog.post('/down', SCRIPT + widget('layout="bar"', link)));
    const instead = reader.getByRole('link', { name: 'The campaign', exact: true });
    await expect(reader.locator('pedestal-widget:defined')).toHaveCount(1);
    await expect(instead).toBeVisible();
    isDown = false;
    await expect
      .poll(async () => {
        await reader.clock.runFor(31_000);
        return reader.getByRole('progressbar').count();
      })
      .toBe(1);
    await expect(instead).toBeHidden();
  });
});
