// A reward that comes in sizes: one is chosen, and stands on the pledge.

import {
  CARDS,
  checkout,
  choose,
  expect,
  expectThanks,
  fillCard,
  hasWasm,
  receipt,
  test,
  uniqueEmail,
  visit,
} from '../../fixtures';

const SLUG = 'one-flock-one-jumper';

// The first try leaves the size open.
test.use({ refusals: [422] });

test('a size is asked for, chosen and kept', async ({ page }) => {
  await visit(page, `/campaigns/${SLUG}/pledge`);
  await choose(page, { reward: 'A jumper', country: 'France' });
  const size = page.getByLabel('Size A jumper');
  await expect(size).toBeVisible();
  await checkout(page).email.fill(uniqueEmail('sizes'));
  // Without scripts the total was asked for already, and there is none to agree to.
  if (hasWasm()) {
    await fillCard(page, CARDS.success);
    await checkout(page).submit.click();
  }
  await expect(page.getByText('Please fill this in.').first()).toBeVisible();

  await size.selectOption('M');
  if (await checkout(page).update.isVisible()) {
    await checkout(page).update.click();
  }
  await expect(page.getByText('A jumper (M)').first()).toBeVisible();
  await fillCard(page, CARDS.success);
  await checkout(page).submit.click();
  await expectThanks(page);
  await expect(receipt(page)).toContainText('A jumper (M)');
});
