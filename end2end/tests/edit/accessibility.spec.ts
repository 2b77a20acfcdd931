// The editor and the history by day and by night, and on a phone of 360 px in the
// longer language.

import { expect, fixtureCampaign, hasWasm, server, test, visit } from '../../fixtures';
import { signInAsOperator } from '../../support/account';
import { openStill, violations } from '../../support/axe';
import { addBlock, openEditor, saved, texts } from '../../support/edit';
import { openCreator, startDraft, uniqueTitle } from '../../support/studio';

test('accessible: the editor, empty and with a block of each kind', async ({ openWindow }) => {
  test.slow();
  const { page: creator } = await openCreator(openWindow);
  const slug = (await startDraft(creator, uniqueTitle('Looked at'))).split('/').pop() ?? '';
  const page = await openStill(openWindow, { storageState: await creator.context().storageState() });
  await visit(page, `/campaigns/${slug}/edit`);
  expect(await violations(page), 'no block yet').toEqual([]);
  if (!hasWasm()) {
    return;
  }
  await saved(page);
  for (const kind of ['Text', 'Heading', 'List', 'Quote', 'Note', 'Picture', 'Gallery', 'Film', 'Film or sound (upload)', 'Table', 'Reward', 'Divider']) {
    await addBlock(page, kind);
  }
  await texts(page, 'Text').first().click();
  await page.keyboard.type('A lamp.');
  await saved(page);
  expect(await violations(page), 'with every kind of block').toEqual([]);
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  await expect(page.getByRole('toolbar')).toBeVisible();
  expect(await violations(page), 'with a selection').toEqual([]);
  await page.bringToFront();
  await page.getByRole('button', { name: 'Add a block' }).click();
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  expect(await violations(page), 'with its menu').toEqual([]);
});

test('accessible: the history of a campaign that runs', async ({ openWindow, request }) => {
  test.slow();
  const slug = await fixtureCampaign(request, server('sqlite'), 'bar', 'history');
  const page = await openStill(openWindow);
  await signInAsOperator(page);
  if (hasWasm()) {
    await openEditor(page, slug);
    await page.getByRole('textbox', { name: 'Title', exact: true }).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(', looked at');
    await saved(page);
    await page.getByText('Publish…').click();
    await page.getByRole('button', { name: 'Publish now' }).click();
    await expect(page.getByText('It is published.').first()).toBeVisible();
    expect(await violations(page), 'the editor of a campaign that runs').toEqual([]);
  }
  await visit(page, `/campaigns/${slug}/edit/history`);
  expect(await violations(page), 'the history').toEqual([]);
});

test('no sideways scroll at 360 px in the editor', async ({ openWindow }) => {
  test.slow();
  const { page: creator } = await openCreator(openWindow);
  const slug = (await startDraft(creator, uniqueTitle('A title with a rather longwinded compound'))).split('/').pop() ?? '';
  const storageState = await creator.context().storageState();
  for (const locale of ['en-GB', 'fr-FR']) {
    const page = await openWindow({ storageState, locale, viewport: { width: 360, height: 740 } });
    for (const path of ['/edit', '/edit/history']) {
      await visit(page, `/campaigns/${slug}${path}`);
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(over, `${path} in ${locale}`).toBe(0);
    }
  }
});
