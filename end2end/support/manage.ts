// The page of one pledge, where it is changed and cancelled.

import type { Page } from '@playwright/test';

import { choose, type Choices } from './checkout';
import { alive } from './visit';

/** Asks for other choices; `total` is what the button has to say by then. */
export async function changeTo(page: Page, choices: Choices, total: string): Promise<void> {
  await alive(page);
  await choose(page, choices);
  await page.getByRole('button', { name: `Change to ${total}`, exact: true }).click();
}

/** Asks to take the pledge back. */
export async function cancelPledge(page: Page): Promise<void> {
  await alive(page);
  await page.getByText('Cancel your pledge').first().click();
  await page.getByRole('button', { name: 'Yes, cancel the pledge' }).click();
}
