// The life of an account: made by a letter, used from two browsers, closed from
// one of them, and left.

import {
  alive,
  confirmByLetter,
  confirmWith,
  expect,
  followLetter,
  heading,
  newPerson,
  openLetter,
  signIn,
  signUp,
  test,
  visit,
} from '../../fixtures';
import type { Page } from '@playwright/test';

test.use({ refusals: [401, 422] });

/** Who the head of the page says is looking. */
function me(page: Page) {
  return page.getByRole('navigation', { name: 'Your account' });
}

/** What a page says, once it is all there; never how it is laid out, which waits for the styles. */
async function wholeText(page: Page): Promise<string> {
  await page.waitForLoadState();
  return (await page.getByRole('main').textContent()) ?? '';
}

test('from sign-up to sign-out, with a second browser in between', async ({ openWindow }) => {
  const person = newPerson('life');
  const first = await openWindow();
  await signUp(first, person);
  await confirmByLetter(first, person);
  await expect(first.getByText('Your account is ready.')).toBeVisible();
  await expect(me(first).getByRole('link', { name: person.name })).toBeVisible();

  // A second browser signs in, and comes back to where it was sent from.
  const second = await openWindow({
    userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0',
  });
  await visit(second, '/account', 401);
  await expect(heading(second, 'Please sign in first')).toBeVisible();
  await second.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await expect(heading(second, 'Sign in')).toBeVisible();
  await signIn(second, person);
  await expect(heading(second, 'Your account')).toBeVisible();
  await expect(me(second).getByRole('link', { name: person.name })).toBeVisible();

  // The first sees both, and ends the second.
  await me(first).getByRole('link', { name: person.name }).click();
  await expect(heading(first, 'Your account')).toBeVisible();
  const sessions = first.getByRole('region', { name: 'Where you are signed in' });
  await expect(sessions.getByRole('listitem')).toHaveCount(2);
  await expect(sessions.getByRole('listitem').filter({ hasText: 'This browser' })).toHaveCount(1);
  const other = sessions.getByRole('listitem').filter({ hasText: 'Firefox on macOS' });
  await other.getByRole('button', { name: /^End the session of Firefox/ }).click();
  await expect(sessions.getByRole('listitem')).toHaveCount(1);

  await visit(second, '/account', 401);
  await expect(heading(second, 'Please sign in first')).toBeVisible();
  await expect(me(second).getByRole('link', { name: 'Sign in' })).toBeVisible();

  await first.getByRole('button', { name: 'Sign out' }).click();
  await expect(me(first).getByRole('link', { name: 'Sign in' })).toBeVisible();
  await visit(first, '/pledges', 401);
  await expect(heading(first, 'Please sign in first')).toBeVisible();
});

test('a wrong password and an unknown address get the same answer', async ({ openWindow, backer }) => {
  const answers: string[] = [];
  for (const email of [backer.email, 'nobody-at-all@example.org']) {
    const page = await openWindow();
    await visit(page, '/sign-in');
    await signIn(page, { email, password: 'not the password' });
    const answer = page.getByText('This e-mail and password do not match.');
    await expect(answer.first()).toBeVisible();
    await expect(page.getByRole('main').getByLabel('E-mail')).toHaveValue(email);
    await expect(page.getByRole('main').getByLabel('Password')).toHaveValue('');
    answers.push((await wholeText(page)).replaceAll(email, 'E'));
  }
  expect(answers[1]).toBe(answers[0]);
});

test('signing up with a known address gets the same answer, and a letter that says so', async ({ openWindow, backer }) => {
  const page = await openWindow();
  await signUp(page, { ...newPerson('again'), email: backer.email });
  const known = await wholeText(page);

  const other = await openWindow();
  await signUp(other, newPerson('again'));
  expect(await wholeText(other)).toBe(known);

  // The letter to the owner gives no stranger a way in.
  const letter = await openLetter(page, backer.email, /account/i);
  await expect(letter).toBeVisible();
  await visit(page, '/sign-in');
  await signIn(page, backer);
  await expect(me(page).getByRole('link', { name: backer.name })).toBeVisible();
});

test('what is wrong with a sign-up stands at each field, and the rest stays', async ({ page }) => {
  await visit(page, '/sign-up');
  const main = page.getByRole('main');
  await main.getByLabel('Name').fill('Sam');
  // Plausible to the browser, so that the site has to say it.
  await main.getByLabel('E-mail').fill('sam@nowhere');
  await main.getByLabel('Password').fill('short');
  await main.getByRole('button', { name: 'Create an account' }).click();

  await expect(main.getByLabel('E-mail')).toHaveAccessibleDescription(/does not look like an e-mail address/);
  await expect(main.getByLabel('Password')).toHaveAccessibleDescription(/too short: 8 characters at least/);
  await expect(main.getByLabel('E-mail')).toHaveAttribute('aria-invalid', 'true');
  await expect(main.getByLabel('Name')).toHaveValue('Sam');
  await expect(main.getByLabel('E-mail')).toHaveValue('sam@nowhere');
});

test('a confirmation letter works once', async ({ openWindow }) => {
  const person = newPerson('once');
  const page = await openWindow();
  await signUp(page, person);
  const letter = await openLetter(page, person.email, /confirm/i);
  const link = letter.getByRole('link', { name: /\/account\/confirm\?/ });
  const address = (await link.getAttribute('href')) ?? '';
  await confirmByLetter(page, person);

  const later = await openWindow();
  await visit(later, address);
  await confirmWith(later, person.password);
  await expect(heading(later, 'This link no longer works')).toBeVisible();
  await expect(me(later).getByRole('link', { name: 'Sign in' })).toBeVisible();
});

test('an address that a stranger signed up with stays its owner’s', async ({ openWindow }) => {
  const owner = newPerson('owner');
  const stranger = await openWindow();
  await signUp(stranger, { ...owner, password: 'chosen by a stranger' });

  // The owner gets the letter, and cannot make the stranger's account work by mistake.
  const page = await openWindow();
  await followLetter(page, owner.email);
  await confirmWith(page, owner.password);
  await expect(page.getByText('This is not the password that was chosen with this letter’s sign-up.').first()).toBeVisible();
  await expect(me(page).getByRole('link', { name: 'Sign in' })).toBeVisible();
  await page.getByRole('button', { name: 'Français' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await expect(heading(page, 'Confirmer votre adresse')).toBeVisible();
  await expect(page.getByRole('main').getByLabel('Mot de passe')).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Demander une nouvelle lettre' }).click();
  await expect(heading(page, 'Créer un compte')).toBeVisible();

  const own = await openWindow();
  await signUp(own, owner);
  await confirmByLetter(own, owner);
  await visit(stranger, '/sign-in');
  await signIn(stranger, { email: owner.email, password: 'chosen by a stranger' });
  await expect(stranger.getByText('This e-mail and password do not match.').first()).toBeVisible();
});

test('a personal token is shown once and can be revoked', async ({ openWindow, backer, request }) => {
  const page = await openWindow({ storageState: backer.state });
  await visit(page, '/account');
  await page.getByLabel('Name of the token').fill('Weekly report');
  await page.getByRole('button', { name: 'Create a token' }).click();
  const made = page.getByRole('status').filter({ hasText: 'Your new token' });
  await expect(made.getByRole('code')).toHaveText(/.{20,}/);
  const authorization = `Bearer ${await made.getByRole('code').innerText()}`;
  const id = backer.pledge.split('/').pop();
  expect((await request.get(`/api/v1/pledges/${id}`, { headers: { authorization } })).status()).toBe(200);

  await page.reload();
  await alive(page);
  await expect(made).toHaveCount(0);
  await page.getByRole('button', { name: 'Revoke the token Weekly report' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Weekly report' })).toHaveCount(0);
  expect((await request.get(`/api/v1/pledges/${id}`, { headers: { authorization } })).status()).toBe(401);
});
