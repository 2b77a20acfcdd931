// From the way in to a saved goal with Tab, Enter, Space and the arrow keys, and once all
// the way to the launch. At each stop one can see where one is.

import { alive, expect, hasWasm, heading, test, visit } from '../../fixtures';
import { tabTo } from '../../support/keyboard';
import { approve, main, openCreator, openReview, uniqueTitle } from '../../support/studio';
import type { Page } from '@playwright/test';

/** Makes a draft from the way in, and gives it a goal. */
async function draft(page: Page, title: string): Promise<void> {
  await visit(page, '/start');
  await tabTo(page, main(page).getByLabel('Title', { exact: true }));
  await page.keyboard.type(title);
  await tabTo(page, main(page).getByLabel('Category', { exact: true }));
  await page.keyboard.type('Des');
  await tabTo(page, main(page).getByLabel('Country', { exact: true }));
  await page.keyboard.type('Fran');
  await tabTo(page, main(page).getByRole('radio', { name: /^All or nothing/ }));
  await tabTo(page, main(page).getByRole('button', { name: 'Make the draft' }));
  await page.keyboard.press('Space');
  await expect(heading(page, title)).toBeVisible();
  await alive(page);
  if (hasWasm()) {
    await expect(heading(page, title)).toBeFocused();
  }

  await tabTo(page, main(page).getByRole('link', { name: 'The goal' }));
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Funding')).toBeVisible();
  await alive(page);
  if (hasWasm()) {
    await expect(heading(page, 'Funding')).toBeFocused();
  }
  await tabTo(page, main(page).getByLabel('Goal', { exact: true }));
  await page.keyboard.type('1500');
  await page.keyboard.press('Enter');
  await expect(main(page).getByText('Saved.')).toBeVisible();
  await expect(main(page).getByLabel('Goal', { exact: true })).toHaveValue(/1500/);
}

/** Goes to one part of the campaign by the list beside it; its heading takes the focus. */
async function goTo(page: Page, name: string, title = name): Promise<void> {
  await tabTo(page, page.getByRole('navigation', { name: 'Parts of the campaign' }).getByRole('link', { name }));
  await page.keyboard.press('Enter');
  await expect(heading(page, title)).toBeFocused();
}

/** Types into a field of the form on show. */
async function fill(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, main(page).getByLabel(label, { exact: true }));
  await page.keyboard.type(text);
}

/** Saves the form on show by its button. */
async function save(page: Page): Promise<void> {
  await tabTo(page, main(page).getByRole('button', { name: 'Save', exact: true }));
  await page.keyboard.press('Space');
  await expect(main(page).getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
}

test('a draft without a mouse', async ({ openWindow }) => {
  test.skip(test.info().project.name === 'wasm', 'there it goes on to the launch');
  test.slow();
  const { page } = await openCreator(openWindow);
  await draft(page, uniqueTitle('Without a mouse'));
});

test('from the way in to the launch without a mouse', async ({ openWindow }) => {
  test.skip(test.info().project.name !== 'wasm', 'once is enough');
  test.setTimeout(240_000);
  const { page } = await openCreator(openWindow);
  const title = uniqueTitle('Launched without a mouse');
  await draft(page, title);

  await goTo(page, 'Basics');
  await fill(page, 'Subtitle', 'A lamp that one can mend with a screwdriver.');
  await save(page);
  await goTo(page, 'Schedule');
  await fill(page, 'Days', '20');
  await save(page);
  await goTo(page, 'Story');
  await fill(page, 'Story', '## Why\n\nBecause everything else is thrown away.');
  await save(page);

  await goTo(page, 'Who you are');
  await tabTo(page, main(page).getByRole('radio', { name: /^A person/ }));
  await page.keyboard.press('Space');
  await fill(page, 'Legal name', 'Sam Creator');
  await fill(page, 'Country', 'Fran');
  await fill(page, 'Postal address', '1 Quay\n29000 Quimper');
  await tabTo(page, main(page).getByRole('checkbox', { name: /^I accept the rules/ }));
  await page.keyboard.press('Space');
  await save(page);

  await goTo(page, 'Rewards');
  await tabTo(page, main(page).getByRole('link', { name: 'Add a reward' }));
  await page.keyboard.press('Enter');
  await expect(heading(page, 'A new reward')).toBeFocused();
  await fill(page, 'Title', 'The lamp');
  await fill(page, 'Price in EUR', '45');
  // A month has two fields in one: its name, and the year beside it.
  await fill(page, 'Delivery', 'June');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('2030');
  await expect(main(page).getByLabel('Delivery', { exact: true })).toHaveValue('2030-06');
  await save(page);
  await expect(main(page).getByRole('link', { name: 'The lamp', exact: true }).first()).toBeVisible();

  await goTo(page, 'Overview', title);
  await tabTo(page, main(page).getByRole('button', { name: 'Send it for review' }));
  await page.keyboard.press('Space');
  await expect(main(page).getByText('Your campaign is being read.')).toBeVisible();

  const address = new URL(page.url()).pathname;
  await approve(await openReview(openWindow, address));
  await page.bringToFront();
  await visit(page, address);
  await tabTo(page, main(page).getByRole('button', { name: 'Launch now' }));
  await page.keyboard.press('Space');
  await expect(main(page).getByText('pledged of €1,500')).toBeVisible();
  const stranger = await openWindow();
  await visit(stranger, address.replace('/studio/', '/campaigns/'));
  await expect(heading(stranger, title)).toBeVisible();
});
