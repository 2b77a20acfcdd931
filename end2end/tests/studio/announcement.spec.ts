// A campaign that is announced before its launch: read by anyone, waited for by who
// wants to, and one letter when it starts.

import { alive, awaitLetter, expect, heading, openLetter, test, uniqueEmail, visit } from '../../fixtures';
import { openStill, violations } from '../../support/axe';
import {
  approve,
  complete,
  main,
  openCreator,
  openPart,
  openReview,
  startDraft,
  submitDraft,
  uniqueTitle,
} from '../../support/studio';

test.use({ refusals: [401, 404, 422] });

test('who wants to know confirms an address and gets one letter at the launch', async ({ openWindow }) => {
  test.slow();
  const { page: owner } = await openCreator(openWindow);
  const title = uniqueTitle('Soon to come');
  const address = await startDraft(owner, title);
  await complete(owner);
  const slug = address.split('/').pop() ?? '';
  const reader = await openWindow();
  await visit(reader, `/coming/${slug}`, 404);
  await openPart(owner, 'Preview');
  await main(owner).getByRole('button', { name: 'Switch it on' }).click();
  await expect(main(owner).getByText('The announcement is on.')).toBeVisible();

  await visit(reader, `/coming/${slug}`);
  await expect(heading(reader, title)).toBeVisible();
  await expect(main(reader).getByText('0 people want to know.')).toBeVisible();
  await main(reader).getByRole('button', { name: 'Tell me when it starts' }).click();
  await expect(main(reader).getByLabel('E-mail')).toHaveAttribute('aria-invalid', 'true');
  await alive(reader);
  const email = uniqueEmail('watcher');
  await main(reader).getByLabel('E-mail').fill(email);
  await main(reader).getByRole('button', { name: 'Tell me when it starts' }).click();
  await expect(main(reader).getByText('Look into your mailbox')).toBeVisible();
  const letter = await openLetter(reader, email, new RegExp(title));
  await letter.getByRole('link', { name: /\/announcement\?/ }).click();
  await expect(heading(reader, `A letter at the launch of ${title}`)).toBeVisible();
  await alive(reader);
  const asking = new URL(reader.url());
  const looked = await openStill(openWindow);
  await visit(looked, asking.pathname + asking.search);
  expect(await violations(looked), 'before the answer').toEqual([]);
  await main(reader).getByRole('button', { name: 'Yes, tell me' }).click();
  await expect(main(reader).getByText('You are on the list.')).toBeVisible();
  await visit(reader, `/coming/${slug}`);
  await expect(main(reader).getByText('1 person wants to know.')).toBeVisible();

  // Somebody with an account has nothing to confirm, and may think better of it.
  const { page: member } = await openCreator(openWindow);
  await visit(member, `/coming/${slug}`);
  await main(member).getByRole('button', { name: 'Tell me when it starts' }).click();
  await expect(main(member).getByText('You get a letter at the launch.')).toBeVisible();
  await alive(member);
  await main(member).getByRole('button', { name: 'No letter, please' }).click();
  await expect(heading(member, 'No letter will come')).toBeVisible();

  const still = await openStill(openWindow);
  await visit(still, `/coming/${slug}`);
  expect(await violations(still)).toEqual([]);

  await visit(owner, address);
  await submitDraft(owner);
  await approve(await openReview(openWindow, address));
  await visit(owner, address);
  await main(owner).getByRole('button', { name: 'Launch now' }).click();
  await expect(main(owner).getByText('pledged of €1,500')).toBeVisible();
  const opens = await awaitLetter(reader, email, /has started/);
  await expect(opens).toContainText(`/campaigns/${slug}`);
  await visit(reader, `/coming/${slug}`);
  await expect(reader).toHaveURL(new RegExp(`/campaigns/${slug}$`));
});
