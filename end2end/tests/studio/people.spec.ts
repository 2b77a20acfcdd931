// Others work on a campaign: invited by a letter, each with the rights they were given,
// and without them from the moment they are taken away.

import {
  alive,
  askForAccount,
  confirmWith,
  expect,
  followLetter,
  hasWasm,
  heading,
  newPerson,
  test,
  visit,
} from '../../fixtures';
import { addBlock, openEditor, saved, texts } from '../../support/edit';
import { openStill, violations } from '../../support/axe';
import { accept, invite, openInvitation } from '../../support/people';
import { main, openCreator, openPart, save, startDraft, uniqueTitle } from '../../support/studio';
import type { OpenWindow } from '../../fixtures';
import type { Page } from '@playwright/test';

// What one may not see is not there, and what one may not do is refused.
test.use({ refusals: [401, 404, 422] });

/** A draft with its owner, and somebody else with an account. */
async function two(openWindow: OpenWindow) {
  const { page: owner } = await openCreator(openWindow);
  const title = uniqueTitle('Made by two');
  const address = await startDraft(owner, title);
  const { page: guest, person } = await openCreator(openWindow);
  return { owner, guest, person, title, address };
}

/** The row of somebody on the people's page. */
function row(page: Page, email: string) {
  return main(page).getByRole('listitem').filter({ hasText: email });
}

test('somebody is invited, edits what they may, and nothing else', async ({ openWindow }) => {
  test.slow();
  const { owner, guest, person, title, address } = await two(openWindow);
  await invite(owner, address, person.email, ['Edit the page']);
  await expect(main(owner).getByRole('region', { name: 'Invitations without an answer' })).toContainText(person.email);
  await visit(guest, address, 404);
  await accept(guest, person, title);

  await openPart(guest, 'Basics');
  await main(guest).getByLabel('Subtitle', { exact: true }).fill('Written by the second one.');
  await save(guest);
  await openPart(guest, 'Funding');
  await expect(main(guest).getByText('Changing it needs another right.')).toBeVisible();
  await expect(main(guest).getByLabel('Goal', { exact: true })).toBeDisabled();
  await openPart(guest, 'Rewards');
  await expect(main(guest).getByText('Changing it needs another right.')).toBeVisible();
  await openPart(guest, 'People');
  await expect(main(guest).getByRole('region', { name: 'Invite somebody' })).toHaveCount(0);
  await expect(main(guest).getByText('@example.org')).toHaveCount(0);
  await visit(guest, address);
  await expect(main(guest).getByText('Delete the draft', { exact: true })).toHaveCount(0);
  await visit(guest, '/studio');
  await expect(main(guest).getByRole('link', { name: title })).toBeVisible();

  await visit(owner, `${address}/people`);
  const trail = main(owner).getByRole('region', { name: 'What was done' });
  await expect(trail).toContainText('Invitation accepted');
  await expect(row(owner, person.email).first()).toContainText('Edit the page');
});

test('whoever signs up for an invitation comes back to it', async ({ openWindow }) => {
  const { page: owner } = await openCreator(openWindow);
  const title = uniqueTitle('Made with a newcomer');
  const address = await startDraft(owner, title);
  const person = newPerson('newcomer');
  await invite(owner, address, person.email, ['Edit the page']);

  const guest = await openWindow();
  await openInvitation(guest, person, title);
  await main(guest).getByRole('link', { name: 'Create an account' }).click();
  await expect(heading(guest, 'Create an account')).toBeVisible();
  await alive(guest);
  await askForAccount(guest, person);
  await followLetter(guest, person.email);
  await confirmWith(guest, person.password);
  await expect(heading(guest, `Work on ${title}`)).toBeVisible();
  await alive(guest);
  await main(guest).getByRole('button', { name: 'Accept' }).click();
  await expect(main(guest).getByText('you work on this campaign now')).toBeVisible();
});

test('an invitation is for one address, and a no ends it', async ({ openWindow }) => {
  test.slow();
  const { owner, guest, person, title, address } = await two(openWindow);
  await invite(owner, address, person.email, ['See money', 'See backers']);
  // Not signed in: what it is about, and the way back here.
  const unknown = await openWindow();
  await openInvitation(unknown, person, title);
  await expect(main(unknown).getByText('See money')).toBeVisible();
  await main(unknown).getByRole('link', { name: 'Sign in' }).click();
  await expect(heading(unknown, 'Sign in')).toBeVisible();
  await alive(unknown);
  await main(unknown).getByLabel('E-mail').fill(person.email);
  await main(unknown).getByLabel('Password').fill(person.password);
  await main(unknown).getByRole('button', { name: 'Sign in' }).click();
  await expect(heading(unknown, `Work on ${title}`)).toBeVisible();
  await alive(unknown);

  const { page: other } = await openCreator(openWindow);
  await openInvitation(other, person, title);
  await expect(main(other).getByText('was sent to another address')).toBeVisible();
  await expect(main(other).getByRole('button', { name: 'Accept' })).toHaveCount(0);
  await openInvitation(guest, person, title);
  await main(guest).getByRole('button', { name: 'Decline' }).click();
  await expect(heading(guest, 'You have declined')).toBeVisible();
  await visit(guest, address, 404);
  await visit(owner, `${address}/people`);
  await expect(main(owner).getByRole('region', { name: 'What was done' })).toContainText('Invitation declined');
});

test('rights are changed, the campaign is handed over, and its last owner stays', async ({ openWindow }) => {
  test.slow();
  const { owner, guest, person, title, address } = await two(openWindow);
  await visit(owner, `${address}/people`);
  await main(owner).getByText('Leave this campaign', { exact: true }).click();
  await main(owner).getByRole('button', { name: 'Yes, leave' }).click();
  await expect(main(owner).getByText('A campaign always has an owner')).toBeVisible();

  await invite(owner, address, person.email, ['Edit the page']);
  await accept(guest, person, title);
  await visit(owner, `${address}/people`);
  const theirs = row(owner, person.email).first();
  await theirs.getByText('Change rights').click();
  await theirs.getByRole('checkbox', { name: 'Edit rewards', exact: true }).check();
  await theirs.getByRole('button', { name: 'Save the rights' }).click();
  await expect(main(owner).getByText('It is done.')).toBeVisible();
  await expect(row(owner, person.email).first()).toContainText('Edit the page, Edit rewards');
  await alive(owner);

  await main(owner).getByText('Hand the campaign over', { exact: true }).click();
  await main(owner).getByLabel('To whom').selectOption({ label: `${person.name} (${person.email})` });
  await main(owner).getByRole('checkbox', { name: 'I want to hand this campaign over' }).check();
  await main(owner).getByRole('button', { name: 'Yes, hand it over' }).click();
  await expect(main(owner).getByText('Hand the campaign over', { exact: true })).toHaveCount(0);
  await expect(row(owner, person.email).first()).toContainText('Owner');
  await visit(guest, `${address}/funding`);
  await expect(main(guest).getByLabel('Goal', { exact: true })).toBeEnabled();
  await visit(owner, `${address}/funding`);
  await expect(main(owner).getByLabel('Goal', { exact: true })).toBeDisabled();
  await visit(guest, `/campaigns/${address.split('/').pop()}`);
  await expect(main(guest).getByText(person.name).first()).toBeVisible();
});

test('a right that is taken away makes the open editor read only, with the text kept', async ({ openWindow }) => {
  test.skip(!hasWasm(), 'writing together needs scripts');
  test.slow();
  const { owner, guest, person, title, address } = await two(openWindow);
  await invite(owner, address, person.email, ['Edit the page', 'See money']);
  await accept(guest, person, title);
  const slug = address.split('/').pop() ?? '';
  await openEditor(guest, slug);
  await addBlock(guest, 'Text');
  await guest.keyboard.type('Half a sentence');
  await saved(guest);

  await visit(owner, `${address}/people`);
  const theirs = row(owner, person.email).first();
  await theirs.getByText('Change rights').click();
  await theirs.getByRole('checkbox', { name: 'Edit the page', exact: true }).uncheck();
  await theirs.getByRole('button', { name: 'Save the rights' }).click();
  await expect(main(owner).getByText('It is done.')).toBeVisible();

  await guest.bringToFront();
  await expect(guest.getByText('You may no longer edit this page.').first()).toBeVisible();
  await expect(guest.getByText('Half a sentence').first()).toBeVisible();
  await expect(guest.getByRole('button', { name: 'Copy the text' })).toBeVisible();
  await visit(guest, `/campaigns/${slug}/edit`, 404);
  await visit(guest, address);
  await expect(heading(guest, title)).toBeVisible();
});

test('a link shows the draft to whoever has it, until it is revoked', async ({ openWindow }) => {
  test.slow();
  const { page: owner } = await openCreator(openWindow);
  const title = uniqueTitle('Seen early');
  const address = await startDraft(owner, title);
  await openPart(owner, 'Preview');
  await main(owner).getByRole('button', { name: 'Make a link' }).click();
  const field = main(owner).getByRole('textbox', { name: 'A link to the preview' });
  await expect(field).toHaveValue(/\/preview\//);
  const link = new URL(await field.inputValue()).pathname;
  await alive(owner);
  await visit(owner, `${address}/preview`);
  await expect(field).toHaveValue(new RegExp(link));

  const reader = await openWindow();
  await visit(reader, link);
  await expect(heading(reader, title)).toBeVisible();
  await expect(main(reader).getByText('This is a preview.')).toBeVisible();
  await expect(main(reader).getByRole('link', { name: /pledge/i })).toHaveCount(0);
  await expect(reader.locator('meta[name="robots"]')).toHaveAttribute('content', 'noindex');
  await visit(reader, address.replace('/studio/', '/campaigns/'), 404);

  await main(owner).getByRole('button', { name: 'Revoke it' }).click();
  await expect(main(owner).getByText('The link works no more.')).toBeVisible();
  await visit(reader, link, 404);
});

test('accessible: an invitation and a preview', async ({ openWindow }) => {
  test.slow();
  const { owner, guest, person, title, address } = await two(openWindow);
  await invite(owner, address, person.email, ['Manage people']);
  await openInvitation(guest, person, title);
  const invitation = new URL(guest.url());
  await openPart(owner, 'Preview');
  await main(owner).getByRole('button', { name: 'Make a link' }).click();
  const field = main(owner).getByRole('textbox', { name: 'A link to the preview' });
  await expect(field).toHaveValue(/\/preview\//);
  const preview = new URL(await field.inputValue()).pathname;
  await alive(owner);

  const unknown = await openStill(openWindow);
  const signedIn = await openStill(openWindow, { storageState: await guest.context().storageState() });
  for (const [page, path] of [
    [unknown, invitation.pathname + invitation.search],
    [signedIn, invitation.pathname + invitation.search],
    [unknown, preview],
  ] as const) {
    await visit(page, path);
    expect(await violations(page), path).toEqual([]);
  }
  const manager = await openStill(openWindow, { storageState: await owner.context().storageState() });
  for (const part of ['people', 'preview']) {
    await visit(manager, `${address}/${part}`);
    expect(await violations(manager), part).toEqual([]);
  }
});
