// Opening pages, with wasm and without.

import { expect, test, type Page } from '@playwright/test';

/** Whether the pages of this project come alive. */
export function hasWasm(): boolean {
  return test.info().project.use.javaScriptEnabled !== false;
}

/** Opens a page by its address and waits until it can be used. */
export async function visit(page: Page, address: string, status = 200): Promise<void> {
  const answer = await page.goto(address);
  expect(answer?.status(), `the status of ${address}`).toBe(status);
  await alive(page);
}

/** Waits until the page on show is alive; without wasm it is so at once. */
export async function alive(page: Page): Promise<void> {
  if (hasWasm()) {
    await expect(page.locator('html')).toHaveAttribute('data-hydrated', 'true', { timeout: 20_000 });
  }
}

/** The page's first heading: it says where one is. */
export function heading(page: Page, name: string | RegExp) {
  return page.getByRole('heading', { level: 1, name });
}
