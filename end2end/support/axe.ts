// The machine's eye on a page.

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

import { hasWasm } from './visit';
import type { OpenWindow } from '../fixtures';

const ALL = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules of them that look at colours. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * A window in which nothing moves while it is measured. The inspector is itself
 * a script, so that the page without wasm is the one whose own script is taken
 * away.
 */
export async function openStill(openWindow: OpenWindow, options: object = {}): Promise<Page> {
  const page = await openWindow({ ...options, reducedMotion: 'reduce', javaScriptEnabled: true });
  if (!hasWasm()) {
    const body = 'export default async () => {}; export const hydrate = () => {};';
    await page.route('**/pkg/**/*.js', route => route.fulfill({ contentType: 'text/javascript', body }));
  }
  return page;
}

/** What axe finds by day and by night, short enough to read; not in what `except` selects. */
export async function violations(page: Page, except?: string): Promise<string[]> {
  const all: string[] = [];
  // What is folded away is a part of the page too.
  await page.evaluate(() => document.querySelectorAll('details').forEach(details => (details.open = true)));
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await settled(page);
    const axe = new AxeBuilder({ page });
    if (except !== undefined) {
      axe.exclude(except);
    }
    // By night only colours are others.
    const rules = colorScheme === 'light' ? axe.withTags(ALL) : axe.withRules(OF_COLOURS);
    const found = await rules.analyze();
    for (const { id, nodes } of found.violations) {
      for (const node of nodes) {
        all.push(`${colorScheme}: ${id}: ${node.target.join(' ')}: ${node.failureSummary?.replace(/\s+/g, ' ')}`);
      }
    }
  }
  return all;
}

/** Waits until colours and places are no longer on their way, three frames long. */
async function settled(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(moving), { message: 'what moves on a page that was asked to be still' })
    .toEqual([]);
}

/** What is on its way during the next three frames. Runs in the page. */
async function moving(): Promise<string[]> {
  const names = new Set<string>();
  for (let frame = 0; frame < 3; frame += 1) {
    await new Promise(requestAnimationFrame);
    for (const { effect, playState } of document.getAnimations()) {
      const target = effect instanceof KeyframeEffect ? effect.target : null;
      names.add(`${playState}: ${target?.outerHTML.slice(0, 200)}`);
    }
  }
  return [...names];
}
