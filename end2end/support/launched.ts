// A campaign of a creator of one's own that takes pledges, and both who may edit it.

import { expect, type Page } from '@playwright/test';

import type { Person } from './account';
import { approve, complete, main, openCreator, openReview, startDraft, submitDraft, uniqueTitle } from './studio';
import { visit } from './visit';
import type { OpenWindow } from '../fixtures';

export type Launched = {
  creator: Page;
  person: Person;
  /** Somebody else who may edit the page. */
  operator: Page;
  title: string;
  slug: string;
  /** Its path in the studio. */
  address: string;
};

/** Writes a campaign, has it approved, and launches it. */
export async function launch(openWindow: OpenWindow, words: string): Promise<Launched> {
  const { page: creator, person } = await openCreator(openWindow);
  const title = uniqueTitle(words);
  const address = await startDraft(creator, title);
  await complete(creator);
  await submitDraft(creator);
  const operator = await openReview(openWindow, address);
  await approve(operator);
  await visit(creator, address);
  await main(creator).getByRole('button', { name: 'Launch now' }).click();
  await expect(main(creator).getByText('pledged of €1,500')).toBeVisible();
  return { creator, person, operator, title, slug: address.split('/').pop() ?? '', address };
}
