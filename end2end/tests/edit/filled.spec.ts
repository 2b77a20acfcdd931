// A table is filled cell by cell and a reward is chosen for its card, as visitors then
// read both.

import { expect, hasWasm, test, visit } from '../../fixtures';
import { addBlock, openEditor, saved, texts } from '../../support/edit';
import { addReward, main, openCreator, openPart, startDraft, uniqueTitle } from '../../support/studio';

test.skip(() => !hasWasm(), 'writing on the page needs scripts');

test('a table and the card of a reward are filled, and visitors read them', async ({ openWindow }) => {
  test.slow();
  const { page } = await openCreator(openWindow);
  const slug = (await startDraft(page, uniqueTitle('Filled'))).split('/').pop() ?? '';
  await openPart(page, 'Rewards');
  await addReward(page, { title: 'The lamp', price: '45' });
  await openEditor(page, slug);

  await addBlock(page, 'Table');
  for (const [at, cell] of ['size', 'price', 'big', '5'].entries()) {
    if (at > 0) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type(cell);
  }
  await expect(texts(page, 'Table').locator('td, th')).toHaveText(['size', 'price', 'big', '5']);

  await addBlock(page, 'Reward');
  const card = page.locator('.edit-block[data-kind="reward"]');
  await expect(card.locator('.reward-card')).toHaveCount(0);
  await card.getByLabel('Which reward').selectOption('The lamp');
  await expect(card.locator('.edit-drawn .reward-card')).toContainText('The lamp');
  await saved(page);

  const story = main(page).locator('article.story');
  await expect(async () => {
    await visit(page, `/campaigns/${slug}`);
    await expect(story.getByRole('table')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(story.getByRole('columnheader')).toHaveText(['size', 'price']);
  await expect(story.getByRole('cell')).toHaveText(['big', '5']);
  const link = story.getByRole('link', { name: 'The lamp €45' });
  await expect(link).toHaveAttribute('href', new RegExp(`^/campaigns/${slug}/pledge\\?reward=`));
});
