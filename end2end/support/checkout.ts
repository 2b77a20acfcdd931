// The checkout as a person goes through it.

import { expect, type Locator, type Page } from '@playwright/test';

import { alive, hasWasm, heading, visit } from './visit';

/** What one can choose; labels as the page shows them. */
export type Choices = {
  /** Title of the reward; nothing chosen when absent. */
  reward?: string;
  /** Quantities by title. */
  addOns?: Record<string, string>;
  bonus?: string;
  country?: string;
};

/** The sandbox's cards; each behaves in one way, always. */
export const CARDS = {
  success: '4242 4242 4242 4242',
  decline: '4000 0000 0000 0002',
  authenticate: '4000 0025 0000 3155',
};

/** The controls of the checkout. */
export function checkout(page: Page) {
  return {
    reward: (title: string): Locator => page.getByRole('radio', { name: title }),
    addOn: (title: string): Locator => page.getByLabel(title),
    bonus: page.getByLabel('Bonus'),
    country: page.getByLabel('Country'),
    update: page.getByRole('button', { name: 'Update the total' }),
    total: page.getByRole('region', { name: 'Total' }),
    email: page.getByLabel('E-mail'),
    card: page.getByLabel('Card number'),
    expiry: page.getByLabel('Expiry'),
    code: page.getByLabel('Security code'),
    confirm: page.getByRole('button', { name: /^Pledge / }),
  };
}

/** Makes choices; without wasm the page is asked for the new total. */
export async function choose(page: Page, { reward, addOns = {}, bonus, country }: Choices): Promise<void> {
  const form = checkout(page);
  if (reward !== undefined) {
    await form.reward(reward).check();
  }
  for (const [title, quantity] of Object.entries(addOns)) {
    await form.addOn(title).fill(quantity);
  }
  if (country !== undefined) {
    await form.country.selectOption({ label: country });
  }
  if (bonus !== undefined) {
    await form.bonus.fill(bonus);
  }
  if (!hasWasm()) {
    await form.update.click();
  }
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
  await expect(heading(page, /Thank you/)).toBeVisible();
  await alive(page);
  await expect(page).toHaveURL(/\/pledges\/[0-9a-f-]{36}\?/);
}

/** A whole pledge of somebody without an account; ends on the page that says thanks. */
export async function pledgeAsGuest(page: Page, slug: string, order: Choices & { email: string }): Promise<void> {
  await visit(page, `/campaigns/${slug}/pledge`);
  await choose(page, order);
  await checkout(page).email.fill(order.email);
  await fillCard(page, CARDS.success);
  await checkout(page).confirm.click();
  await expectThanks(page);
}
