// English and French: the browser's wish at first, then the person's choice.

import { alive, expect, heading, test, visit, type OpenWindow } from '../../fixtures';
import { OWN_PAGES, PUBLIC_PAGES } from '../../support/pages';
import type { Page } from '@playwright/test';

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

/** The site's own words: what buttons, labels, headings and titles say. */
async function ownWords(page: Page): Promise<string[]> {
  const words = await page.evaluate(() => {
    // Titles and names of campaigns and rewards are their creators' words.
    const theirs = (element: Element) => element.closest('article, main [lang], time, code');
    const said = [...document.querySelectorAll('button, summary, label, legend, dt, th, h1, h2, option, nav a, [aria-label], [placeholder]')]
      .filter(element => !theirs(element) && !element.hasAttribute('lang'))
      .flatMap(element => [
        element.matches('[aria-label]') ? element.getAttribute('aria-label') : null,
        element.getAttribute('placeholder'),
        element.matches('nav, section, form, div, ul, svg, aside, dl') ? null : element.textContent,
      ]);
    return [document.title, ...said].map(text => (text ?? '').replace(/\s+/g, ' ').trim());
  });
  return [...new Set(words.filter(word => /\p{L}{3}/u.test(word)))];
}

/** Words that both languages share, proper names among them. */
const SHARED = new Set(['Pedestal', 'Art', 'Design', 'Pages', 'Technologie', 'Français', 'English', 'Options', 'Total', 'Code']);

for (const { name, path, status } of PUBLIC_PAGES) {
  test(`nothing English is left on the French page: ${name}`, async ({ openWindow }) => {
    await compare(openWindow, path, {}, status);
  });
}

for (const { name, path } of OWN_PAGES) {
  test(`nothing English is left on the French page: ${name}`, async ({ openWindow, backer }) => {
    await compare(openWindow, path(backer), { storageState: backer.state });
  });
}

async function compare(openWindow: OpenWindow, path: string, options: object, status = 200): Promise<void> {
  const english = await openWindow({ ...options, locale: 'en-GB' });
  const french = await openWindow({ ...options, locale: 'fr-FR' });
  await visit(english, path, status);
  await visit(french, path, status);
  await expect(french.locator('html')).toHaveAttribute('lang', 'fr');
  const left = await ownWords(english);
  const right = new Set(await ownWords(french));
  expect(left.length).toBeGreaterThan(5);
  expect(left.filter(word => right.has(word) && !SHARED.has(word))).toEqual([]);
}
