// The history of a campaign that runs: any two versions side by side, and the way back to
// one of them, which visitors read once it is published; and what is changed beside them.

import { alive, expect, fixtureCampaign, heading, server, test, visit } from '../../fixtures';
import { signInAsOperator } from '../../support/account';
import { addBlock, openEditor, publish, saved, texts } from '../../support/edit';
import { launch } from '../../support/launched';
import { addReward, main, openPart, save, uniqueTitle } from '../../support/studio';
import type { Page } from '@playwright/test';

test.beforeEach(() => test.skip(test.info().project.name !== 'wasm', 'it is told once'));

/** Publishes one paragraph more. */
async function publishMore(page: Page, slug: string, words: string): Promise<void> {
  await openEditor(page, slug);
  await addBlock(page, 'Text');
  await page.keyboard.type(words);
  await saved(page);
  await publish(page);
}

/** Chooses two versions in the history, and looks at them. */
async function compare(page: Page, from: number | string, to: number | string): Promise<void> {
  await main(page).getByRole('radio', { name: `Compare from version ${from}`, exact: true }).check();
  await main(page).getByRole('radio', { name: `Compare to version ${to}`, exact: true }).check();
  await main(page).getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page).toHaveURL(
    url => url.searchParams.get('from') === String(from) && url.searchParams.get('to') === String(to),
  );
  await alive(page);
}

test('two versions are compared, and visitors read the one that is gone back to', async ({ openWindow, request }) => {
  test.slow();
  const slug = await fixtureCampaign(request, server('sqlite'), 'bar', 'restored');
  const [one, two] = [uniqueTitle('On the first day'), uniqueTitle('On the second day')];
  const editor = await openWindow();
  await signInAsOperator(editor);
  await publishMore(editor, slug, one);
  await publishMore(editor, slug, two);
  const visitor = await openWindow();
  await visit(visitor, `/campaigns/${slug}`);
  await expect(main(visitor).getByText(two)).toBeVisible();

  await editor.bringToFront();
  await visit(editor, `/campaigns/${slug}/edit/history`);
  await expect(heading(editor, /^History of/)).toBeVisible();
  const line = main(editor).getByRole('rowheader').first();
  await expect(line).toHaveText(/^Version \d+$/);
  const newest = Number(((await line.textContent()) ?? '').replace('Version ', ''));
  expect(newest, 'the launch, and two publications').toBeGreaterThanOrEqual(3);

  // The version before both: each of them is new, on the side of the newest.
  await compare(editor, newest - 2, newest);
  const both = main(editor).getByRole('region', { name: 'Both versions side by side' });
  await expect(both.getByRole('heading', { level: 2 })).toHaveText([`Version ${newest - 2}`, `Version ${newest}`]);
  for (const words of [one, two]) {
    await expect(both.locator('ins').filter({ hasText: words })).toHaveCount(1);
  }

  // The one between: it says the first already, on both sides.
  await compare(editor, newest - 1, newest);
  await expect(both.getByRole('heading', { level: 2 })).toHaveText([`Version ${newest - 1}`, `Version ${newest}`]);
  await expect(both.locator('ins').filter({ hasText: two })).toHaveCount(1);
  await expect(both.locator('ins').filter({ hasText: one })).toHaveCount(0);
  await expect(both.getByText(one)).toHaveCount(2);

  // The newest is the one there is, so that there is one way back. It is one of the texts.
  await expect(both.getByText('The picture, the rewards and the facts stay as they are now')).toBeVisible();
  await both.getByRole('button', { name: 'Go back to this version' }).click();
  await expect(editor).toHaveURL(new RegExp(`/edit\\?restored=${newest - 1}$`));
  await saved(editor);
  await expect(texts(editor, 'Text').filter({ hasText: one })).toHaveCount(1);
  await expect(texts(editor, 'Text').filter({ hasText: two })).toHaveCount(0);
  await visitor.bringToFront();
  await expect(main(visitor).getByText(two), 'nobody else sees it yet').toBeVisible();

  await publish(editor);
  await visitor.bringToFront();
  await expect(main(visitor).getByText(two)).toHaveCount(0);
  await expect(main(visitor).getByText(one)).toBeVisible();
  await visit(editor, `/campaigns/${slug}/edit/history`);
  await expect(main(editor).getByRole('rowheader').first()).toHaveText(`Version ${newest + 1}`);
  await expect(main(editor).getByRole('row').nth(1)).toContainText('Operator of the demonstration');
});

test('what is changed beside the texts stands in the history, and is compared', async ({ openWindow }) => {
  test.setTimeout(180_000);
  const { creator, slug, address } = await launch(openWindow, 'Beside');
  await visit(creator, address);
  await openPart(creator, 'Basics');
  await expect(main(creator).getByText('Saved changes are public at once').first()).toBeVisible();
  await main(creator).getByLabel('Category', { exact: true }).selectOption('Crafts');
  await save(creator);
  await openPart(creator, 'Rewards');
  await addReward(creator, { title: 'A second lamp', price: '80' });

  await visit(creator, `/campaigns/${slug}/edit/history`);
  await expect(main(creator).getByRole('rowheader')).toHaveText(['Version 1.2', 'Version 1.1', 'Version 1']);
  await expect(main(creator).getByRole('row').nth(1)).toContainText('Changes: the rewards.');
  await expect(main(creator).getByRole('row').nth(2)).toContainText('Changes: the category.');
  const both = main(creator).getByRole('region', { name: 'Both versions side by side' });
  await compare(creator, 1, '1.2');
  await expect(both.getByRole('heading', { level: 2 })).toHaveText(['Version 1', 'Version 1.2']);
  await expect(both.locator('del')).toHaveText(['Design']);
  await expect(both.locator('ins').filter({ hasText: 'Crafts' })).toHaveCount(1);
  await expect(both.locator('ins').filter({ hasText: 'A second lamp' })).toHaveCount(1);
  await expect(both.getByRole('button'), 'the texts are those there are').toHaveCount(0);

  const visitor = await openWindow();
  await visit(visitor, `/campaigns/${slug}/changes`);
  const beside = main(visitor).getByRole('region', { name: 'The picture, the rewards and the facts' });
  await expect(beside).toContainText('The category is now: Crafts.');
  await expect(beside).toContainText('The reward “A second lamp” is new.');
});
