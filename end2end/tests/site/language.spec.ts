// English and French: the browser's wish at first, then the person's choice.

import { alive, expect, heading, test, visit, type OpenWindow } from '../../fixtures';
import { OWN_PAGES, PUBLIC_PAGES } from '../../support/pages';
import type { APIRequestContext, Page } from '@playwright/test';

test('the first page is in the language that the browser asks for', async ({ openWindow }) => {
  const page = await openWindow({ locale: 'fr-CA' });
  await visit(page, '/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await expect(heading(page, 'De bonnes idées, financées pierre par pierre')).toBeVisible();
  await expect(page.getByRole('button', { name: 'English' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Français' })).toHaveCount(0);
});

test('a language that the site does not speak gets English', async ({ openWindow }) => {
  const page = await openWindow({ locale: 'ja-JP' });
  await visit(page, '/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('switching keeps the address, and the choice stays', async ({ page }) => {
  await visit(page, '/discover?category=games&sort=newest');
  await page.getByRole('button', { name: 'Français' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await alive(page);
  await expect(page).toHaveURL(/\/discover\?category=games&sort=newest$/);
  await expect(heading(page, 'Découvrir les campagnes')).toBeAttached();
  await expect(page.getByRole('combobox', { name: 'Catégorie' })).toHaveValue('games');

  // Money, counts and dates follow the language.
  await visit(page, '/campaigns/tide-clock');
  const funding = page.getByRole('region', { name: 'Financement' });
  await expect(funding).toContainText(/\d\u00a0€/);
  await expect(funding).toContainText('promis sur 24\u202f000\u00a0€');
  await expect(funding.getByRole('progressbar')).toHaveAttribute('aria-valuetext', /\d\u00a0% de l’objectif/);
  await expect(page.getByText('Cette campagne est rédigée en anglais.')).toBeVisible();

  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await alive(page);
  await expect(page).toHaveURL(/\/campaigns\/tide-clock$/);
  await expect(page.getByRole('region', { name: 'Funding' })).toContainText('pledged of €24,000');
});

test('the story of a campaign is marked with its own language', async ({ page }) => {
  await visit(page, '/campaigns/fournil-roulant');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(heading(page, 'Le fournil qui roule, de Brest à Bâle')).toBeVisible();
  await expect(page.getByText('This campaign is written in French.')).toBeVisible();
  await expect(page.locator('article[lang=fr]')).toBeVisible();
});

/** What the site itself says on a page: buttons, labels, headings, choices, titles. */
async function ownWords(page: Page): Promise<string[]> {
  const words = await page.evaluate(() => {
    const spoken = 'button, summary, label, legend, dt, th, h1, h2, option, nav a, [aria-label], [placeholder]';
    // Stories, cards and names of countries are not the site's own words.
    const isTheirs = (element: Element) => element.closest('article, main [lang], [autocomplete=country], time, code');
    return [...document.querySelectorAll(spoken)]
      .filter(element => !isTheirs(element) && !element.hasAttribute('lang'))
      .flatMap(element => [
        element.getAttribute('aria-label'),
        element.getAttribute('placeholder'),
        element.matches('nav, section, form, div, ul, svg, fieldset') ? null : element.textContent,
      ])
      .concat(document.title.replace(/ · Pedestal$/, ''));
  });
  const plain = words.map(word => (word ?? '').replace(/\s+/g, ' ').trim());
  // Currencies are the same everywhere, and so is what has no word in it.
  return [...new Set(plain.filter(word => /\p{L}{3}/u.test(word) && !/^[A-Z]{3}$/.test(word)))];
}

/** Words that are the same in both languages. */
const SHARED = ['Pedestal', 'Art', 'Design', 'Pages', 'Total', 'E-mail', 'France'];

/** Titles that creators gave; they stay as they are. */
async function titles(request: APIRequestContext): Promise<string[]> {
  const read = async <T>(path: string) => (await (await request.get(`/api/v1/${path}`)).json()) as T;
  type Titled = { title: string };
  type List = { items: Titled[] };
  const titles = (await read<List>('campaigns?state=any&limit=100&sort=most_funded')).items;
  for (const slug of ['tide-clock', 'fournil-roulant', 'herbier-de-verre', 'lighthouse-library']) {
    titles.push(await read<Titled>(`campaigns/${slug}`), ...(await read<List>(`campaigns/${slug}/rewards`)).items);
  }
  return titles.map(one => one.title.replace(/\s+/g, ' '));
}

for (const { name, path, status } of PUBLIC_PAGES) {
  test(`nothing English is left on the French page: ${name}`, async ({ openWindow, request }) => {
    const known = new Set([...SHARED, ...(await titles(request))]);
    await compare(openWindow, path, {}, known, status);
  });
}

for (const { name, path } of OWN_PAGES) {
  test(`nothing English is left on the French page: ${name}`, async ({ openWindow, request, backer }) => {
    const known = new Set([...SHARED, backer.name, ...(await titles(request))]);
    await compare(openWindow, path(backer), { storageState: backer.state }, known);
  });
}

async function compare(
  openWindow: OpenWindow,
  path: string,
  options: object,
  known: Set<string>,
  status = 200,
): Promise<void> {
  const english = await openWindow({ ...options, locale: 'en-GB' });
  const french = await openWindow({ ...options, locale: 'fr-FR' });
  await visit(english, path, status);
  await visit(french, path, status);
  await expect(french.locator('html')).toHaveAttribute('lang', 'fr');
  const left = await ownWords(english);
  const right = new Set(await ownWords(french));
  expect(left.length).toBeGreaterThan(5);
  expect(left.filter(word => right.has(word) && !known.has(word))).toEqual([]);
}
