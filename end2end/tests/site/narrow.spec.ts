// A phone of 360 px shows every page whole, in the longer language too.

import { expect, test, visit, type OpenWindow } from '../../fixtures';
import { OWN_PAGES, PUBLIC_PAGES } from '../../support/pages';

const NARROWEST = { width: 360, height: 740 };

for (const { name, path, status } of PUBLIC_PAGES) {
  test(`no sideways scroll at 360 px: ${name}`, async ({ openWindow }) => {
    await look(openWindow, path, {}, status);
  });
}

for (const { name, path } of OWN_PAGES) {
  test(`no sideways scroll at 360 px: ${name}`, async ({ openWindow, backer }) => {
    await look(openWindow, path(backer), { storageState: backer.state });
  });
}

async function look(openWindow: OpenWindow, path: string, options: object, status = 200): Promise<void> {
  for (const locale of ['en-GB', 'fr-FR']) {
    const page = await openWindow({ ...options, locale, viewport: NARROWEST });
    await visit(page, path, status);
    const wide = await page.evaluate(() => {
      const most = document.documentElement.clientWidth;
      // What scrolls or clips inside itself may hold more than fits.
      const isHeld = (element: Element): boolean => {
        const parent = element.parentElement;
        return parent !== null && (getComputedStyle(parent).overflowX !== 'visible' || isHeld(parent));
      };
      const over = [...document.body.querySelectorAll('*')]
        .filter(element => element.getBoundingClientRect().right > most + 1 && !isHeld(element))
        .map(element => `<${element.tagName.toLowerCase()}> ${element.textContent?.trim().slice(0, 40)}`);
      return { page: document.documentElement.scrollWidth - most, over: over.slice(0, 5) };
    });
    expect(wide, `${path} in ${locale}`).toEqual({ page: 0, over: [] });
  }
}
