// Every face of a campaign on somebody else's page, for a reader who is signed in on
// ours: of any width, by day and by night, whole and without a cookie. One browser is
// enough for it: a phone is as wide as one of the columns.

import type { Page, Request } from '@playwright/test';

import { expect, server } from '../../fixtures';
import { openStill, violations } from '../../support/axe';
import { expectNoCookies, openReader, test } from '../../support/blog';

const SLUG = 'tide-clock';
const ORIGIN = server('sqlite');
const LAYOUTS = ['card', 'compact', 'bar', 'button'];

test.beforeEach(() => test.skip(test.info().project.name !== 'wasm', 'one browser is enough'));

test('cookies of other sites are blocked, and the checkout of a card needs none', async ({ openWindow, blog }) => {
  const { reader, asked } = await openReader(openWindow);
  const badge = `<img src="${ORIGIN}/embed/${SLUG}.svg" alt="A badge">`;
  await reader.goto(blog.post('/canary', `<iframe src="${ORIGIN}/embed/${SLUG}" title="A campaign" width="400" height="660"></iframe>${badge}`));
  const card = reader.frameLocator('iframe');
  await expect(card.getByRole('progressbar', { name: 'Funding' })).toBeVisible();
  await expectNoCookies(asked);

  const way: Request[] = [];
  reader.context().on('request', request => {
    if (request.isNavigationRequest() && new URL(request.url()).pathname.endsWith('/pledge')) {
      way.push(request);
    }
  });
  await card.getByLabel('What would you like to give?').selectOption({ index: 1 });
  const opened = reader.context().waitForEvent('page');
  await card.getByRole('button', { name: 'Back this campaign' }).click();
  await expect(await opened).toHaveURL(new RegExp(`/campaigns/${SLUG}/pledge\\?reward=`));
  // It is a page of our own, where the reader is who they are.
  expect((await way.at(-1)?.allHeaders())?.cookie).toContain('session=');
});

test('each face is whole in columns of any width, by day and by night', async ({ openWindow, blog, request }) => {
  test.slow();
  const { reader, asked } = await openReader(openWindow);
  // Nothing moves while it is looked at, and no stream keeps a picture waiting. (What is
  // kept back on its way would be seen without its cookies.)
  await reader.addInitScript(() => {
    const silent = function () {
      return Object.assign(new EventTarget(), { readyState: 0, close: () => undefined });
    };
    Object.assign(window, { EventSource: silent });
  });
  const offered = await request.get(`${ORIGIN}/oembed?url=${encodeURIComponent(`${ORIGIN}/campaigns/${SLUG}`)}`);
  const address = blog.post('/faces', everyFace((await offered.json()).html));
  const inks: Record<string, Record<string, string>> = {};
  for (const colorScheme of ['light', 'dark'] as const) {
    await reader.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await reader.goto(address);
    // Of the custom elements, all but the button have a bar.
    await expect(reader.getByRole('progressbar')).toHaveCount(4);
    for (const fill of await reader.getByRole('progressbar').locator('> *').all()) {
      const box = await fill.boundingBox();
      expect(box !== null && box.width > 0 && box.height > 4, 'the bar is filled').toBe(true);
    }
    expect(reader.mainFrame().childFrames()).toHaveLength(6);
    for (const width of [220, 320, 480, 800]) {
      // High enough for all of it, since pictures are loaded where they are seen.
      await reader.setViewportSize({ width, height: 6_000 });
      await expect.poll(() => faults(reader), { message: `${width} px, ${colorScheme}` }).toEqual([]);
      // For who wants to look at them.
      await reader.locator('body > main').screenshot({ path: `results/embeds/${width}-${colorScheme}.png` });
    }
    inks[colorScheme] = await inksOf(reader);
  }
  const faces = Object.entries(inks.light ?? {});
  expect(faces).toHaveLength(11);
  for (const [face, ink] of faces) {
    expect(ink === inks.dark?.[face], `${face} is the same by night`).toBe(face.includes('dark'));
  }
  await expectNoCookies(asked);
});

test('axe objects to nothing in the custom element', async ({ openWindow, blog }) => {
  const page = await openStill(openWindow);
  const widgets = LAYOUTS.flatMap(layout =>
    ['', 'theme="dark"'].map(theme => `<pedestal-widget campaign="${SLUG}" layout="${layout}" ${theme}></pedestal-widget>`),
  );
  await page.goto(blog.post('/axe', `<h2>Campaigns</h2>${widgets.join('<p>And</p>')}<script src="${ORIGIN}/embed.js" async></script>`));
  await expect(page.getByRole('progressbar')).toHaveCount(6);
  // The sheet of the frames draws <main>, which in an element is a group.
  const found = (await violations(page)).filter(line => !/^\w+: aria-allowed-role: /.test(line));
  expect(found).toEqual([]);
});

/**
 * Frames in every layout and one whose look is chosen, the same as custom elements, what
 * oEmbed puts in place of a link, and both badges. The page gives each frame the height
 * that it asks for, and shows pictures as pages do, no wider than its column.
 */
function everyFace(oembed: string): string {
  const queries = [...LAYOUTS.map(layout => `layout=${layout}`), 'layout=compact&theme=dark&size=large&accent=f2c200&lang=fr'];
  const frames = queries.map(
    query => `<iframe src="${ORIGIN}/embed/${SLUG}?${query.replaceAll('&', '&amp;')}" title="A campaign" style="border:0;display:block;width:100%"></iframe>`,
  );
  const looks = [...LAYOUTS.map(layout => `layout="${layout}"`), 'layout="compact" theme="dark" size="large" accent="#f2c200" lang="fr"'];
  const widgets = looks.map(look => `<pedestal-widget campaign="${SLUG}" ${look}></pedestal-widget>`);
  const badges = ['svg', 'png'].map(kind => `<p><img src="${ORIGIN}/embed/${SLUG}.${kind}" height="28" alt="A badge"></p>`);
  return `
    <style>
      :root { color-scheme: light dark; font-family: sans-serif; }
      body { margin: 0; }
      img { max-width: 100%; }
      blockquote { margin: 0 0 1em; }
      pedestal-widget { margin-block: 1em; }
    </style>
    <script>
      addEventListener('message', ({ source, data }) => {
        for (const frame of document.querySelectorAll('iframe')) {
          if (frame.contentWindow === source && data.message === 'height') frame.height = data.value;
        }
      });
    </script>
    ${[...frames, ...widgets, ...badges].join('')}${oembed}
    <script src="${ORIGIN}/embed.js" async></script>`;
}

/** What sticks out, is cut off or is not there, of the page and of every face on it. */
async function faults(page: Page): Promise<string[]> {
  const all = await page.locator('html').evaluate(sticksOut);
  for (const frame of page.mainFrame().childFrames()) {
    const found = [...(await frame.locator('html').evaluate(sticksOut)), ...(await frame.locator('body').evaluate(isCut))];
    all.push(...found.map(fault => `${frame.url()}: ${fault}`));
  }
  for (const widget of await page.locator('pedestal-widget').all()) {
    const name = await widget.evaluate(element => element.outerHTML);
    all.push(...(await widget.evaluate(isCut)).map(fault => `${name}: ${fault}`));
  }
  const drawn = await page.locator('main > p > img').evaluateAll(badges => badges.map(badge => (badge as HTMLImageElement).naturalWidth));
  return all.concat(drawn.filter(width => width < 50).map(width => `a badge of ${width} px`));
}

/** In which way a document is larger than its window. Runs in the page. */
function sticksOut(html: Element): string[] {
  const wider = html.scrollWidth - html.clientWidth;
  // Heights are told in whole pixels.
  const higher = html.scrollHeight - html.clientHeight;
  return [...(wider > 0 ? [`${wider} px too wide`] : []), ...(higher > 1 ? [`${higher} px too high`] : [])];
}

/** Words of a face that are not all within it, and pictures that are not there. Runs in the page. */
function isCut(face: Element): string[] {
  const root = face.shadowRoot ?? face;
  const { left, right } = face.getBoundingClientRect();
  const found: string[] = [];
  const words = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode;
    // A list shows the end of a long line when it is opened.
    if (text.parentElement?.closest('option, script, style')) {
      continue;
    }
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      if (box.left < left - 1 || box.right > right + 1) {
        found.push(`“${text.textContent}” reaches from ${box.left} to ${box.right}`);
      }
    }
  }
  for (const image of root.querySelectorAll('img')) {
    if (image.naturalWidth === 0) {
      found.push(`${image.src} is not there`);
    }
  }
  return found;
}

/** The colour of the words of each face. */
async function inksOf(page: Page): Promise<Record<string, string>> {
  const inks: Record<string, string> = {};
  for (const frame of page.mainFrame().childFrames()) {
    inks[frame.url()] = await frame.locator('body').evaluate(body => getComputedStyle(body).color);
  }
  for (const widget of await page.locator('pedestal-widget').all()) {
    const name = await widget.evaluate(element => element.outerHTML);
    inks[name] = await widget.locator('.frame').evaluate(frame => getComputedStyle(frame).color);
  }
  return inks;
}
