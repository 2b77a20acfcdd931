// Back in without a password: by the link of a letter, which a program that reads mail
// does not use up, and with a new password afterwards.

import {
  alive,
  confirmByLetter,
  expect,
  heading,
  newPerson,
  openLetter,
  signIn,
  signUp,
  test,
  uniqueEmail,
  visit,
} from '../../fixtures';
import type { Page } from '@playwright/test';

test.use({ refusals: [401, 422] });

/** From the sign-in page on show to the answer that everybody gets. */
async function askForLetter(page: Page, email: string): Promise<void> {
  const main = page.getByRole('main');
  await main.getByRole('link', { name: 'Sign in by a letter' }).click();
  await expect(heading(page, 'Sign in by a letter')).toBeVisible();
  await alive(page);
  await main.getByLabel('E-mail').fill(email);
  await main.getByRole('button', { name: 'Send the letter' }).click();
  await expect(heading(page, 'Look into your mailbox')).toBeVisible();
  await alive(page);
}

/** The path that the newest letter’s link leads to. */
async function linkOf(page: Page, email: string): Promise<string> {
  const letter = await openLetter(page, email, 'Your link to sign in');
  const link = letter.getByRole('link', { name: /\/account\/letter\?/ });
  return (await link.getAttribute('href')) ?? '';
}

test('a lost password is replaced by way of a letter', async ({ openWindow, request }) => {
  const person = newPerson('lost');
  const other = await openWindow();
  await signUp(other, person);
  await confirmByLetter(other, person);

  // Sent away from a page of their own, and back to it in the end.
  const page = await openWindow();
  await visit(page, '/pledges', 401);
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await expect(heading(page, 'Sign in')).toBeVisible();
  await alive(page);
  await askForLetter(page, person.email);
  const link = await linkOf(page, person.email);
  for (let look = 0; look < 2; look += 1) {
    expect((await request.get(link)).status(), 'a program looks at the link').toBe(200);
  }
  await visit(page, link);
  await expect(heading(page, 'Sign in on this browser')).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(heading(page, 'My pledges')).toBeVisible();
  await alive(page);

  await visit(page, '/account');
  const part = page.getByRole('region', { name: 'Your password' });
  await expect(part.getByLabel('Password of now')).toHaveCount(0);
  await part.getByLabel('New password').fill('short');
  await part.getByRole('button', { name: 'Set the new password' }).click();
  await expect(part.getByLabel('New password')).toHaveAccessibleDescription(/too short: 8 characters at least/);
  await alive(page);
  const fresh = `${person.password}-anew`;
  await part.getByLabel('New password').fill(fresh);
  await part.getByRole('button', { name: 'Set the new password' }).click();
  await expect(page.getByText('Your new password is set')).toBeVisible();
  await expect(part.getByLabel('Password of now')).toBeVisible();

  // Every other browser is out, and only the new password lets it in again.
  await visit(other, '/account', 401);
  await visit(other, '/sign-in?next=%2Faccount');
  await signIn(other, person);
  await expect(other.getByText('This e-mail and password do not match.').first()).toBeVisible();
  await alive(other);
  await signIn(other, { ...person, password: fresh });
  await expect(heading(other, 'Your account')).toBeVisible();

  // The owner of the address is told, and how to take the account back.
  const told = await openLetter(page, person.email, 'Your account has a new password');
  await told.getByRole('link', { name: /\/sign-in\/letter$/ }).click();
  await expect(heading(page, 'Sign in by a letter')).toBeVisible();

  // The link has done its work.
  const late = await openWindow();
  await visit(late, link);
  await late.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(heading(late, 'This link no longer works')).toBeVisible();
});

test('every address gets the same answer, and an address that is new here an account', async ({ openWindow, backer }) => {
  const answers: string[] = [];
  const stranger = uniqueEmail('new-here');
  const page = await openWindow();
  for (const email of [backer.email, stranger]) {
    await visit(page, '/sign-in');
    await askForLetter(page, email);
    await page.waitForLoadState();
    answers.push((await page.getByRole('main').textContent()) ?? '');
  }
  expect(answers[1]).toBe(answers[0]);

  await visit(page, await linkOf(page, stranger));
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(heading(page, 'Your account')).toBeVisible();
  await expect(page.getByRole('main').getByText(stranger)).toBeVisible();
});

test('a newer letter ends the one before', async ({ openWindow }) => {
  const email = uniqueEmail('twice');
  const page = await openWindow();
  await visit(page, '/sign-in');
  await askForLetter(page, email);
  const first = await linkOf(page, email);
  await visit(page, '/sign-in');
  await askForLetter(page, email);
  await expect.poll(async () => linkOf(page, email)).not.toBe(first);

  await visit(page, first);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(heading(page, 'This link no longer works')).toBeVisible();
  await alive(page);
  await page.getByRole('main').getByRole('link', { name: 'Ask for a new letter' }).click();
  await expect(heading(page, 'Sign in by a letter')).toBeVisible();
});
