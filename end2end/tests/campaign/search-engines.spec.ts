// What other sites and search engines read: the answer itself, without any
// script.

import { expect, server, test } from '../../fixtures';
import type { APIRequestContext } from '@playwright/test';

/** The first thing that a pattern captures, as a reader sees it. */
function found(html: string, pattern: RegExp): string {
  const text = pattern.exec(html)?.[1] ?? '';
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function meta(html: string, kind: 'name' | 'property', key: string): string {
  const tag = new RegExp(`<meta[^>]*\\b${kind}="${key}"[^>]*>`).exec(html)?.[0] ?? '';
  return found(tag, /content="([^"]*)"/);
}

function canonical(html: string): string {
  const tag = /<link[^>]*\brel="canonical"[^>]*>/.exec(html)?.[0] ?? '';
  return found(tag, /href="([^"]*)"/);
}

async function read(request: APIRequestContext, path: string, status = 200): Promise<string> {
  const answer = await request.get(path, { headers: { accept: 'text/html' } });
  expect(answer.status(), path).toBe(status);
  expect(answer.headers()['content-type']).toContain('text/html');
  return answer.text();
}

test('a campaign says what it is before any script runs', async ({ request }) => {
  const html = await read(request, '/campaigns/tide-clock?utm_source=letter');
  const address = `${server('sqlite')}/campaigns/tide-clock`;

  expect(found(html, /<title>([^<]*)<\/title>/)).toBe('The Tide Clock that runs on the moon · Pedestal');
  expect(found(html, /<h1[^>]*>([^<]*)/)).toBe('The Tide Clock that runs on the moon');
  expect(meta(html, 'name', 'description')).toContain('A wall clock with one hand.');
  expect(canonical(html)).toBe(address);

  expect(meta(html, 'property', 'og:title')).toBe('The Tide Clock that runs on the moon');
  expect(meta(html, 'property', 'og:description')).toContain('A wall clock with one hand.');
  expect(meta(html, 'property', 'og:url')).toBe(address);
  expect(meta(html, 'property', 'og:type')).toBe('website');
  expect(meta(html, 'property', 'og:locale')).toBe('en_GB');
  const picture = meta(html, 'property', 'og:image');
  expect(picture).toMatch(/^http/);
  // Social networks draw no SVG.
  expect((await request.get(picture)).headers()['content-type']).toBe('image/png');
  expect(meta(html, 'property', 'og:image:width')).toBe('1200');
  expect(meta(html, 'property', 'og:image:height')).toBe('630');
  expect(meta(html, 'property', 'og:image:alt')).not.toBe('');
  expect(meta(html, 'name', 'twitter:card')).toBe('summary_large_image');

  const linked = /<script[^>]*type="application\/ld\+json"[^>]*>([^<]*)<\/script>/.exec(html)?.[1] ?? '';
  const data = JSON.parse(linked);
  expect(data['@context']).toBe('https://schema.org');
  expect(data.url).toBe(address);
  expect(data.mainEntity.funding.amount.currency).toBe('EUR');
  expect(Number(data.mainEntity.funding.amount.value)).toBeGreaterThan(0);
});

test('each page has a title, a description and one address of its own', async ({ request }) => {
  const titles = new Set<string>();
  for (const path of [
    '/',
    '/discover',
    '/campaigns/tide-clock',
    '/campaigns/tide-clock/rewards',
    '/campaigns/tide-clock/community',
  ]) {
    const html = await read(request, path);
    titles.add(found(html, /<title>([^<]*)<\/title>/));
    expect(meta(html, 'name', 'description'), path).not.toBe('');
    expect(canonical(html)).toBe(server('sqlite') + path);
    expect(html.match(/<title>/g), `${path} has one title`).toHaveLength(1);
  }
  expect(titles.size).toBe(5);
});

test('the French page is French for a search engine too', async ({ request }) => {
  const answer = await request.get('/', { headers: { accept: 'text/html', 'accept-language': 'fr' } });
  const html = await answer.text();
  expect(found(html, /<html[^>]*lang="([^"]*)"/)).toBe('fr');
  expect(meta(html, 'property', 'og:locale')).toBe('fr_FR');
  expect(found(html, /<title>([^<]*)<\/title>/)).toContain('De bonnes idées');
  expect(answer.headers()['content-language']).toBe('fr');
  expect(answer.headers()['vary']).toContain('accept-language');
});

test('what is not there is a real 404', async ({ request }) => {
  for (const path of [
    '/nowhere',
    '/campaigns/no-such-campaign',
    '/campaigns/no-such-campaign/rewards',
    '/campaigns/no-such-campaign/community',
    '/campaigns/no-such-campaign/pledge',
    '/campaigns/..%2f..%2fetc',
    '/pledges/0190163d-8694-739b-aea5-966c26f8ad91',
  ]) {
    const html = await read(request, path, 404);
    expect(found(html, /<h1[^>]*>([^<]*)/), path).toBe('This page is not here');
    expect(meta(html, 'name', 'robots'), path).toContain('noindex');
  }
});

test('robots and the site map name what may be read', async ({ request }) => {
  const robots = await request.get('/robots.txt');
  expect(robots.status()).toBe(200);
  const map = await request.get('/sitemap.xml');
  expect(map.status()).toBe(200);
  expect(await map.text()).toContain(`${server('sqlite')}/campaigns/tide-clock`);
  const feed = await request.get('/feed.atom');
  expect(feed.status()).toBe(200);
  expect(feed.headers()['content-type']).toContain('atom');
});
