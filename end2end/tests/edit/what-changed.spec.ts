// What changed is public, word by word; and whoever was promised something else is told,
// reads what it is, and may leave.

import {
  awaitLetter,
  cancelPledge,
  expect,
  hasWasm,
  heading,
  pledgeAsGuest,
  test,
  uniqueEmail,
  visit,
} from '../../fixtures';
import { violations } from '../../support/axe';
import { addBlock, openEditor, saved } from '../../support/edit';
import { launch } from '../../support/launched';
import { main, save, saveRefused } from '../../support/studio';
import { alive } from '../../support/visit';

test.skip(() => !hasWasm(), 'writing on the page needs scripts');
test.describe.configure({ timeout: 180_000 });
test.use({ refusals: [422] });

test('a backer reads what changed since they pledged, and leaves because of it', async ({ openWindow }) => {
  const { creator, slug, address } = await launch(openWindow, 'Put off');
  const visitor = await openWindow();
  await visit(visitor, `/campaigns/${slug}`);
  await expect(main(visitor).getByRole('link', { name: 'What changed' })).toHaveCount(0);
  await visit(visitor, `/campaigns/${slug}/changes`);
  await expect(main(visitor).getByText('Nothing has changed')).toBeVisible();
  const backer = await openWindow();
  const email = uniqueEmail('told');
  await pledgeAsGuest(backer, slug, { email, reward: 'A thank-you' });
  const pledge = backer.url();
  const since = main(backer).getByRole('region', { name: 'What changed since you pledged' });
  await expect(since).toHaveCount(0);

  await openEditor(creator, slug);
  await addBlock(creator, 'Text');
  await creator.keyboard.type('It takes longer than we thought.');
  await saved(creator);
  await creator.getByText('Publish…').click();
  await creator.getByRole('button', { name: 'Publish now' }).click();
  await expect(creator.getByText('It is published.').first()).toBeVisible();

  // Putting off a delivery asks for a second look.
  await visit(creator, `${address}/rewards`);
  await main(creator).getByRole('link', { name: 'A thank-you', exact: true }).first().click();
  await expect(heading(creator, 'A thank-you')).toBeVisible();
  await alive(creator);
  await expect(main(creator).getByLabel('Price in EUR', { exact: true })).toHaveAttribute('readonly', '');
  await main(creator).getByLabel('Delivery', { exact: true }).fill('2030-09');
  await saveRefused(creator);
  const sure = main(creator).getByRole('checkbox', { name: /^I know that backers of this reward are told/ });
  await expect(sure).toHaveAccessibleDescription(/Each of them gets a letter/);
  await expect(main(creator).getByLabel('Delivery', { exact: true })).toHaveValue('2030-09');
  await sure.check();
  await save(creator);

  const letter = await awaitLetter(backer, email, /What you were promised by .* has changed/);
  await expect(letter).toContainText('June 2030 → September 2030');
  await visit(backer, pledge);
  await expect(since).toContainText('June 2030 → September 2030');
  await expect(since).toContainText('You may take your pledge back');
  await expect(since).toContainText('blocks added: 1');
  expect(await violations(backer)).toEqual([]);
  await since.getByRole('link', { name: 'See it word by word' }).click();
  await expect(heading(backer, /^What changed: /)).toBeVisible();
  await expect(main(backer).locator('ins').first()).toContainText('It takes longer than we thought.');
  expect(await violations(backer)).toEqual([]);

  await visit(visitor, `/campaigns/${slug}`);
  await main(visitor).getByRole('link', { name: 'What changed' }).click();
  await expect(heading(visitor, /^What changed: /)).toBeVisible();
  await expect(main(visitor).getByText('June 2030 → September 2030')).toBeVisible();

  await visit(backer, pledge);
  await cancelPledge(backer);
  await expect(main(backer).getByText('Your pledge is cancelled').first()).toBeVisible();
});
