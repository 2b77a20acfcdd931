// Others who work on a campaign.

import { expect, type Page } from '@playwright/test';

import { openLetter, type Person } from './account';
import { main } from './studio';
import { alive, heading, visit } from './visit';

/** The owner invites somebody by the form of the people's page. */
export async function invite(owner: Page, address: string, email: string, rights: string[]): Promise<void> {
  await visit(owner, `${address}/people`);
  const form = main(owner).getByRole('region', { name: 'Invite somebody' });
  await form.getByLabel('E-mail', { exact: true }).fill(email);
  for (const right of rights) {
    await form.getByRole('checkbox', { name: right, exact: true }).check();
  }
  await form.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(main(owner).getByText('It is done.')).toBeVisible();
  await alive(owner);
}

/** The guest opens the letter's link. */
export async function openInvitation(guest: Page, person: Pick<Person, 'email'>, title: string): Promise<void> {
  const letter = await openLetter(guest, person.email, new RegExp(title));
  await letter.getByRole('link', { name: /\/invitation\?/ }).click();
  await expect(heading(guest, `Work on ${title}`)).toBeVisible();
  await alive(guest);
}

/** The guest comes in by the letter. */
export async function accept(guest: Page, person: Person, title: string): Promise<void> {
  await openInvitation(guest, person, title);
  await main(guest).getByRole('button', { name: 'Accept' }).click();
  await expect(main(guest).getByText('you work on this campaign now')).toBeVisible();
  await alive(guest);
}
