// A campaign from nothing to its launch, in one sitting: the creator writes it and brings
// its picture, the operator answers, and backers see it and can pledge.

import { alive, expect, heading, openLetter, signIn, test, visit } from '../../fixtures';
import { png } from '../../support/picture';
import {
  addReward,
  approve,
  complete,
  main,
  openCreator,
  openPart,
  openReview,
  save,
  startDraft,
  submitDraft,
  uniqueTitle,
  uploadPicture,
} from '../../support/studio';

// A draft is nobody else's, who is not signed in is told so, and a cancellation asks twice.
test.use({ refusals: [401, 404, 422] });

test('from an idea to a campaign that takes pledges', async ({ openWindow }) => {
  test.slow();
  const { page, person } = await openCreator(openWindow);
  const title = uniqueTitle('A lamp to mend');
  const address = await startDraft(page, title);
  await expect(main(page).getByText('Your draft is here.')).toBeVisible();
  const missing = main(page).getByRole('listitem').filter({ hasText: 'The goal' });
  await expect(missing).toContainText('something is missing');

  await complete(page);
  await expect(missing).toContainText('complete');
  const shows = 'A lamp taken apart on a workbench';
  await openPart(page, 'Basics');
  await uploadPicture(page, png(1500, 940), shows);
  const slug = address.split('/').pop();

  // Nobody else sees it, and its creator does.
  const stranger = await openWindow();
  await visit(stranger, `/campaigns/${slug}`, 404);
  await visit(page, `/campaigns/${slug}`);
  await expect(heading(page, title)).toBeVisible();
  await expect(main(page).getByText('Only you see this page')).toBeVisible();

  await visit(page, address);
  await submitDraft(page);
  await openPart(page, 'Funding');
  await expect(main(page).getByLabel('Goal', { exact: true })).toHaveAttribute('readonly', '');
  await expect(main(page).getByLabel('Goal', { exact: true })).toHaveAccessibleDescription(/Withdraw it from review/);

  // The operator asks for something first.
  const operator = await openReview(openWindow, '/admin/reviews');
  await main(operator).getByRole('link', { name: title, exact: true }).click();
  await expect(heading(operator, title)).toBeVisible();
  await alive(operator);
  await main(operator).getByText('Return it with remarks').click();
  await main(operator).getByLabel('What has to change').fill('Say how long the battery lasts.');
  await main(operator).getByRole('button', { name: 'Return it', exact: true }).click();
  await expect(heading(operator, 'Reviews')).toBeVisible();

  await visit(page, address);
  await expect(main(page).getByText('Say how long the battery lasts.').first()).toBeVisible();
  await openLetter(page, person.email, new RegExp(title));
  await visit(page, address);
  await openPart(page, 'Story');
  await main(page).getByLabel('Story', { exact: true }).fill('It lasts for **ten hours**.');
  await save(page);
  await expect(main(page).getByRole('article').getByText('ten hours')).toBeVisible();
  await visit(page, address);
  await submitDraft(page);

  await visit(operator, address);
  await approve(operator);
  await visit(page, address);
  await expect(main(page).getByText('Your campaign is approved.')).toBeVisible();
  await main(page).getByRole('button', { name: 'Launch now' }).click();
  await expect(main(page).getByText('pledged of €1,500')).toBeVisible();

  await visit(stranger, `/campaigns/${slug}`);
  await expect(heading(stranger, title)).toBeVisible();
  await expect(main(stranger).getByText('ten hours')).toBeVisible();
  const picture = main(stranger).getByRole('img', { name: shows });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image: HTMLImageElement) => image.currentSrc)).toMatch(/\/media\/[0-9a-f-]{36}\//);
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await expect(main(stranger).getByRole('heading', { name: 'The lamp' })).toBeVisible();
  await visit(stranger, `/campaigns/${slug}/pledge`);
  await expect(main(stranger).getByRole('radio', { name: /^A thank-you/ })).toBeVisible();

  // What backers rely on is fixed from here on, and the history tells it all.
  await visit(page, `${address}/funding`);
  await expect(main(page).getByLabel('Goal', { exact: true })).toHaveAccessibleDescription(/fixed since the launch/);
  await visit(page, address);
  const history = main(page).getByRole('region', { name: 'History' });
  for (const step of ['Launched', 'Approved', 'Returned with remarks', 'Sent for review']) {
    await expect(history.getByText(step, { exact: true }).first()).toBeVisible();
  }
});

test('who is not signed in reads what is asked, signs in, and comes back', async ({ openWindow }) => {
  const { person } = await openCreator(openWindow);
  const page = await openWindow();
  await visit(page, '/');
  await page.getByRole('contentinfo').getByRole('link', { name: 'Studio' }).click();
  await expect(heading(page, 'Please sign in first')).toBeVisible();
  await visit(page, '/start');
  await expect(main(page).getByText('What is asked of you')).toBeVisible();
  await main(page).getByRole('link', { name: 'Sign in' }).click();
  await expect(heading(page, 'Sign in')).toBeVisible();
  await signIn(page, person);
  await expect(main(page).getByRole('button', { name: 'Make the draft' })).toBeVisible();
});

test('rewards are ordered, duplicated and deleted', async ({ openWindow }) => {
  test.slow();
  const { page } = await openCreator(openWindow);
  await startDraft(page, uniqueTitle('Two rewards'));
  await openPart(page, 'Rewards');
  await addReward(page, { title: 'Large', price: '50' });
  await addReward(page, { title: 'Small', price: '5' });
  const rewards = main(page).getByRole('region', { name: 'Rewards' });
  const titles = rewards.getByRole('listitem').getByRole('link');
  await expect(titles).toHaveText(['Large', 'Small']);

  await rewards.getByRole('button', { name: 'Move up Small' }).click();
  await expect(titles).toHaveText(['Small', 'Large']);
  await alive(page);
  await rewards.getByRole('button', { name: 'Duplicate Small' }).click();
  await expect(titles).toHaveCount(3);
  await alive(page);
  await rewards.getByRole('button', { name: 'Delete Large' }).click();
  await expect(titles).toHaveCount(2);
  await expect(rewards.getByRole('button', { name: 'Delete Large' })).toHaveCount(0);
});

test('a campaign is called off after a second look, and its reason is public', async ({ openWindow }) => {
  test.slow();
  const { page } = await openCreator(openWindow);
  const address = await startDraft(page, uniqueTitle('Soon called off'));
  await complete(page);
  await submitDraft(page);
  await approve(await openReview(openWindow, address));
  await visit(page, address);
  await main(page).getByRole('button', { name: 'Launch now' }).click();
  await expect(main(page).getByText('pledged of €1,500')).toBeVisible();
  await alive(page);

  await main(page).getByText('Cancel the campaign', { exact: true }).click();
  await main(page).getByLabel('Reason').first().fill('The workshop has burnt down.');
  await main(page).getByRole('button', { name: 'Yes, cancel the campaign' }).click();
  const sure = main(page).getByRole('checkbox', { name: 'I want to end this campaign' });
  await expect(sure).toHaveAccessibleDescription(/confirm that you mean it/);
  await expect(main(page).getByLabel('Reason').first()).toHaveValue('The workshop has burnt down.');
  await alive(page);
  await sure.check();
  await main(page).getByRole('button', { name: 'Yes, cancel the campaign' }).click();
  await expect(main(page).getByText('Cancelled by its creator').first()).toBeVisible();

  const stranger = await openWindow();
  await visit(stranger, address.replace('/studio/', '/campaigns/'));
  await expect(main(stranger).getByText('The workshop has burnt down.')).toBeVisible();
});

test('an operator stops a campaign with a reason, and lets it go on', async ({ openWindow }) => {
  test.slow();
  const { page } = await openCreator(openWindow);
  const address = await startDraft(page, uniqueTitle('Stopped for a while'));
  await complete(page);
  await submitDraft(page);
  const operator = await openReview(openWindow, address);
  await approve(operator);
  await visit(page, address);
  await main(page).getByRole('button', { name: 'Launch now' }).click();
  await expect(main(page).getByText('pledged of €1,500')).toBeVisible();

  await visit(operator, address);
  await main(operator).getByText('Suspend the campaign', { exact: true }).click();
  await main(operator).getByLabel('Reason').first().fill('Its pictures belong to somebody else.');
  await main(operator).getByRole('button', { name: 'Yes, suspend it' }).click();
  await expect(main(operator).getByText('Let it go on', { exact: true })).toBeVisible();
  const stranger = await openWindow();
  await visit(stranger, address.replace('/studio/', '/campaigns/'));
  await expect(main(stranger).getByText('Its pictures belong to somebody else.')).toBeVisible();

  await visit(operator, address);
  await main(operator).getByText('Let it go on', { exact: true }).click();
  await main(operator).getByLabel('Reason').first().fill('They were licensed.');
  await main(operator).getByRole('button', { name: 'Yes, let it go on' }).click();
  await expect(main(operator).getByText('Suspend the campaign', { exact: true })).toBeVisible();
});
