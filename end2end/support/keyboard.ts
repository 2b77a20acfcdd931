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
  const focus = await page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) {
      return { on: 'nothing', seen: true };
    }
    const drawn = (part: Element) => {
      const style = getComputedStyle(part);
      const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      const { width, height } = part.getBoundingClientRect();
      return outline && width > 0 && height > 0;
    };
    // A card or a choice shows the focus of the control within it.
    let part: Element | null = element;
    while (part !== null && !drawn(part)) {
      part = part.parentElement;
    }
    const seen = part !== null;
    return { on: `${element.tagName} ${element.textContent?.trim().slice(0, 40)}`, seen };
  });
  expect(focus, 'the focus can be seen').toEqual({ ...focus, seen: true });
}
