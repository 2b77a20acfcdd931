// Who stands behind a campaign: stated by its creator, looked at by the operator, and
// stated anew where it could not be verified.

import { alive, expect, test, visit } from '../../fixtures';
import { main, openCreator, openPart, openReview, sayWho, saveRefused, startDraft, uniqueTitle } from '../../support/studio';
import type { Page } from '@playwright/test';

test.use({ refusals: [409, 422] });

test('a creator says who they are, and the operator looks at it', async ({ openWindow }) => {
  test.slow();
  const { page } = await openCreator(openWindow);
  const address = await startDraft(page, uniqueTitle('Who is it'));
  const missing = main(page).getByRole('listitem').filter({ hasText: 'Who you are, for the operators' });
  await expect(missing).toContainText('something is missing');
  await main(page).getByRole('link', { name: 'Who you are, for the operators' }).click();
  await alive(page);

  await main(page).getByLabel('Legal name', { exact: true }).fill('Sam Creator');
  await saveRefused(page);
  await expect(main(page).getByLabel('Legal name', { exact: true })).toHaveValue('Sam Creator');
  await expect(main(page).getByText('Please accept the rules: without them there is no campaign.')).toBeVisible();
  await sayWho(page);
  await expect(main(page).getByText('Stated, not yet checked')).toBeVisible();
  await visit(page, address);
  await expect(missing).toContainText('complete');

  const operator = await openReview(openWindow, `${address}/identity`);
  await expect(main(operator).getByLabel('Legal name', { exact: true })).toHaveValue('Sam Creator');
  await judge(operator, 'It could not be verified', 'No such person in the register.');
  await openPart(page, 'Who you are');
  await expect(main(page).getByText('Could not be verified')).toBeVisible();
  await expect(main(page).getByText('No such person in the register.')).toBeVisible();

  await sayWho(page);
  await expect(main(page).getByText('Stated, not yet checked')).toBeVisible();
  await visit(operator, `${address}/identity`);
  await judge(operator, 'It is right', '');
  await visit(page, `${address}/identity`);
  await expect(main(page).getByText('Verified', { exact: true })).toBeVisible();
  await expect(main(page).getByRole('button', { name: 'Save the finding' })).toHaveCount(0);

  // Another campaign of theirs begins with it, and nobody else reads it.
  const other = await startDraft(page, uniqueTitle('The same again'));
  await visit(page, `${other}/identity`);
  await expect(main(page).getByLabel('Legal name', { exact: true })).toHaveValue('Sam Creator');
  const { page: stranger } = await openCreator(openWindow);
  await visit(stranger, `${address}/identity`, 404);
});

/** The operator says what they found. */
async function judge(operator: Page, finding: string, remark: string): Promise<void> {
  await main(operator).getByRole('radio', { name: finding }).check();
  await main(operator).getByLabel(/^Remark/).fill(remark);
  await main(operator).getByRole('button', { name: 'Save the finding' }).click();
  await expect(main(operator).getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await alive(operator);
}
