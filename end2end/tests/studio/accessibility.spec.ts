// Each page of the studio by day and by night, and on a phone of 360 px in the
// longer language.

import { expect, test, visit } from '../../fixtures';
import { signInAsOperator } from '../../support/account';
import { openStill, violations } from '../../support/axe';
import { addReward, main, openCreator, openPart, saveRefused, startDraft, uniqueTitle } from '../../support/studio';
import type { Page } from '@playwright/test';

test.use({ refusals: [401, 409, 422] });

const PARTS = ['', '/basics', '/funding', '/schedule', '/story', '/rewards', '/rewards?reward=new', '/identity', '/preview', '/people'];

test('accessible: the way in, signed out', async ({ openWindow }) => {
  const page = await openStill(openWindow);
  await visit(page, '/start');
  expect(await violations(page)).toEqual([]);
});

test('accessible: the studio and every part of a draft', async ({ openWindow }) => {
  test.slow();
  const { page: creator } = await openCreator(openWindow);
  const empty = await still(openWindow, creator);
  await visit(empty, '/studio');
  expect(await violations(empty), 'no campaign yet').toEqual([]);
  const address = await startDraft(creator, uniqueTitle('Looked at'));
  await openPart(creator, 'Rewards');
  await addReward(creator, { title: 'One', price: '5' });
  await addReward(creator, { title: 'Two', price: '15' });

  const page = await still(openWindow, creator);
  for (const path of ['/start', '/studio', ...PARTS.map(part => `${address}${part}`)]) {
    await visit(page, path);
    expect(await violations(page), path).toEqual([]);
  }
  await visit(page, `${address}/funding`);
  await main(page).getByLabel('Goal', { exact: true }).fill('ten');
  await saveRefused(page);
  expect(await violations(page), 'a refused form').toEqual([]);
});

test('accessible: the operator’s reviews', async ({ openWindow }) => {
  const page = await openStill(openWindow);
  await signInAsOperator(page);
  await visit(page, '/admin/reviews');
  expect(await violations(page)).toEqual([]);
});

test('no sideways scroll at 360 px in the studio', async ({ openWindow }) => {
  test.slow();
  const { page: creator } = await openCreator(openWindow);
  const address = await startDraft(creator, uniqueTitle('Narrow'));
  await openPart(creator, 'Rewards');
  await addReward(creator, { title: 'A reward with quite a long title, as some have', price: '5' });
  const storageState = await creator.context().storageState();
  for (const locale of ['en-GB', 'fr-FR']) {
    const page = await openWindow({ storageState, locale, viewport: { width: 360, height: 740 } });
    for (const path of ['/start', '/studio', ...PARTS.map(part => `${address}${part}`)]) {
      await visit(page, path);
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(over, `${path} in ${locale}`).toBe(0);
    }
  }
});

/** A window of the same person in which nothing moves. */
async function still(openWindow: Parameters<typeof openStill>[0], page: Page): Promise<Page> {
  return openStill(openWindow, { storageState: await page.context().storageState() });
}
