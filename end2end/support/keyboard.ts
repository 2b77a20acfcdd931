// Going through a page without a mouse.

import { expect, type Locator, type Page } from '@playwright/test';

/** More stops than any page of the site has. */
const MOST_STOPS = 150;

/**
 * Presses Tab until the control has the focus, and checks at each stop that one
 * can see where one is.
 */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    await expectVisibleFocus(page);
    if (await control.evaluate(element => element === document.activeElement)) {
      return;
    }
  }
  throw new Error(`Tab does not lead to ${control}`);
}

/** Whether whatever has the focus shows it: an outline, or something else drawn around it. */
export async function expectVisibleFocus(page: Page): Promise<void> {
  // A page that is being shown draws its outline with its first frame.
  await expect.poll(() => unseenFocus(page), { message: 'the focus can be seen', intervals: [50] }).toBeNull();
}

/** What has the focus and does not show it. */
function unseenFocus(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) {
      return null;
    }
    const drawn = (part: Element) => {
      const style = getComputedStyle(part);
      const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      const { width, height } = part.getBoundingClientRect();
      return outline && width > 0 && height > 0;
    };
    // The parts of a date are stops of their own, which the browser draws by itself.
    if (element instanceof HTMLInputElement && ['date', 'month', 'time'].includes(element.type)) {
      return null;
    }
    // A card or a choice shows the focus of the control within it.
    let part: Element | null = element;
    while (part !== null && !drawn(part)) {
      part = part.parentElement;
    }
    return part === null ? `${element.tagName} ${element.textContent?.trim().slice(0, 40)}` : null;
  });
}
