// Cards with Stripe: typed into the element of its script, for which localstripe
// stands in, saved with Stripe alone, and shown on the pledge as saved.

import type { Page } from '@playwright/test';

import {
  alive,
  checkout,
  choose,
  expect,
  expectThanks,
  figures,
  fixtureCampaign,
  hasWasm,
  onlySqlite,
  server,
  test,
  uniqueEmail,
  visit,
} from '../../fixtures';

/** Charged whenever it is asked. */
const GOOD = '4242424242424242';
/** Its bank wants its holder's word before it is saved. */
const ASKS = '4000002760003184';
/** Refused at once. */
const DECLINED = '4000000000000002';

test.skip(onlySqlite, 'it takes a server whose cards are localstripe’s');
test.beforeEach(async ({ page }) => {
  test.skip(!hasWasm(), 'a card is typed into a script’s element');
  // localstripe's script names a class of its own `Element`, for the whole page, and
  // everybody's `instanceof Element` then asks for that. Stripe's does no such thing.
  await page.route('**/js.stripe.com/v3/', async route => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `(() => {${await response.text()}})();` });
  });
});
test.use({ refusals: [402] });

/** The element that the script draws into our form. */
function element(page: Page) {
  const place = page.locator('[data-card-entry]');
  return {
    number: place.getByPlaceholder('number'),
    month: place.getByPlaceholder('exp_month'),
    year: place.getByPlaceholder('exp_year'),
    code: place.getByPlaceholder('cvc'),
    problem: page.locator('[data-card-problem]'),
  };
}

async function typeCard(page: Page, number: string): Promise<void> {
  const card = element(page);
  await card.number.fill(number);
  await card.month.fill('12');
  await card.year.fill('40');
  await card.code.fill('123');
}

/** The checkout with everything in it; not sent. */
async function fill(page: Page, slug: string, email: string, number: string): Promise<void> {
  await visit(page, `${server('stripe')}/campaigns/${slug}/pledge`);
  await choose(page, { amount: '12' });
  await checkout(page).email.fill(email);
  await typeCard(page, number);
}

test('a card that is typed into Stripe’s element is saved with the pledge', async ({ page, request }) => {
  const base = server('stripe');
  const slug = await fixtureCampaign(request, base, 'bar', 'declined');
  const before = await figures(request, base, slug);
  // The number goes to Stripe and never to us.
  const ours: string[] = [];
  page.on('request', sent => {
    if (sent.url().startsWith(base)) ours.push(`${sent.url()} ${sent.postData() ?? ''}`);
  });
  const email = uniqueEmail('stripe');
  await fill(page, slug, email, DECLINED);
  await checkout(page).submit.click();
  await expect(element(page).problem).not.toBeEmpty();
  await expect(checkout(page).email).toHaveValue(email);
  expect(await figures(request, base, slug)).toEqual(before);

  await typeCard(page, GOOD);
  await checkout(page).submit.click();
  await expectThanks(page);
  await expect(page.getByText('ending in 4242')).toBeVisible();
  expect(await figures(request, base, slug)).toMatchObject({
    pledged: before.pledged + 1_200,
    backers: before.backers + 1,
  });
  expect(ours.filter(sent => sent.includes(GOOD) || sent.includes(DECLINED))).toEqual([]);
});

test('a card whose bank asks is saved once its holder has said yes', async ({ page, request }) => {
  const base = server('stripe');
  const slug = await fixtureCampaign(request, base, 'bar', 'bank');
  const before = await figures(request, base, slug);
  await fill(page, slug, uniqueEmail('asked'), ASKS);
  await checkout(page).submit.click();
  await page.getByRole('button', { name: 'Fail authentication' }).click();
  await expect(element(page).problem).not.toBeEmpty();
  expect(await figures(request, base, slug)).toEqual(before);

  await alive(page);
  await checkout(page).submit.click();
  await page.getByRole('button', { name: 'Complete authentication' }).click();
  await expectThanks(page);
  await expect(page.getByText('ending in 3184')).toBeVisible();
  expect(await figures(request, base, slug)).toMatchObject({
    pledged: before.pledged + 1_200,
    backers: before.backers + 1,
  });
});
