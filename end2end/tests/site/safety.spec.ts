// What strangers try. Nothing is written, and the answer says so.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, figures, fixtureCampaign, server, test, uniqueEmail } from '../../fixtures';

test.use({ refusals: [400, 403, 413, 415, 422] });

/** A complete pledge, as the checkout's form sends it. */
function pledgeFields(slug: string, email: string): Record<string, string> {
  return {
    'form[slug]': slug,
    'form[choices][bonus]': '25',
    'form[expected]': '25.00',
    'form[key]': `key-${email}`,
    'form[email]': email,
    'form[card][number]': '4242424242424242',
    'form[card][expiry]': '12/40',
    'form[card][code]': '123',
  };
}

const PLACE = '/api/fn/pledge/place';

test('a form on another site cannot pledge in a visitor’s name', async ({ page, request }) => {
  const base = server('sqlite');
  const slug = await fixtureCampaign(request, base, 'bar', 'foreign');
  const before = await figures(request, base, slug);

  const email = uniqueEmail('foreign');
  const inputs = Object.entries(pledgeFields(slug, email))
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`)
    .join('');
  const site = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html');
    answer.end(
      '<!doctype html><html lang="en"><title>A prize</title><link rel="icon" href="data:,">' +
        `<form method="post" action="${base}${PLACE}">${inputs}<button>Take the prize</button></form>`,
    );
  });
  await new Promise<void>(open => site.listen(0, '127.0.0.1', open));
  try {
    // Another name for the same machine is another site to the browser.
    await page.goto(`http://localhost:${(site.address() as AddressInfo).port}/`);
    const answer = page.waitForResponse(response => response.url() === base + PLACE);
    await page.getByRole('button', { name: 'Take the prize' }).click();
    expect((await answer).status()).toBe(403);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'This request came from another site, so nothing was done.',
    );
  } finally {
    site.close();
  }
  expect(await figures(request, base, slug)).toEqual(before);

  // The same form from nowhere in particular is a program's, and is taken: the
  // refusal was about where it came from and about nothing else in it.
  const taken = await request.post(PLACE, { form: pledgeFields(slug, email), maxRedirects: 0 });
  expect(taken.status()).toBeLessThan(400);
  expect((await figures(request, base, slug)).pledged).toBe(before.pledged + 2_500);
});

const STRANGERS: Record<string, Record<string, string>> = {
  'a foreign origin': { origin: 'https://evil.example' },
  'a sandboxed frame': { origin: 'null' },
  'a sister site': { 'sec-fetch-site': 'same-site', origin: 'https://evil.example' },
};

for (const [who, headers] of Object.entries(STRANGERS)) {
  test(`a write from ${who} is refused everywhere`, async ({ request }) => {
    for (const path of [
      PLACE,
      '/api/fn/account/sign-in',
      '/api/fn/account/sign-up',
      '/api/fn/account/ask-for-letter',
      '/api/fn/account/follow-letter',
      '/api/fn/account/set-password',
      '/api/fn/account/sign-out',
      '/language',
    ]) {
      const answer = await request.post(path, { headers, form: { a: 'b' }, maxRedirects: 0 });
      expect(answer.status(), path).toBe(403);
    }
  });
}

test('a body beyond the limit is refused before it is read', async ({ request }) => {
  const answer = await request.post(PLACE, {
    form: { ...pledgeFields('tide-clock', uniqueEmail('large')), 'form[slug]': 'x'.repeat(200_000) },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(413);
});

test('an amount that no field could hold is refused as too large', async ({ request }) => {
  const amount = `1${'0'.repeat(30)}`;
  const answer = await request.post(PLACE, {
    headers: { accept: 'text/html', referer: `${server('sqlite')}/campaigns/tide-clock/pledge?bonus=${amount}` },
    form: { ...pledgeFields('tide-clock', uniqueEmail('huge')), 'form[choices][bonus]': amount },
  });
  expect(answer.status()).toBe(422);
  expect(await answer.text()).toContain('That is more than a campaign can receive.');
});

test('what cannot be read is refused and breaks nothing', async ({ request }) => {
  for (const body of ['', 'form=1', '%ff%fe=%c3%28', 'form[slug]=a&form[slug]=b', '{"form":', 'a'.repeat(5_000)]) {
    const answer = await request.post(PLACE, {
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      data: body,
      maxRedirects: 0,
    });
    expect(answer.status(), JSON.stringify(body.slice(0, 40))).toBeGreaterThanOrEqual(400);
    expect(answer.status(), JSON.stringify(body.slice(0, 40))).toBeLessThan(500);
  }
  for (const path of [
    '/discover?q=%ff%fe&category=%00&page=-1&currency=XXX&sort=;drop',
    '/discover?page=99999999999999999999',
    '/campaigns/tide-clock/pledge?reward=%27%20or%201%3D1&bonus=1e30&country=ZZ&add_on.x=-1',
    '/live?campaigns=%ff,,,a&last=x',
  ]) {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect(answer.status(), path).toBeLessThan(500);
  }
});

test('every page tells the browser to be careful', async ({ request }) => {
  for (const path of ['/', '/campaigns/tide-clock', '/campaigns/tide-clock/pledge', '/sign-in', '/nowhere']) {
    const { 'content-security-policy': policy = '', ...headers } = (await request.get(path)).headers();
    expect(policy, path).toMatch(/script-src 'self' 'nonce-[^']+' 'wasm-unsafe-eval'/);
    expect(policy, path).not.toContain('unsafe-inline');
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(headers['referrer-policy'], path).toBe('same-origin');
    expect(headers['x-request-id'], path).toBeTruthy();
  }
  const nonce = async () => /nonce-([^']+)/.exec((await request.get('/')).headers()['content-security-policy'] ?? '')?.[1];
  expect(await nonce()).not.toBe(await nonce());
});
