// Blocks dragged by their handles, and text pasted as other programs write it.

import { expect, hasWasm, test } from '../../fixtures';
import { addBlock, openEditor, saved, texts } from '../../support/edit';
import { pasteText } from '../../support/picture';
import { openCreator, startDraft, uniqueTitle } from '../../support/studio';
import type { OpenWindow } from '../../fixtures';

test.skip(() => !hasWasm(), 'writing on the page needs scripts');

async function draft(openWindow: OpenWindow) {
  const { page } = await openCreator(openWindow);
  const slug = (await startDraft(page, uniqueTitle('Moved'))).split('/').pop() ?? '';
  await openEditor(page, slug);
  return page;
}

test('a block is dragged above another one, and stays there', async ({ openWindow }) => {
  test.skip(test.info().project.name === 'phone', 'browsers of phones drag nothing of a page');
  test.slow();
  const page = await draft(openWindow);
  for (const word of ['One', 'Two', 'Three']) {
    await addBlock(page, 'Text');
    await page.keyboard.type(word);
  }
  await saved(page);
  const blocks = page.locator('.edit-block');
  const handle = blocks.nth(2).locator('.edit-handle');
  await blocks.nth(1).evaluate(block => block.scrollIntoView({ block: 'center' }));
  const from = await handle.boundingBox();
  const to = await texts(page, 'Text').first().boundingBox();
  if (!from || !to) {
    throw new Error('a handle and a text are to be seen');
  }
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + 20, to.y + 20, { steps: 4 });
  // Over the upper half of the first block.
  await page.mouse.move(to.x + 24, to.y + 2, { steps: 4 });
  await expect(page.locator('[data-drop="above"]')).toContainText('One');
  await page.mouse.up();
  await expect(texts(page, 'Text')).toHaveText(['Three', 'One', 'Two']);
  await expect(page.locator('[data-drop]')).toHaveCount(0);
  await saved(page);
  await page.reload();
  await expect(texts(page, 'Text')).toHaveText(['Three', 'One', 'Two']);
});

test('Markdown is pasted as blocks', async ({ openWindow }) => {
  const page = await draft(openWindow);
  await addBlock(page, 'Text');
  await pasteText(
    texts(page, 'Text'),
    'text/plain',
    '## Why\n\nBecause **everything** else is [thrown away](https://a.example/bin).\n\n- one\n- two\n\n1. first\n2. second\n\n> It lasts.\n\n| size | price |\n| --- | --- |\n| big | 5 |\n',
  );
  await expect(texts(page, 'Heading')).toHaveText('Why');
  await expect(texts(page, 'Text')).toHaveText('Because everything else is thrown away.');
  await expect(texts(page, 'Text').locator('strong')).toHaveText('everything');
  await expect(texts(page, 'Text').locator('a')).toHaveAttribute('href', 'https://a.example/bin');
  await expect(texts(page, /^List$/).locator('li')).toHaveText(['one', 'two']);
  await expect(texts(page, 'Numbered list').locator('li')).toHaveText(['first', 'second']);
  await expect(texts(page, 'Quote')).toHaveText('It lasts.');
  await expect(texts(page, 'Table').locator('th, td')).toHaveText(['size', 'price', 'big', '5']);
  await saved(page);
});

test('the lists and weights of word processors are taken as they look', async ({ openWindow }) => {
  const page = await draft(openWindow);
  await addBlock(page, 'Text');
  await pasteText(
    texts(page, 'Text'),
    'text/html',
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head><body>' +
      '<h2>Why</h2><p class=MsoNormal>It <b>lasts</b>.<o:p></o:p></p>' +
      '<p class=MsoListParagraphCxSpFirst style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>&nbsp;&nbsp;</span></span>one</p>' +
      '<p class=MsoListParagraphCxSpLast style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>&nbsp;&nbsp;</span></span>two</p>' +
      '</body></html>',
  );
  await expect(texts(page, 'Heading')).toHaveText('Why');
  await expect(texts(page, 'Text')).toHaveText('It lasts.');
  await expect(texts(page, 'Text').locator('strong')).toHaveText('lasts');
  await expect(texts(page, /^List$/).locator('li')).toHaveText(['one', 'two']);

  // Another one wraps everything in a bold element that is none, and says what is bold.
  await addBlock(page, 'Text');
  await pasteText(
    texts(page, 'Text').last(),
    'text/html',
    '<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-weight:400">A lamp </span><span style="font-weight:700">for ever</span></p></b>',
  );
  await expect(texts(page, 'Text').last()).toHaveText('A lamp for ever');
  await expect(texts(page, 'Text').last().locator('strong')).toHaveText('for ever');
  await saved(page);
});
