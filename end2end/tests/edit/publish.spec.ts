// What is published on a live campaign is on every visitor's open page within moments,
// without moving what they read, and in the history.

import { expect, fixtureCampaign, hasWasm, server, test, visit } from '../../fixtures';
import { signInAsOperator } from '../../support/account';
import { addBlock, openEditor, publish, sameAgain, saved, texts } from '../../support/edit';
import { pasteText } from '../../support/picture';
import { main, uniqueTitle } from '../../support/studio';
import type { Page } from '@playwright/test';

/** A second is promised; a machine that runs two browsers and four servers may take three. */
const MOST_LAG = 3_000;
/** Scrolling knows whole pixels, texts do not. */
const A_PIXEL = 2;

/** Notes when something is clicked next. */
async function noteClick(page: Page): Promise<void> {
  await page.evaluate(() => {
    const clicked = new Promise<number>(resolve => {
      addEventListener('click', () => resolve(Date.now()), { capture: true, once: true });
    });
    Object.assign(window, { clicked });
  });
}

/** Notes when the story says these words, without a look at it from here. */
async function noteWords(page: Page, words: string): Promise<void> {
  await page.evaluate(words => {
    const seen = new Promise<number>(resolve => {
      const observer = new MutationObserver(() => {
        if (document.querySelector('.story')?.textContent?.includes(words)) {
          observer.disconnect();
          resolve(Date.now());
        }
      });
      observer.observe(document.body, { childList: true, characterData: true, subtree: true });
    });
    Object.assign(window, { seen });
  }, words);
}

/** When what was noted happened. */
function noted(page: Page, what: 'clicked' | 'seen'): Promise<number> {
  return page.evaluate(what => (window as unknown as Record<string, Promise<number>>)[what] ?? 0, what);
}

test('a visitor reads what is published, without a reload and without a jump', async ({ openWindow, request }) => {
  test.skip(!hasWasm(), 'writing on the page needs scripts');
  test.slow();
  const slug = await fixtureCampaign(request, server('sqlite'), 'bar', 'published');
  const [news, read] = [uniqueTitle('News for everybody'), uniqueTitle('Read meanwhile')];
  const editor = await openWindow();
  await signInAsOperator(editor);
  await openEditor(editor, slug);
  await addBlock(editor, 'Text');
  // So much that the start of the story is out of sight where its end is read.
  const words = 'Everything else is thrown away, and this can be mended. '.repeat(6);
  const paragraphs = [...Array.from({ length: 15 }, () => words), `${read}: ${words}`];
  const html = paragraphs.map(paragraph => `<p>${paragraph}</p>`).join('');
  await expect(texts(editor, 'Text').last()).toBeFocused();
  await pasteText(texts(editor, 'Text').last(), 'text/html', html);
  await expect(texts(editor, 'Text').filter({ hasText: read })).toHaveCount(1);
  await saved(editor);
  await publish(editor);

  const visitor = await openWindow();
  await visit(visitor, `/campaigns/${slug}`);
  await openEditor(editor, slug);
  await editor.getByRole('textbox', { name: 'Title', exact: true }).click();
  await editor.keyboard.press('Control+End');
  await editor.keyboard.type(', again');
  await texts(editor, 'Text').first().click();
  await editor.keyboard.press('Control+End');
  await editor.keyboard.press('Enter');
  await editor.keyboard.type(`${news}. ${words}`);
  await saved(editor);

  // Visitors read what was published before, until it is published.
  await visitor.bringToFront();
  await expect(main(visitor).getByText(news)).toHaveCount(0);
  const first = await visitor.locator('.story > *').first().elementHandle();
  const paragraph = main(visitor).getByText(read);
  await paragraph.evaluate(element => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
  const place = () => paragraph.evaluate(element => element.getBoundingClientRect().top);
  const scrolled = () => visitor.evaluate(() => scrollY);
  const [placeBefore, scrolledBefore] = [await place(), await scrolled()];
  await noteWords(visitor, news);

  await editor.bringToFront();
  await editor.getByText('Publish…').click();
  await expect(editor.getByText(/^Changes: the title, blocks added: 1\.$/)).toBeVisible();
  await expect(editor.getByRole('button', { name: 'Publish now' })).toBeVisible();
  await noteClick(editor);
  await editor.getByRole('button', { name: 'Publish now' }).click();
  await expect(editor.getByText('It is published.').first()).toBeVisible();

  await visitor.bringToFront();
  await expect(main(visitor).getByText(news)).toBeAttached({ timeout: 5_000 });
  const lag = (await noted(visitor, 'seen')) - (await noted(editor, 'clicked'));
  console.log(`from the click to a visitor's page: ${lag} ms`);
  expect(lag).toBeLessThan(MOST_LAG);
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText(/, again$/);
  expect(await first?.evaluate(element => element.isConnected), 'what did not change is the same element').toBe(true);

  // There is more above it now, and it stands where it stood.
  await expect.poll(async () => Math.abs((await place()) - placeBefore)).toBeLessThanOrEqual(A_PIXEL);
  await expect.poll(scrolled).toBeGreaterThan(scrolledBefore);

  await editor.bringToFront();
  await editor.getByRole('link', { name: 'History' }).click();
  await expect(editor.getByRole('heading', { level: 1, name: /^History of/ })).toBeVisible();
  await expect(main(editor).locator('ins').filter({ hasText: news })).toBeVisible();
});

test('what another one types after it was looked at is not published with it', async ({ openWindow, request }) => {
  test.skip(!hasWasm(), 'writing on the page needs scripts');
  test.slow();
  const slug = await fixtureCampaign(request, server('sqlite'), 'bar', 'looked-at');
  const editor = await openWindow();
  await signInAsOperator(editor);
  await openEditor(editor, slug);
  await addBlock(editor, 'Text');
  await editor.keyboard.type('News for everybody.');
  await saved(editor);
  const other = await sameAgain(openWindow, editor);
  await openEditor(other, slug);
  await editor.bringToFront();
  await editor.getByText('Publish…').click();
  await expect(editor.getByText(/^Changes: blocks added: 1\.$/)).toBeVisible();
  await other.bringToFront();
  await texts(other, 'Text').last().click();
  await other.keyboard.press('Control+End');
  await other.keyboard.type(' And the ne');
  await saved(other);
  await editor.bringToFront();
  await expect(texts(editor, 'Text').last()).toHaveText('News for everybody. And the ne');
  await editor.getByRole('button', { name: 'Publish now' }).click();
  await expect(editor.getByText('It is published.').first()).toBeVisible();

  const visitor = await openWindow();
  await visit(visitor, `/campaigns/${slug}`);
  await expect(main(visitor).getByText('News for everybody.', { exact: true })).toBeVisible();
  await expect(main(visitor).getByText('And the ne')).toHaveCount(0);
  // And it is not lost.
  await editor.bringToFront();
  await openEditor(editor, slug);
  await editor.getByText('Publish…').click();
  await expect(editor.getByText(/^Changes: blocks changed: 1\.$/)).toBeVisible();
});
