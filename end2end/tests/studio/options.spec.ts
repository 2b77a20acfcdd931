// A creator gives a reward sizes, sees it as backers will, and tries what one would pay.

import { expect, hasWasm, heading, test } from '../../fixtures';
import { main, openCreator, openPart, save, saveRefused, startDraft, uniqueTitle } from '../../support/studio';

// Two sizes of one name are refused.
test.use({ refusals: [422] });

test('sizes, a secret link and a dry run', async ({ openWindow }) => {
  const { page } = await openCreator(openWindow);
  await startDraft(page, uniqueTitle('Shirts'));
  await openPart(page, 'Rewards');
  await main(page).getByRole('link', { name: 'Add a reward' }).click();
  await expect(heading(page, 'A new reward')).toBeVisible();
  await main(page).getByLabel('Title', { exact: true }).fill('A shirt');
  await main(page).getByLabel('Price in EUR', { exact: true }).fill('20');
  await main(page).getByLabel('Delivery', { exact: true }).fill('2030-06');
  await main(page).getByLabel(/^Options/).fill('Size: S, s');
  await saveRefused(page);
  await expect(main(page).getByText('Line 1: this name is there twice.')).toBeVisible();
  await expect(main(page).getByLabel('Title', { exact: true })).toHaveValue('A shirt');
  await main(page).getByLabel(/^Options/).fill('Size: S, M');
  await main(page).getByLabel(/^How many of each/).fill('S: 3');
  await main(page).getByLabel('Only for who has its link').check();
  if (hasWasm()) {
    const seen = main(page).getByRole('region', { name: 'As backers see it' });
    await expect(seen).toContainText('A shirt');
    await expect(seen).toContainText('Size: S, M');
  }
  await save(page);

  await main(page).getByRole('link', { name: 'A shirt', exact: true }).first().click();
  const link = main(page).getByRole('region', { name: 'The link that opens it' }).getByRole('textbox');
  await expect(link).toHaveValue(/\?secret=/);
  const before = await link.inputValue();
  await main(page).getByRole('button', { name: 'Make another link' }).click();
  await expect(link).not.toHaveValue(before);

  await openPart(page, 'Rewards');
  const trial = main(page).getByRole('region', { name: 'What would a backer pay?' });
  await trial.getByLabel('A backer in').selectOption({ label: 'Japan' });
  await trial.getByLabel('takes').selectOption({ label: 'A shirt' });
  await trial.getByLabel('A shirt · Size').selectOption({ label: 'M' });
  const show = trial.getByRole('button', { name: 'Show the price' });
  if (await show.isVisible()) {
    await show.click();
  }
  await expect(trial).toContainText('A shirt (M)');
  await expect(trial).toContainText('€20');
  await expect(trial).toContainText('Everything can be had in Japan.');
});
