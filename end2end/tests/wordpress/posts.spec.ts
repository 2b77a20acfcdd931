// A campaign in the posts of a real WordPress: with nothing but its link, as a custom
// element and as a frame. WordPress is another site than ours, and knows nothing of us.

import type { Locator, Page, Request } from '@playwright/test';

import { euros, expect, figures, pledgeAsGuest, server, test, uniqueEmail, type OpenWindow } from '../../fixtures';
import { posts } from '../../support/wordpress';

const SLUG = 'tide-clock';
const CAMPAIGN = `${server('sqlite')}/campaigns/${SLUG}`;
/** What WordPress makes of a provider that it does not know. */
const EMBED = 'iframe.wp-embedded-content';

/** A reader who has been on our site, so that the browser holds whatever we set there. */
async function openReader(openWindow: OpenWindow): Promise<{ reader: Page; asked: Request[] }> {
  const reader = await openWindow();
  await reader.goto(CAMPAIGN);
  // What that page still asks for, now that it comes alive, is none of the card's.
  await reader.goto('about:blank');
  const asked: Request[] = [];
  reader.on('request', request => {
    if (request.url().startsWith(server('sqlite'))) {
      asked.push(request);
    }
  });
  return { reader, asked };
}

/** None of what was asked took a cookie along or brought one back. */
async function expectNoCookies(asked: Request[]): Promise<void> {
  expect(asked.length).toBeGreaterThan(0);
  for (const request of asked) {
    expect((await request.allHeaders()).cookie, request.url()).toBeUndefined();
    expect((await (await request.response())?.allHeaders())?.['set-cookie'], request.url()).toBeUndefined();
  }
}

/** A pledge of somebody else moves the sum and the bar. */
async function expectToMove(openWindow: OpenWindow, request: Parameters<typeof figures>[0], sum: Locator, fill: Locator) {
  const reached = async () => euros((await figures(request, server('sqlite'), SLUG)).pledged);
  const isTrue = async () => (await sum.innerText()).includes(await reached());
  // Other tests pledge to the same campaign: what was asked once may be past by now.
  await expect.poll(isTrue).toBe(true);
  const before = await sum.innerText();
  const width = async () => (await fill.boundingBox())?.width ?? 0;
  const narrow = await width();
  const backer = await openWindow();
  await pledgeAsGuest(backer, SLUG, {
    email: uniqueEmail('wordpress'),
    reward: 'A postcard from the shore',
    country: 'France',
    amount: '900',
  });
  await backer.context().close();
  await sum.page().bringToFront();
  await expect(sum).not.toHaveText(before);
  await expect.poll(isTrue).toBe(true);
  await expect.poll(width).toBeGreaterThan(narrow);
}

for (const kind of ['link', 'block'] as const) {
  test(`a pasted link becomes a card that moves and opens the campaign: ${kind}`, async ({ openWindow, request }) => {
    const { reader, asked } = await openReader(openWindow);
    await reader.goto(posts()[kind]);
    const frame = reader.locator(EMBED);
    const card = reader.frameLocator(EMBED);
    await expect(frame).toHaveAttribute('sandbox', 'allow-scripts');
    // WordPress shows the quote and clips the frame away until the frame has spoken.
    await expect(reader.locator('blockquote.wp-embedded-content')).toBeHidden();
    await expect(frame).not.toHaveAttribute('style');
    await expect(card.getByRole('progressbar', { name: 'Funding' })).toBeVisible();
    const own = await card.locator('body').evaluate(body => body.offsetHeight);
    expect(own).toBeGreaterThan(200);
    expect(own).toBeLessThan(1000);
    await expect(frame).toHaveAttribute('height', String(own));

    await expectToMove(openWindow, request, card.locator('.sum'), card.locator('#f'));
    await expectNoCookies(asked);

    await card.getByRole('heading', { level: 1 }).getByRole('link').click();
    await expect(reader).toHaveURL(CAMPAIGN);
  });
}

test('a reward that is chosen in a pasted link leads to its checkout', async ({ openWindow }) => {
  const { reader } = await openReader(openWindow);
  await reader.goto(posts().link);
  const card = reader.frameLocator(EMBED);
  await card.getByLabel('What would you like to give?').selectOption({ index: 1 });
  await card.getByRole('button', { name: 'Back this campaign' }).click();
  await expect(reader).toHaveURL(new RegExp(`^${CAMPAIGN}/pledge\\?.`));
  await expect(reader.getByRole('radio', { checked: true }).first()).not.toHaveAccessibleName(/without a reward/i);
});

test('a pasted link fits a phone', async ({ openWindow }) => {
  const reader = await openWindow({ viewport: { width: 360, height: 740 } });
  await reader.goto(posts().link);
  const frame = reader.locator(EMBED);
  await expect(frame).not.toHaveAttribute('style');
  await expect(reader.frameLocator(EMBED).getByRole('progressbar')).toBeVisible();
  const box = await frame.boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360);
});

test('the custom element moves in a post and opens the campaign', async ({ openWindow, request }) => {
  const { reader, asked } = await openReader(openWindow);
  await reader.goto(posts().element);
  const widget = reader.locator('pedestal-widget');
  await expect(widget.getByRole('progressbar', { name: 'Funding' })).toBeVisible();
  await expectToMove(openWindow, request, widget.locator('.sum'), widget.locator('[part=fill]'));
  await expectNoCookies(asked);

  const opened = reader.context().waitForEvent('page');
  await widget.getByRole('heading').getByRole('link').click();
  await expect(await opened).toHaveURL(CAMPAIGN);
});

test('the frame moves in a post and opens the campaign', async ({ openWindow, request }) => {
  const { reader, asked } = await openReader(openWindow);
  await reader.goto(posts().frame);
  const frame = `iframe[src^="${server('sqlite')}/embed/${SLUG}"]`;
  const card = reader.frameLocator(frame);
  await expect(card.getByRole('progressbar', { name: 'Funding' })).toBeVisible();
  await expectToMove(openWindow, request, card.locator('.sum'), card.locator('#f'));
  await expectNoCookies(asked);

  const opened = reader.context().waitForEvent('page');
  await card.getByRole('heading', { level: 1 }).getByRole('link').click();
  await expect(await opened).toHaveURL(CAMPAIGN);
});
