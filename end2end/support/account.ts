// People with accounts, and their letters.

import { randomBytes } from 'node:crypto';

import { expect, type BrowserContext, type Page } from '@playwright/test';

import { alive, heading, visit } from './visit';

export type Person = { name: string; email: string; password: string };

/** Somebody with a confirmed account and a pledge. */
export type Backer = Person & {
  /** Path of the pledge. */
  pledge: string;
  /** Cookies of a browser that is signed in. */
  state: Awaited<ReturnType<BrowserContext['storageState']>>;
};

/** Who runs the platform, on every demonstration. */
export const OPERATOR = { email: 'operator@example.org', password: 'demo-pedestal' };

/** An address that nobody has used. */
export function uniqueEmail(who: string): string {
  return `${who}-${randomBytes(6).toString('hex')}@example.org`;
}

/** Somebody who is not here yet. */
export function newPerson(who: string): Person {
  return { name: `Sam ${who}`, email: uniqueEmail(who), password: `stone-upon-stone-${randomBytes(4).toString('hex')}` };
}

/** Signs up; the letter is still to be read. */
export async function signUp(page: Page, person: Person): Promise<void> {
  await visit(page, '/sign-up');
  await askForAccount(page, person);
}

/** Fills in and sends the sign-up form on show. */
export async function askForAccount(page: Page, person: Person): Promise<void> {
  const main = page.getByRole('main');
  await main.getByLabel('Name').fill(person.name);
  await main.getByLabel('E-mail').fill(person.email);
  await main.getByLabel('Password').fill(person.password);
  await main.getByRole('button', { name: 'Create an account' }).click();
  await expect(heading(page, 'Look into your mailbox')).toBeVisible();
}

/** The newest letter to an address, as the demonstration's mailbox shows it. */
export async function openLetter(page: Page, email: string, subject: string | RegExp) {
  await visit(page, `/demo/mailbox?to=${encodeURIComponent(email)}`);
  const letter = page.getByRole('article').filter({ has: page.getByRole('heading', { name: subject }) }).first();
  await expect(letter).toBeVisible();
  return letter;
}

/** The newest letter, once it is there: what the clock brings about takes its rounds. */
export async function awaitLetter(page: Page, email: string, subject: RegExp) {
  await expect(async () => {
    await visit(page, `/demo/mailbox?to=${encodeURIComponent(email)}`);
    await expect(page.getByRole('heading', { name: subject }).first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 90_000 });
  return openLetter(page, email, subject);
}

/** Opens the confirmation letter's link; the password is still to be given. */
export async function followLetter(page: Page, email: string): Promise<void> {
  const letter = await openLetter(page, email, /confirm/i);
  await letter.getByRole('link', { name: /\/account\/confirm\?/ }).click();
  await expect(heading(page, 'Confirm your e-mail')).toBeVisible();
  await alive(page);
}

/** Gives the password that the letter's page asks for. */
export async function confirmWith(page: Page, password: string): Promise<void> {
  await page.getByRole('main').getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Confirm and sign in' }).click();
}

/** Follows the confirmation letter; ends on the person's pledges, signed in. */
export async function confirmByLetter(page: Page, person: Pick<Person, 'email' | 'password'>): Promise<void> {
  await followLetter(page, person.email);
  await confirmWith(page, person.password);
  await expect(heading(page, 'My pledges')).toBeVisible();
  await alive(page);
}

/** Signs in by the form on show, or at `/sign-in`. */
export async function signIn(page: Page, { email, password }: Pick<Person, 'email' | 'password'>): Promise<void> {
  const main = page.getByRole('main');
  await main.getByLabel('E-mail').fill(email);
  await main.getByLabel('Password').fill(password);
  await main.getByRole('button', { name: 'Sign in' }).click();
}

/** Signs the operator in. */
export async function signInAsOperator(page: Page): Promise<void> {
  await visit(page, '/sign-in?next=%2Faccount');
  await signIn(page, OPERATOR);
  await expect(heading(page, 'Your account')).toBeVisible();
  await alive(page);
}
