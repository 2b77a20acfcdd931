// The picture of the README: a campaign as a first visitor sees it.

import { expect, heading, test, visit } from '../../fixtures';

test('a campaign has its picture taken', async ({ openWindow }) => {
  test.skip(test.info().project.name !== 'wasm', 'one picture is enough');
  const page = await openWindow({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', colorScheme: 'light' });
  await visit(page, '/campaigns/tide-clock');
  await expect(heading(page, 'The Tide Clock that runs on the moon')).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  const picture = page.getByRole('main').locator('img').first();
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth)).toBeGreaterThan(0);
  await page.screenshot({ path: 'results/campaign.png' });
});
