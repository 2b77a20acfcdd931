// The pictures of the README that show the editor: two people write a story, on a phone,
// a tablet and a laptop.

import { confirmByLetter, expect, newPerson, signUp, test, type OpenWindow, type Person } from '../../fixtures';
import { addBlock, openEditor, saved, texts } from '../../support/edit';
import { accept, invite } from '../../support/people';
import { pasteText } from '../../support/picture';
import { main, openPart, save, startDraft } from '../../support/studio';
import type { Page } from '@playwright/test';

const SIZES = [
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
];

const STORY =
  '<h2>Why a lamp that one can mend</h2>' +
  '<p>Three screws hold it together, and every part can be had alone. What breaks is replaced, and the rest goes on.</p>' +
  '<p>We have built eleven of them, and lent them to neighbours for a winter.</p>' +
  '<ul><li>A shade of folded brass</li><li>A switch that is heard</li><li>A cable of two metres</li></ul>' +
  '<p>With your help we make a hundred, in the workshop on the quay.</p>';

/** Somebody with an account and a name for the picture. */
async function open(openWindow: OpenWindow, name: string): Promise<{ page: Page; person: Person }> {
  const person = { ...newPerson('pictured'), name };
  const page = await openWindow({ viewport: SIZES[2], reducedMotion: 'reduce', colorScheme: 'light' });
  await signUp(page, person);
  await confirmByLetter(page, person);
  return { page, person };
}

test('the editor has its pictures taken', async ({ openWindow }) => {
  test.skip(test.info().project.name !== 'wasm', 'one picture of each width is enough');
  test.setTimeout(180_000);
  const { page } = await open(openWindow, 'Ada Rowe');
  const { page: other, person } = await open(openWindow, 'Ben Moss');
  const title = 'A lamp to mend';
  const address = await startDraft(page, title);
  const slug = address.split('/').pop() ?? '';
  await openPart(page, 'Funding');
  await main(page).getByLabel('Goal', { exact: true }).fill('12000');
  await save(page);
  await invite(page, address, person.email, ['Edit the page']);
  await accept(other, person, title);

  await openEditor(page, slug);
  await page.getByRole('textbox', { name: 'Subtitle', exact: true }).click();
  await page.keyboard.type('It comes apart with one screwdriver, and goes together again.');
  await addBlock(page, 'Text');
  await expect(texts(page, 'Text').last()).toBeFocused();
  await pasteText(texts(page, 'Text').last(), 'text/html', STORY);
  await expect(texts(page, 'List').locator('li')).toHaveCount(3);
  await saved(page);
  await openEditor(other, slug);
  await texts(other, 'Text').nth(1).click();
  await other.keyboard.press('Control+End');

  await page.bringToFront();
  const chosen = texts(page, 'Text').first();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await chosen.evaluate(text => text.scrollIntoView({ block: 'center', behavior: 'instant' }));
    // A selection made anew has its tools where the text stands at this width.
    await chosen.click();
    await page.keyboard.press('Control+Home');
    for (let word = 0; word < 5; word += 1) {
      await page.keyboard.press('Shift+Control+ArrowRight');
    }
    await expect(page.getByRole('toolbar', { name: 'The selected text' })).toBeInViewport();
    await expect(page.getByRole('list', { name: 'Who else is here' }).getByRole('listitem')).toHaveCount(1);
    const caret = page.locator('.edit-caret');
    await expect(caret).toHaveAttribute('data-name', person.name);
    await expect(caret).toBeInViewport();
    await saved(page);
    await expect(page.locator('.edit-state')).toBeInViewport();
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: `results/editor-${size.width}.png` });
  }
});
