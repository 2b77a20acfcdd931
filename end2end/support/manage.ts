// The page of one pledge, where it is changed and cancelled.

import type { Page } from '@playwright/test';

import { choose, type Choices } from './checkout';
import { alive } from './visit';

/** Asks for other choices; `total` is what the button has to say by then. */
export async function changeTo(page: Page, choices: Choices, total: string): Promise<void> {
  await alive(page);
  await unfold(page, 'Change your pledge');
  await choose(page, choices);
  await page.getByRole('button', { name: `Change to ${total}`, exact: true }).click();
}

/** Asks to take the pledge back. */
export async function cancelPledge(page: Page): Promise<void> {
  await alive(page);
  await unfold(page, 'Cancel your pledge');
  await page.getByRole('button', { name: 'Yes, cancel the pledge' }).click();
}

/** The receipt on a pledge's page. */
export function receipt(page: Page) {
  return page.getByRole('region', { name: 'Your pledge', exact: true });
}

async function unfold(page: Page, title: string): Promise<void> {
  const summary = page.getByText(title, { exact: true });
  const isOpen = await summary.locator('xpath=..').evaluate(element => element.hasAttribute('open'));
  if (!isOpen) {
    await summary.click();
  }
}
