// The checkout as a person goes through it.

import { expect, type Locator, type Page } from '@playwright/test';

import { alive, hasWasm, heading, visit } from './visit';

/** What one can choose; labels as the page shows them. */
export type Choices = {
  /** Title of the reward; left as it is when absent. */
  reward?: string;
  /** Quantities by title. */
  addOns?: Record<string, string>;
  /** The amount on top, or the whole pledge without a reward. */
  amount?: string;
  country?: string;
};

/** The sandbox's cards; each behaves in one way, always. */
export const CARDS = {
  success: '4242 4242 4242 4242',
  decline: '4000 0000 0000 0002',
  authenticate: '4000 0025 0000 3155',
  declineLater: '4000 0000 0000 0341',
  authenticateLater: '4000 0027 6000 3184',
};

/** The controls of the checkout. */
export function checkout(page: Page) {
  const main = page.getByRole('main');
  return {
    rewards: main.getByRole('radiogroup', { name: 'Your reward' }),
    reward: (title: string): Locator => main.getByRole('radio', { name: title }),
    addOn: (title: string): Locator => main.getByLabel(title),
    amount: main.getByLabel(/^(Amount|Bonus, or an amount without a reward)$/),
    country: main.getByLabel('Country'),
    update: main.getByRole('button', { name: 'Update the total' }),
    email: main.getByLabel('E-mail', { exact: true }),
    card: main.getByLabel('Card number'),
    expiry: main.getByLabel('Expiry'),
    code: main.getByLabel('Security code'),
    /** Says the total once there is one. */
    submit: main.getByRole('button', { name: /^Pledge / }),
  };
}

/** Makes choices; without wasm the page is asked for the new total. */
export async function choose(page: Page, { reward, addOns = {}, amount, country }: Choices): Promise<void> {
  const form = checkout(page);
  if (reward !== undefined) {
    await form.reward(reward).check();
  }
  for (const [title, quantity] of Object.entries(addOns)) {
    await leave(form.addOn(title), quantity);
  }
  if (country !== undefined) {
    await form.country.selectOption({ label: country });
  }
  if (amount !== undefined) {
    await leave(form.amount, amount);
  }
  if (!hasWasm()) {
    await form.update.click();
  }
}

/** Types into a field and goes on. */
async function leave(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await field.blur();
}

/** Fills in a card. */
export async function fillCard(page: Page, number: string): Promise<void> {
  const form = checkout(page);
  await form.card.fill(number);
  await form.expiry.fill('12/40');
  await form.code.fill('123');
}

/** The page that a new pledge leads to. */
export async function expectThanks(page: Page): Promise<void> {
  await expect(heading(page, /^Thank you for backing /)).toBeVisible();
  await alive(page);
  await expect(page).toHaveURL(/\/pledges\/[0-9a-f-]{36}/);
}

/** Opens a checkout, chooses and fills in everything, and does not send it. */
export async function fillCheckout(
  page: Page,
  slug: string,
  { email, card = CARDS.success, ...choices }: Choices & { email?: string; card?: string },
): Promise<void> {
  await visit(page, `/campaigns/${slug}/pledge`);
  await choose(page, choices);
  if (email !== undefined) {
    await checkout(page).email.fill(email);
  }
  await fillCard(page, card);
}

/** A whole pledge of somebody without an account; ends on the page that says thanks. */
export async function pledgeAsGuest(
  page: Page,
  slug: string,
  order: Choices & { email: string; card?: string },
): Promise<void> {
  await fillCheckout(page, slug, order);
  await checkout(page).submit.click();
  await expectThanks(page);
}
