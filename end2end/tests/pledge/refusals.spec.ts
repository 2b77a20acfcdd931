// Whatever is typed into the checkout: what is wrong stands at its field in
// plain words, what was typed is still there, and nothing is written.

import {
  CARDS,
  alive,
  checkout,
  choose,
  expect,
  figures,
  fillCard,
  fillCheckout,
  hasWasm,
  openLetter,
  pledgeAsGuest,
  receipt,
  server,
  signIn,
  test,
  uniqueEmail,
  visit,
} from '../../fixtures';

test.use({ refusals: [401, 409, 422] });

/** A campaign that no other test pledges to, in euros, and one in yen. */
const EUROS = 'metier-de-la-rue';
const YEN = 'six-points-braille-typewriter';

const AMOUNTS: [amount: string, problem: string, campaign?: string][] = [
  ['-5', 'An amount cannot be negative.'],
  ['0', 'Choose a reward or give an amount.'],
  ['0.99', 'The smallest pledge here is €1.'],
  ['8500.01', 'An amount here is €8,500 at most; rewards and shipping come on top.'],
  ['0.005', 'EUR has 2 decimals at most.'],
  ['ten', 'Please write an amount in digits, such as 25 or 12.50.'],
  ['1e30', 'Please write an amount in digits, such as 25 or 12.50.'],
  // As much as fits into the field; more is tried in `site/safety.spec.ts`.
  [`1${'0'.repeat(29)}`, 'That is more than a campaign can receive.'],
  ['99', 'The smallest pledge here is ¥100.', YEN],
  ['1500.5', 'JPY has no decimals: please give a whole number.', YEN],
];

for (const [amount, problem, slug = EUROS] of AMOUNTS) {
  test(`an amount of ${amount} on ${slug} is refused at its field`, async ({ page, request }) => {
    const before = await figures(request, server('sqlite'), slug);
    const email = uniqueEmail('amount');
    const form = checkout(page);
    await fillCheckout(page, slug, { amount, email });
    if (hasWasm()) {
      await form.submit.click();
    }
    await expect(form.amount).toHaveAccessibleDescription(new RegExp(escaped(problem)));
    await expect(form.amount).toHaveAttribute('aria-invalid', 'true');
    await expect(form.amount).toHaveValue(amount);
    await expect(form.email).toHaveValue(email);

    // Without wasm the total had to be asked for first. Sent all the same, it
    // comes back with the same sentence.
    if (!hasWasm()) {
      await form.submit.click();
      await expect(form.amount).toHaveAccessibleDescription(new RegExp(escaped(problem)));
      await expect(form.amount).toHaveValue(amount);
      await expect(form.email).toHaveValue(email);
    }
    await expect(page).toHaveURL(/\/pledge\b/);
    expect(await figures(request, server('sqlite'), slug)).toEqual(before);
  });
}

test('a reward does not travel to a country it is not sent to', async ({ page, request }) => {
  const slug = 'kettle-you-can-mend';
  const before = await figures(request, server('sqlite'), slug);
  const email = uniqueEmail('country');
  await fillCheckout(page, slug, { reward: 'The kettle NZ$175', country: 'Belgium', email });
  const form = checkout(page);
  await form.submit.click();
  await expect(form.country).toHaveAccessibleDescription(/This reward does not ship to that country./);
  await expect(form.country.locator('option:checked')).toHaveText('Belgium');
  await expect(form.email).toHaveValue(email);
  expect(await figures(request, server('sqlite'), slug)).toEqual(before);

  // Where it does travel, the cost is shown.
  await choose(page, { country: 'France' });
  await expect(form.submit).toHaveText('Pledge NZ$209');
});

test('everything that is missing is told at once, each at its field', async ({ page }) => {
  await visit(page, `/campaigns/${EUROS}/pledge`);
  await choose(page, { reward: 'Un carton perforé' });
  const form = checkout(page);
  // The browser would stop an empty form before the site can answer.
  await page.locator('form').evaluateAll(all => all.forEach(one => one.setAttribute('novalidate', '')));
  await form.submit.click();
  await expect(form.country).toHaveAccessibleDescription(/Please choose where to ship./);
  await expect(form.email).toHaveAccessibleDescription(/Please fill this in|does not look like an e-mail/);
  await expect(form.card).toHaveAccessibleDescription(/This card number is not complete or not right./);
  await expect(form.expiry).toHaveAccessibleDescription(/not a month and year/);
  await expect(form.code).toHaveAccessibleDescription(/three or four digits/);
  await expect(form.reward('Un carton perforé')).toBeChecked();
  await expect(page.getByRole('alert').first()).toBeVisible();
});

test('more add-ons than one may have are refused at their field', async ({ page }) => {
  await visit(page, '/campaigns/tide-clock/pledge');
  const engraving = 'Engraving with the name of a harbour';
  await choose(page, { reward: 'The Tide Clock €109', country: 'France', addOns: { [engraving]: '3' } });
  const form = checkout(page);
  await expect(form.addOn(engraving)).toHaveAccessibleDescription(/At most 2 per backer./);
  await expect(form.addOn(engraving)).toHaveValue('3');
});

test('an address that already backs the campaign gets a letter and not a second pledge', async ({ page, request }) => {
  const slug = 'cinq-jours-de-brouillard';
  const email = uniqueEmail('again');
  await pledgeAsGuest(page, slug, { email, amount: '9' });
  const before = await figures(request, server('sqlite'), slug);

  await fillCheckout(page, slug, { email, amount: '11' });
  const form = checkout(page);
  await form.submit.click();
  await expect(form.email).toHaveAccessibleDescription(/This e-mail already has a pledge here./);
  await expect(form.amount).toHaveValue('11');
  expect(await figures(request, server('sqlite'), slug)).toEqual(before);

  const letter = await openLetter(page, email, /already/i);
  await letter.getByRole('link', { name: /\/pledges\// }).click();
  await expect(receipt(page)).toContainText('€9');
});

test('whoever is signed out meanwhile is told, and the choices stay', async ({ openWindow, request, backer }) => {
  const slug = EUROS;
  const before = await figures(request, server('sqlite'), slug);
  const page = await openWindow();
  await visit(page, '/sign-in');
  await signIn(page, backer);
  await expect(page.getByRole('link', { name: backer.name })).toBeVisible();
  await visit(page, `/campaigns/${slug}/pledge`);
  await expect(page.getByText(`You pledge as ${backer.email}.`)).toBeVisible();
  await choose(page, { amount: '21' });
  await fillCard(page, CARDS.success);

  // The session ends elsewhere; its cookie is worth nothing any more.
  const [session] = (await page.context().cookies()).filter(cookie => cookie.name === 'session');
  await page.context().addCookies([{ ...session!, value: 'ended' }]);
  const form = checkout(page);
  await form.submit.click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await expect(form.amount).toHaveValue('21');
  expect(await figures(request, server('sqlite'), slug)).toEqual(before);

  // As a guest it goes on from there.
  await alive(page);
  await expect(form.email).toBeVisible();
});

test('a campaign that has ended takes no pledge', async ({ page, request }) => {
  await visit(page, '/campaigns/sept-ponts/pledge');
  await expect(page.getByText('This campaign takes no pledges')).toBeVisible();
  await expect(checkout(page).submit).toHaveCount(0);
  const before = await figures(request, server('sqlite'), 'sept-ponts');
  const answer = await request.post('/api/fn/pledge/place', {
    form: {
      'form[slug]': 'sept-ponts',
      'form[choices][bonus]': '25',
      'form[expected]': '25.00',
      'form[key]': uniqueEmail('late'),
      'form[email]': uniqueEmail('late'),
      'form[card][number]': '4242424242424242',
      'form[card][expiry]': '12/40',
      'form[card][code]': '123',
    },
    headers: { accept: 'application/json' },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(409);
  expect(await figures(request, server('sqlite'), 'sept-ponts')).toEqual(before);
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
