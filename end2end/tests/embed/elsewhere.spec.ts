// A campaign on somebody else's page: it looks at home there, moves with each
// pledge, leads to the checkout, and leaves nothing behind.

import {
  alive,
  expect,
  euros,
  figures,
  hasWasm,
  pledgeAsGuest,
  server,
  uniqueEmail,
} from '../../fixtures';
import { violations, openStill } from '../../support/axe';
import { test } from '../../support/blog';
import type { Page } from '@playwright/test';

const SLUG = 'tide-clock';

const frame = (query = '', attributes = '') =>
  `<iframe src="${server('sqlite')}/embed/${SLUG}${query}" title="A campaign" width="400" height="520" ${attributes}></iframe>`;

/** What the card says is what the platform counts. */
async function expectFigures(read: () => Promise<string>, request: Parameters<typeof figures>[0]) {
  await expect
    .poll(async () => {
      const { pledged } = await figures(request, server('sqlite'), SLUG);
      return (await read()).includes(euros(pledged));
    })
    .toBe(true);
}

test('a frame moves with a pledge and leads to the checkout', async ({ openWindow, blog, request }) => {
  const reader = await openWindow();
  await reader.goto(blog.post('/frame', frame()));
  const card = reader.frameLocator('iframe');
  await expect(card.getByRole('heading', { level: 1 })).not.toBeEmpty();
  await expect(card.getByRole('progressbar', { name: 'Funding' })).toBeVisible();
  await expectFigures(() => card.locator('.sum').innerText(), request);
  const before = await card.locator('.sum').innerText();

  const backer = await openWindow();
  await pledgeAsGuest(backer, SLUG, { email: uniqueEmail('embed'), reward: 'A postcard from the shore', country: 'France' });
  await reader.bringToFront();
  if (!hasWasm()) {
    // A browser shows the same card for half a minute; another look is another card.
    let looks = 0;
    await expect
      .poll(async () => {
        looks += 1;
        const accent = String(looks).padStart(6, '0');
        await reader.goto(blog.post(`/frame-${looks}`, frame(`?accent=${accent}`)));
        return card.locator('.sum').innerText();
      })
      .not.toBe(before);
  }
  await expect(card.locator('.sum')).not.toHaveText(before);
  await expectFigures(() => card.locator('.sum').innerText(), request);

  await card.getByLabel('What would you like to give?').selectOption({ index: 1 });
  const opened = reader.context().waitForEvent('page');
  await card.getByRole('button', { name: 'Back this campaign' }).click();
  const checkout = await opened;
  await expect(checkout).toHaveURL(new RegExp(`/campaigns/${SLUG}/pledge\\?reward=`));
  await expect(checkout.getByRole('radio', { checked: true }).first()).not.toHaveAccessibleName(/without a reward/i);
  const cookies = await reader.context().cookies(server('sqlite'));
  expect(cookies.filter(cookie => cookie.name.includes('session'))).toEqual([]);
});

test('a frame alone leaves no cookie and asks for one document', async ({ openWindow, blog }) => {
  const reader = await openWindow();
  const asked: string[] = [];
  reader.on('request', request => {
    if (request.url().startsWith(server('sqlite'))) {
      asked.push(new URL(request.url()).pathname);
    }
  });
  await reader.goto(blog.post('/frame', frame('?layout=compact')));
  await expect(reader.frameLocator('iframe').getByRole('link', { name: 'Back this campaign' })).toBeVisible();
  expect(asked.filter(path => path !== '/live')).toEqual([`/embed/${SLUG}`]);
  expect(await reader.context().cookies(server('sqlite'))).toEqual([]);
});

test('inside a sandbox it says its height and asks for its links to be opened', async ({ openWindow, blog }) => {
  test.skip(!hasWasm(), 'messages need scripts');
  const reader = await openWindow();
  // What WordPress makes of a provider that it does not know.
  const page = blog.post(
    '/sandbox',
    `<iframe id="embed" sandbox="allow-scripts" width="600" height="338"></iframe>
     <script>
       window.heard = [];
       addEventListener('message', event => heard.push({ ...event.data, isOurs: event.source === embed.contentWindow, origin: event.origin }));
       embed.src = '${server('sqlite')}/embed/${SLUG}#?secret=abc123';
     </script>`,
  );
  await reader.goto(page);
  const heard = () => reader.evaluate(() => (window as unknown as { heard: Record<string, unknown>[] }).heard);
  await expect.poll(async () => (await heard()).filter(({ message }) => message === 'height').length).toBeGreaterThan(0);
  for (const { secret, value, isOurs, origin } of (await heard()).filter(({ message }) => message === 'height')) {
    expect({ secret, isOurs, origin }).toEqual({ secret: 'abc123', isOurs: true, origin: 'null' });
    expect(Number(value)).toBeGreaterThan(100);
  }
  const card = reader.frameLocator('#embed');
  await card.getByRole('heading', { level: 1 }).getByRole('link').click();
  await expect
    .poll(async () => (await heard()).find(({ message }) => message === 'link')?.value)
    .toBe(`${server('sqlite')}/campaigns/${SLUG}`);
});

test('twenty widgets of as many campaigns share one stream under a strict policy', async ({ openWindow, blog, request }) => {
  test.skip(test.info().project.name !== 'wasm', 'the custom element is a script, and on a phone the same');
  const origin = server('sqlite');
  const reader = await openWindow();
  const streams: URL[] = [];
  reader.on('request', request => {
    const address = new URL(request.url());
    if (address.pathname === '/live') {
      streams.push(address);
    }
  });
  const layouts = ['card', 'compact', 'bar', 'button'];
  const campaigns = [SLUG, ...Array.from({ length: 19 }, (_, n) => `fixture-bar-wasm-${n}`)];
  const widgets = campaigns.map(
    (slug, n) => `<pedestal-widget campaign="${slug}" layout="${layouts[n % 4]}" ${n > 10 ? 'theme="dark"' : ''}></pedestal-widget>`,
  );
  const policy = `default-src 'none'; script-src ${origin}; connect-src ${origin}; img-src ${origin}`;
  await reader.goto(blog.post('/widgets', `${widgets.join('')}<script src="${origin}/embed.js" async></script>`, policy));
  await expect(reader.getByRole('progressbar')).toHaveCount(15);
  await expect(reader.getByRole('link', { name: /^Back this campaign/ })).toHaveCount(10);
  const sum = reader.locator(`pedestal-widget[campaign=${SLUG}] .sum`);
  await expectFigures(() => sum.innerText(), request);
  await reader.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    addEventListener('funding-change', event => heard.push((event as CustomEvent).detail.campaign));
  });
  const before = await sum.innerText();
  const backer = await openWindow();
  await pledgeAsGuest(backer, SLUG, { email: uniqueEmail('widget'), reward: 'A postcard from the shore', country: 'France' });
  await reader.bringToFront();
  await expect(sum).not.toHaveText(before);
  expect(await reader.evaluate(() => (window as unknown as { heard: string[] }).heard)).toContain(SLUG);
  expect(streams.map(address => address.searchParams.get('campaigns')?.split(',').length)).toEqual([20]);
});

test.describe('a widget', () => {
  // The last step asks for a campaign that is not there.
  test.use({ refusals: [404] });

  test('a page may open the checkout in its own way, and a widget follows its attributes', async ({ openWindow, blog }) => {
    test.skip(!hasWasm(), 'the custom element is a script');
    const origin = server('sqlite');
    const reader = await openWindow();
    await reader.goto(
      blog.post(
        '/one',
        `<script src="${origin}/embed.js"></script>
         <pedestal-widget campaign="${SLUG}" layout="compact"></pedestal-widget>
         <script>addEventListener('pledge-open', event => { event.preventDefault(); window.asked = event.detail.url; });</script>`,
      ),
    );
    const widget = reader.locator('pedestal-widget');
    await widget.getByRole('link', { name: 'Back this campaign' }).click();
    expect(await reader.evaluate(() => (window as unknown as { asked: string }).asked)).toBe(`${origin}/campaigns/${SLUG}`);
    expect(reader.context().pages()).toHaveLength(1);
    await widget.evaluate(element => element.setAttribute('lang', 'fr'));
    await expect(widget.getByRole('link', { name: 'Soutenir cette campagne' })).toBeVisible();
    await widget.evaluate(element => element.setAttribute('layout', 'button'));
    await expect(widget.getByRole('progressbar')).toHaveCount(0);
    await widget.evaluate(element => element.setAttribute('campaign', 'no-such-campaign'));
    await expect(widget.getByRole('link')).toHaveCount(0);
  });
});

test.describe('an embed by itself', () => {
  for (const layout of ['card', 'compact', 'bar', 'button']) {
    test(`has nothing that axe objects to and fits: ${layout}`, async ({ openWindow }) => {
      const page = await openStill(openWindow);
      for (const width of [220, 320, 480, 800]) {
        await page.setViewportSize({ width, height: 700 });
        for (const query of ['', '&lang=fr&size=large&accent=f2c200', '&theme=dark']) {
          await page.goto(`/embed/${SLUG}?layout=${layout}${query}`);
          expect(await sideways(page), `${width} px, ${query}`).toBe(0);
        }
      }
      await page.goto(`/embed/${SLUG}?layout=${layout}`);
      expect(await violations(page)).toEqual([]);
      if (test.info().project.name === 'wasm') {
        await page.goto(`/embed/${SLUG}?layout=${layout}&lang=fr&size=large&accent=f2c200`);
        expect(await violations(page), 'in a colour of somebody’s own').toEqual([]);
      }
    });
  }
});

/** By how many pixels a page is wider than its window. */
async function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

test('a blogger chooses a look and takes what to paste', async ({ page }) => {
  await page.goto(`/campaigns/${SLUG}/embed`);
  await expect(page.getByRole('heading', { level: 1, name: /^Embed / })).toBeVisible();
  await alive(page);
  const snippets = page.getByRole('region', { name: 'What to paste' });
  await expect(snippets).toContainText(`/embed/${SLUG}"`);
  await expect(snippets).toContainText('integrity="sha384-');
  const look = page.getByRole('form', { name: 'How it looks' });
  // Alive, the page follows each choice; the next one is made on what it then is.
  const followed = async (mark: string) => {
    if (hasWasm()) {
      await expect(page).toHaveURL(new RegExp(`[?&]${mark}(&|$)`));
    }
  };
  await look.getByLabel('Layout').selectOption({ label: 'Compact card' });
  await followed('layout=compact');
  await look.getByLabel('Colours').selectOption({ label: 'Dark' });
  await followed('theme=dark');
  await look.getByLabel('Text', { exact: true }).selectOption({ label: 'Large' });
  await followed('size=large');
  await look.getByLabel('Language').selectOption({ label: 'Français' });
  await followed('lang=fr');
  await look.getByRole('checkbox', { name: 'A colour of my own' }).check();
  await followed('own=on');
  await look.locator('input[type=color]').fill('#f2c200');
  await followed('accent=f2c200');
  if (!hasWasm()) {
    await page.getByRole('button', { name: 'Show it' }).click();
  }
  await expect(snippets).toContainText(`/embed/${SLUG}?layout=compact&amp;theme=dark&amp;size=large&amp;accent=f2c200&amp;lang=fr"`);
  await expect(snippets).toContainText('layout="compact" theme="dark" size="large" accent="#f2c200" lang="fr"');
  await expect(page).toHaveURL(/layout=compact/);
  const act = page.frameLocator('iframe').first().getByRole('link', { name: 'Soutenir cette campagne' });
  await expect(act).toBeVisible();
  await expect(act).toHaveCSS('background-color', 'rgb(242, 194, 0)');
  if (!hasWasm()) {
    return;
  }
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const offered = snippets.locator('.embedding-snippet').filter({ hasText: '<iframe' });
  await offered.getByRole('button', { name: 'Copy' }).click();
  await expect(offered.getByRole('status')).toHaveText('Copied.');
  const text = await offered.locator('code').textContent();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(text);
});
