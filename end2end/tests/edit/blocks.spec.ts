// The blocks of a story: made, changed, moved and pasted, with the keyboard alone.

import { expect, hasWasm, test, visit } from '../../fixtures';
import { addBlock, openEditor, saved, texts } from '../../support/edit';
import { main, openCreator, startDraft, uniqueTitle } from '../../support/studio';
import type { OpenWindow } from '../../fixtures';

async function draft(openWindow: OpenWindow) {
  const { page } = await openCreator(openWindow);
  const path = await startDraft(page, uniqueTitle('Blocks'));
  return { page, slug: path.split('/').pop() ?? '' };
}

test('without scripts the editor leads to the form', async ({ openWindow }) => {
  test.skip(hasWasm(), 'with scripts it is the editor');
  const { page, slug } = await draft(openWindow);
  await visit(page, `/campaigns/${slug}/edit`);
  await main(page).getByRole('link', { name: 'Write the story in a form instead' }).click();
  await expect(main(page).getByLabel('Story', { exact: true })).toBeVisible();
});

test('a story is written without a mouse, and is there after a reload', async ({ openWindow }) => {
  test.skip(!hasWasm(), 'it needs scripts');
  test.slow();
  const { page, slug } = await draft(openWindow);
  await openEditor(page, slug);
  await page.getByRole('button', { name: 'Add a block' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('## Why');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Because everything else is thrown away.');
  await page.keyboard.press('Enter');
  await page.keyboard.type('- one');
  await page.keyboard.press('Enter');
  await page.keyboard.type('two');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('/quo');
  await expect(page.getByRole('option')).toHaveText(['Quote']);
  await page.keyboard.press('Enter');
  await page.keyboard.type('It lasts.');
  await saved(page);
  await page.reload();
  const story = page.getByRole('article', { name: 'Story' });
  await expect(story.getByRole('heading', { name: 'Why' })).toBeVisible();
  await expect(texts(page, 'List').locator('li')).toHaveText(['one', 'two']);
  await expect(story.locator('blockquote')).toHaveText('It lasts.');

  await texts(page, 'Quote').click();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.locator('.edit-block').nth(2)).toContainText('It lasts.');
  await saved(page);
});

test('a selection is made bold and taken back', async ({ openWindow }) => {
  test.skip(!hasWasm(), 'it needs scripts');
  const { page, slug } = await draft(openWindow);
  await openEditor(page, slug);
  await addBlock(page, 'Text');
  await page.keyboard.type('A lamp.');
  await page.keyboard.press('Shift+Control+ArrowLeft');
  await page.keyboard.press('Control+b');
  await expect(texts(page, 'Text').locator('strong')).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(texts(page, 'Text').locator('strong')).toHaveCount(0);
  await expect(texts(page, 'Text')).toHaveText('A lamp.');
});

test('what is pasted from a word processor lands clean', async ({ openWindow }) => {
  test.skip(!hasWasm(), 'it needs scripts');
  const { page, slug } = await draft(openWindow);
  await openEditor(page, slug);
  await addBlock(page, 'Text');
  await texts(page, 'Text').evaluate(text => {
    const data = new DataTransfer();
    data.setData(
      'text/html',
      '<style>p{color:red}</style><h1 onclick="x()">Why</h1>' +
        '<p class="MsoNormal" style="color:red">It is <b>good</b>.<img src="x" onerror="window.bad=1"></p>' +
        '<ul><li>one</li><li>two <script>window.bad = 1</script></li></ul>' +
        '<p><a href="javascript:alert(1)">no link</a></p>',
    );
    text.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  const story = page.getByRole('article', { name: 'Story' });
  await expect(texts(page, 'Heading')).toHaveText('Why');
  await expect(texts(page, 'Text').first()).toHaveText('It is good.');
  await expect(texts(page, 'Text').first().locator('strong')).toHaveText('good');
  await expect(texts(page, 'List').locator('li')).toHaveText(['one', 'two']);
  await expect(story.locator('a, img, script, style, [onclick]')).toHaveCount(0);
  expect(await page.evaluate(() => 'bad' in window)).toBe(false);
  await saved(page);
});
