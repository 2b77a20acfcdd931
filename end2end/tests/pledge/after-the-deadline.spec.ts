// A campaign has succeeded, and one backer's card will not do: it is declined, or
// its holder has to confirm. The letter leads to what can be done about it.

import { CARDS, alive, awaitLetter, expect, fillCard, hasWasm, heading, openLetter, test, visit } from '../../fixtures';

test.use({ refusals: [422] });
test.describe.configure({ timeout: 120_000 });

function backerOf(kind: string): { slug: string; email: string } {
  const slug = `fixture-${kind}-${test.info().project.name}-${test.info().repeatEachIndex}`;
  return { slug, email: `backer-of-${slug}@example.org` };
}

test('a card that was declined after the deadline is replaced and charged', async ({ page }) => {
  const { slug, email } = backerOf('declined');
  const letter = await awaitLetter(page, email, /was declined/);
  await expect(letter).toContainText('€12');
  await letter.getByRole('link', { name: /\/pledges\// }).click();
  await expect(page.getByText('Your card was declined')).toBeVisible();
  await expect(page.getByText(/Another card, or the same one once your bank agrees/)).toBeVisible();

  // One that is declined as well changes nothing.
  await alive(page);
  const pay = page.getByRole('button', { name: 'Pay €12 now' });
  await fillCard(page, CARDS.decline);
  await pay.click();
  await expect(page.getByLabel('Card number')).toHaveAccessibleDescription(/The bank declined this card/);

  await alive(page);
  if (hasWasm()) {
    // The page puts the focus where something was wrong; typing waits for it.
    await expect(page.getByLabel('Card number')).toBeFocused();
  }
  await fillCard(page, CARDS.success);
  await pay.click();
  await expect(page.getByText('Your card was charged.')).toBeVisible();
  await expect(pay).toHaveCount(0);
  await openLetter(page, email, /was charged/);

  await visit(page, `/campaigns/${slug}`);
  const facts = page.getByRole('region', { name: 'Funding' });
  await expect(facts.getByText('Collected', { exact: true })).toBeVisible();
  await expect(facts.getByText('Outstanding', { exact: true })).toBeVisible();
});

test('a charge that the bank asks about passes once its holder has said yes', async ({ page }) => {
  const { email } = backerOf('asked');
  const letter = await awaitLetter(page, email, /Your bank asks/);
  await letter.getByRole('link', { name: /\/pledges\// }).click();
  await expect(page.getByText('Your bank wants you to confirm')).toBeVisible();
  await alive(page);
  await page.getByRole('button', { name: 'Confirm the card' }).click();
  await expect(page.getByText('Your card was charged.')).toBeVisible();
  await expect(heading(page, /Your pledge to/)).toBeVisible();
});
