// Changes of a live page that are looked at before they are published: at a time, by
// another one's yes, and refused where the campaign has come to a stop meanwhile.

import { awaitLetter, expect, hasWasm, heading, test, visit, OPERATOR } from '../../fixtures';
import { violations } from '../../support/axe';
import { move } from '../../support/clock';
import { addBlock, openEditor, saved } from '../../support/edit';
import { launch } from '../../support/launched';
import { OwnServer } from '../../support/own-server';
import { main } from '../../support/studio';
import { alive } from '../../support/visit';
import type { OpenWindow } from '../../fixtures';
import type { Page } from '@playwright/test';

test.skip(() => !hasWasm(), 'writing on the page needs scripts');
test.describe.configure({ timeout: 180_000 });
test.use({ refusals: [422] });

/** The clock's rounds are a second apart. */
const SOON = { timeout: 30_000 };
const HOUR = 60 * 60;

/** Writes a paragraph below the story, which nobody reads yet. */
async function write(page: Page, slug: string, words: string): Promise<void> {
  await openEditor(page, slug);
  await addBlock(page, 'Text');
  await page.keyboard.type(words);
  await saved(page);
}

/** Opens the changes from the editor. */
async function look(page: Page): Promise<void> {
  await page.getByText('Publish…').click();
  await page.getByRole('link', { name: /^Preview, plan/ }).click();
  await expect(heading(page, /^Changes: /)).toBeVisible();
  await alive(page);
}

/** Has what is written published in two hours. */
async function schedule(page: Page): Promise<void> {
  const form = main(page).getByRole('region', { name: 'Publish it at a time' });
  await expect(form).toContainText('By the clock of UTC');
  const [date, time] = new Date(Date.now() + 2 * HOUR * 1_000).toISOString().split('T');
  await form.getByLabel('Date').fill(date ?? '');
  await form.getByLabel('Time').fill((time ?? '').slice(0, 5));
  await form.getByRole('button', { name: 'Publish it then' }).click();
  await expect(main(page).getByText(/^It is published on /)).toBeVisible();
}

/** A test with a clock that it may move: elsewhere other tests wait for deadlines. */
function onAServerOfItsOwn(name: string, body: (own: { openWindow: OpenWindow; url: string }) => Promise<void>): void {
  test(name, async ({ browser }) => {
    test.skip(test.info().project.name !== 'wasm', 'one clock is moved once');
    const server = await OwnServer.start();
    try {
      await body({ openWindow: server.windowsIn(browser), url: server.url });
    } finally {
      await server.forget();
    }
  });
}

onAServerOfItsOwn('what is scheduled is published at its time, as it was then', async ({ openWindow, url }) => {
  const { creator, operator, slug } = await launch(openWindow, 'News at noon');
  await write(creator, slug, 'News for noon.');
  await look(creator);
  const marked = main(creator).locator('.marked[data-change="new"]');
  await expect(marked).toContainText('News for noon.');
  await expect(marked).toContainText('New');
  expect(await violations(creator)).toEqual([]);
  const form = main(creator).getByRole('region', { name: 'Publish it at a time' });
  await form.getByLabel('Date').fill('2020-01-01');
  await form.getByLabel('Time').fill('12:00');
  await form.getByRole('button', { name: 'Publish it then' }).click();
  await expect(form.getByLabel('Date')).toHaveAttribute('aria-invalid', 'true');
  await schedule(creator);

  // Taken back and wanted again, and what is written afterwards waits for another time.
  await main(creator).getByRole('button', { name: 'Take it back' }).click();
  await expect(main(creator).getByText(/^It is published on /)).toHaveCount(0);
  await alive(creator);
  await schedule(creator);
  await write(creator, slug, 'Unseen.');
  await expect(main(creator).getByText(/^It is published on /)).toBeVisible();

  const visitor = await openWindow();
  await visit(visitor, `/campaigns/${slug}`);
  await move(operator, HOUR, url);
  // A round of the clock's that comes an hour early; the visitor's page shows what it publishes.
  await visit(visitor, `/campaigns/${slug}`);
  await expect(main(visitor).getByText('News for noon.')).toHaveCount(0);
  await move(operator, HOUR, url);
  await expect(main(visitor).getByText('News for noon.')).toBeVisible(SOON);
  await expect(main(visitor).getByText('Unseen.')).toHaveCount(0);
  await openEditor(creator, slug);
  await expect(main(creator).getByText(/^It is published on /)).toHaveCount(0);
});

test('another one returns the changes, and then says yes', async ({ openWindow }) => {
  const { creator, person, operator, title, slug } = await launch(openWindow, 'Asked twice');
  await write(creator, slug, 'To be approved.');
  await look(creator);
  const ask = async () => {
    const form = main(creator).getByRole('region', { name: 'Ask somebody else to approve it' });
    await form.getByRole('button', { name: 'Ask for approval' }).click();
    await expect(main(creator).getByText(/asks for approval/)).toBeVisible();
    await expect(main(creator).getByRole('button', { name: 'Approve' })).toHaveCount(0);
  };
  await ask();
  await awaitLetter(operator, OPERATOR.email, new RegExp(`Changes of ${title}`));
  await visit(operator, `/campaigns/${slug}/edit/changes`);
  await expect(main(operator).locator('.marked')).toContainText('To be approved.');
  await main(operator).getByRole('button', { name: 'Return with a remark' }).click();
  await expect(main(operator).getByLabel('What should be different')).toHaveAttribute('aria-invalid', 'true');
  await alive(operator);
  await main(operator).getByLabel('What should be different').fill('Say when.');
  await main(operator).getByRole('button', { name: 'Return with a remark' }).click();
  await expect(main(operator).getByText(/has returned the changes/)).toBeVisible();

  await awaitLetter(creator, person.email, new RegExp(`Your changes of ${title} were returned`));
  await openEditor(creator, slug);
  await expect(main(creator).getByText('Say when.')).toBeVisible();
  await look(creator);
  await ask();
  const visitor = await openWindow();
  await visit(visitor, `/campaigns/${slug}`);
  await visit(operator, `/campaigns/${slug}/edit/changes`);
  await main(operator).getByRole('button', { name: 'Approve' }).click();
  await expect(main(operator).getByText('Nothing waits to be published')).toBeVisible();
  await visitor.bringToFront();
  await expect(main(visitor).getByText('To be approved.')).toBeVisible({ timeout: 10_000 });
});

onAServerOfItsOwn('what the policy locks by then is refused whole, and nothing is lost', async ({ openWindow, url }) => {
  const { creator, person, operator, title, slug, address } = await launch(openWindow, 'Stopped in time');
  await write(creator, slug, 'Never published.');
  await look(creator);
  await schedule(creator);
  await visit(operator, address);
  await main(operator).getByText('Suspend the campaign', { exact: true }).click();
  await main(operator).getByLabel('Reason').first().fill('Somebody has to look first.');
  await main(operator).getByRole('button', { name: 'Yes, suspend it' }).click();
  await expect(main(operator).getByText('Let it go on', { exact: true })).toBeVisible();

  await move(operator, 2 * HOUR, url);
  await expect(async () => {
    await visit(creator, `/campaigns/${slug}/edit/changes`);
    await expect(main(creator).getByText('The changes could not be published')).toBeVisible({ timeout: 1_000 });
  }).toPass(SOON);
  await expect(main(creator).getByText(/The campaign is suspended/)).toBeVisible();
  await expect(main(creator).locator('.marked')).toContainText('Never published.');
  await awaitLetter(creator, person.email, new RegExp(`Your changes of ${title} could not be published`));
  const visitor = await openWindow();
  await visit(visitor, `/campaigns/${slug}`);
  await expect(main(visitor).getByText('Never published.')).toHaveCount(0);
});
