// A section whose answer comes late, when its creator has gone on: it is saved, and leads
// nobody back.

import { expect, hasWasm, heading, test, visit } from '../../fixtures';
import { main, openCreator, openPart, startDraft, uniqueTitle } from '../../support/studio';
import type { Page } from '@playwright/test';

test.skip(() => !hasWasm(), 'without scripts the browser goes to one page at a time');

/** Holds the answer of one server function back until it is let go. */
async function holdBack(page: Page, name: string): Promise<() => Promise<void>> {
  let letGo = (): void => {};
  const gone = new Promise<void>(resolve => {
    letGo = resolve;
  });
  const address = `**/api/fn/${name}`;
  await page.route(address, async route => {
    await gone;
    await route.continue();
  });
  return async () => {
    const answered = page.waitForResponse(address);
    letGo();
    await (await answered).finished();
    // The router would follow the answer in the next frame.
    await page.evaluate(async () => {
      for (let frames = 0; frames < 20; frames += 1) {
        await new Promise(requestAnimationFrame);
      }
    });
  };
}

test('an answer that comes late leads nobody back', async ({ openWindow }) => {
  const { page } = await openCreator(openWindow);
  const address = await startDraft(page, uniqueTitle('Saved late'));
  await openPart(page, 'Story');
  const letGo = await holdBack(page, 'studio/save-story');
  await main(page).getByLabel('Story', { exact: true }).fill('Saved while nobody looked.');
  const asked = page.waitForRequest('**/api/fn/studio/save-story');
  await main(page).getByRole('button', { name: 'Save', exact: true }).click();
  await asked;
  await openPart(page, 'Funding');
  await letGo();
  expect(new URL(page.url()).pathname).toBe(`${address}/funding`);
  await expect(heading(page, 'Funding')).toBeVisible();
  await visit(page, `${address}/story`);
  await expect(main(page).getByLabel('Story', { exact: true })).toHaveValue('Saved while nobody looked.');
});

test('an answer is followed where it was asked for, however late', async ({ openWindow }) => {
  const { page } = await openCreator(openWindow);
  await startDraft(page, uniqueTitle('Waited for'));
  await openPart(page, 'Story');
  const letGo = await holdBack(page, 'studio/save-story');
  await main(page).getByLabel('Story', { exact: true }).fill('Waited for.');
  const asked = page.waitForRequest('**/api/fn/studio/save-story');
  await main(page).getByRole('button', { name: 'Save', exact: true }).click();
  await asked;
  await letGo();
  await expect(page).toHaveURL(/\/story\?saved=1$/);
});
