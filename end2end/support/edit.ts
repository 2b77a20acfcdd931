// The page as its own editor.

import { expect, type Locator, type Page } from '@playwright/test';

import { visit } from './visit';

/** Opens the editor of a campaign and waits until it is connected. */
export async function openEditor(page: Page, slug: string): Promise<void> {
  await visit(page, `/campaigns/${slug}/edit`);
  await saved(page);
}

/** Waits until everything that was typed is on the server's disk. */
export async function saved(page: Page): Promise<void> {
  await expect(page.locator('.edit-state')).toHaveText('Saved');
}

/** The story's editable texts of one kind, in their order. */
export function texts(page: Page, name: string | RegExp): Locator {
  return page.getByRole('article', { name: 'Story' }).getByRole('textbox', { name });
}

/** Adds a block below the story by the button there. */
export async function addBlock(page: Page, name: string): Promise<void> {
  await page.bringToFront();
  await page.getByRole('button', { name: 'Add a block' }).click();
  await page.getByRole('option', { name, exact: true }).click();
}

/** Shows everybody what is written on a campaign that runs. */
export async function publish(page: Page): Promise<void> {
  await page.bringToFront();
  await page.getByText('Publish…').click();
  await page.getByRole('button', { name: 'Publish now' }).click();
  await expect(page.getByText('It is published.').first()).toBeVisible();
}

/** Another window of the same person. */
export async function sameAgain(
  openWindow: (options?: object) => Promise<Page>,
  page: Page,
): Promise<Page> {
  return openWindow({ storageState: await page.context().storageState() });
}
