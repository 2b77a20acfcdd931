// What a creator does in the studio, and what an operator answers.

import { randomBytes } from 'node:crypto';

import { expect, type Page } from '@playwright/test';

import { confirmByLetter, newPerson, signInAsOperator, signUp, type Person } from './account';
import { alive, heading, visit } from './visit';
import type { OpenWindow } from '../fixtures';

/** A title that no other test has. */
export function uniqueTitle(words: string): string {
  return `${words} ${randomBytes(4).toString('hex')}`;
}

/** A window of somebody with an account of their own. */
export async function openCreator(openWindow: OpenWindow, options: object = {}): Promise<{ page: Page; person: Person }> {
  const person = newPerson('creator');
  const page = await openWindow(options);
  await signUp(page, person);
  await confirmByLetter(page, person);
  return { page, person };
}

/** The form of the page on show. */
export function main(page: Page) {
  return page.getByRole('main');
}

/** Answers the first five questions; ends on the draft's overview. Its path is returned. */
export async function startDraft(page: Page, title: string, rule = /^All or nothing/): Promise<string> {
  await visit(page, '/start');
  await main(page).getByLabel('Title', { exact: true }).fill(title);
  await main(page).getByLabel('Category', { exact: true }).selectOption('Design');
  await main(page).getByLabel('Country', { exact: true }).selectOption('France');
  await main(page).getByRole('radio', { name: rule }).check();
  await main(page).getByRole('button', { name: 'Make the draft' }).click();
  await expect(heading(page, title)).toBeVisible();
  await alive(page);
  return new URL(page.url()).pathname;
}

/** Goes to one part of the campaign by the list beside it. */
export async function openPart(page: Page, name: string): Promise<void> {
  const link = page.getByRole('navigation', { name: 'Parts of the campaign' }).getByRole('link', { name });
  await link.click();
  await expect(heading(page, name)).toBeVisible();
  await alive(page);
}

/** Saves the form on show. */
export async function save(page: Page): Promise<void> {
  await main(page).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(main(page).getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await alive(page);
}

/** Sends the form on show; it is to be refused. */
export async function saveRefused(page: Page): Promise<void> {
  await main(page).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(main(page).getByRole('alert').first()).toBeVisible();
  await alive(page);
}

/** Gives the campaign its picture, from the page of its basics. */
export async function uploadPicture(page: Page, picture: Buffer, alt: string): Promise<void> {
  const section = main(page).getByRole('region', { name: 'Picture of the campaign' });
  await section.getByLabel('File').setInputFiles({ name: 'picture.png', mimeType: 'image/png', buffer: picture });
  await section.getByLabel('What is to be seen on it').fill(alt);
  await section.getByRole('button', { name: 'Upload the picture' }).click();
  await expect(section.getByRole('img', { name: alt })).toBeVisible();
  await expect(main(page).getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await alive(page);
}

export type RewardOf = { title: string; price: string; quantity?: string; items?: string };

/** Adds a reward that needs no shipping. */
export async function addReward(page: Page, reward: RewardOf): Promise<void> {
  await main(page).getByRole('link', { name: 'Add a reward' }).click();
  await expect(heading(page, 'A new reward')).toBeVisible();
  await alive(page);
  await main(page).getByLabel('Title', { exact: true }).fill(reward.title);
  await main(page).getByLabel('Price in EUR', { exact: true }).fill(reward.price);
  await main(page).getByLabel('Delivery', { exact: true }).fill('2030-06');
  await main(page).getByLabel(/^How many there are/).fill(reward.quantity ?? '');
  await main(page).getByLabel(/^Includes/).fill(reward.items ?? '');
  await save(page);
  await expect(main(page).getByRole('link', { name: reward.title, exact: true }).first()).toBeVisible();
}

/** States who stands behind the campaign. */
export async function sayWho(page: Page): Promise<void> {
  await main(page).getByRole('radio', { name: /^A person/ }).check();
  await main(page).getByLabel('Legal name', { exact: true }).fill('Sam Creator');
  await main(page).getByLabel('Country', { exact: true }).selectOption('France');
  await main(page).getByLabel('Postal address', { exact: true }).fill('1 Quay\n29000 Quimper');
  await main(page).getByRole('checkbox', { name: /^I accept the rules/ }).check();
  await save(page);
}

/** Writes everything that a draft needs, from its overview on. */
export async function complete(page: Page): Promise<void> {
  await openPart(page, 'Basics');
  await main(page).getByLabel('Subtitle', { exact: true }).fill('A lamp that one can mend with a screwdriver.');
  await save(page);
  await openPart(page, 'Funding');
  await main(page).getByLabel('Goal', { exact: true }).fill('1500');
  await save(page);
  await openPart(page, 'Schedule');
  await main(page).getByLabel('Days', { exact: true }).fill('20');
  await save(page);
  await openPart(page, 'Story');
  await main(page).getByLabel('Story', { exact: true }).fill('## Why\n\nBecause **everything** else is thrown away.');
  await save(page);
  await openPart(page, 'Who you are');
  await sayWho(page);
  await openPart(page, 'Rewards');
  await addReward(page, { title: 'The lamp', price: '45', quantity: '100', items: '1 × Lamp\n2 × Screw' });
  await addReward(page, { title: 'A thank-you', price: '5' });
  await visit(page, new URL(page.url()).pathname.replace(/\/rewards$/, ''));
}

/** Sends a complete draft for review, from its overview. */
export async function submitDraft(page: Page): Promise<void> {
  await main(page).getByRole('button', { name: 'Send it for review' }).click();
  await expect(main(page).getByText('Your campaign is being read.')).toBeVisible();
  await alive(page);
}

/** A window of the operator, on a campaign's page in the studio. */
export async function openReview(openWindow: OpenWindow, address: string): Promise<Page> {
  const operator = await openWindow();
  await signInAsOperator(operator);
  await visit(operator, address);
  return operator;
}

/** The operator says yes. */
export async function approve(operator: Page): Promise<void> {
  await main(operator).getByRole('button', { name: 'Approve' }).click();
  await expect(heading(operator, 'Reviews')).toBeVisible();
  await expect(main(operator).getByText('Your answer is on its way.')).toBeVisible();
}
