// Pictures in a story: chosen, dropped and pasted, with their progress or the reason why
// not at the block; what they show; and the pictures of a gallery in another order.

import { expect, hasWasm, test, visit } from '../../fixtures';
import { addBlock, openEditor, saved, texts } from '../../support/edit';
import { launch } from '../../support/launched';
import { bring, png } from '../../support/picture';
import { main, openCreator, startDraft, uniqueTitle } from '../../support/studio';
import type { OpenWindow } from '../../fixtures';
import type { Page } from '@playwright/test';

test.skip(() => !hasWasm(), 'writing on the page needs scripts');
test.use({ refusals: [422] });

const LAMP = { name: 'lamp.png', type: 'image/png', content: png(1500, 940) };
const DRAWING = { name: 'lamp.png', type: 'image/png', content: Buffer.from('<svg onload="alert(1)"/>') };

async function draft(openWindow: OpenWindow) {
  const { page } = await openCreator(openWindow);
  const slug = (await startDraft(page, uniqueTitle('Pictured'))).split('/').pop() ?? '';
  await openEditor(page, slug);
  return { page, slug };
}

function pictures(page: Page) {
  return page.locator('.edit-block[data-kind="image"]');
}

/** Waits until visitors read what was written; what a draft tells is written a second after the last change. */
async function expectTold(page: Page, slug: string, told: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await visit(page, `/campaigns/${slug}`);
    await told();
  }).toPass();
}

test('a dropped picture shows how far it has come, and then stands there', async ({ openWindow }) => {
  test.slow();
  const { page, slug } = await draft(openWindow);
  let letGo = () => {};
  const held = new Promise<void>(resolve => (letGo = resolve));
  await page.route('**/studio/*/media', async route => {
    await held;
    await route.continue();
  });
  await bring(page.getByRole('article', { name: 'Story' }), 'drop', [LAMP]);
  await expect(pictures(page)).toHaveCount(1);
  await expect(pictures(page).getByRole('progressbar')).toBeVisible();
  letGo();
  await expect(pictures(page).locator('.edit-drawn img:not(.blur)')).toBeVisible();
  await expect(pictures(page).getByRole('progressbar')).toHaveCount(0);

  await pictures(page).getByLabel('What the picture shows').fill('A green lamp');
  await page.keyboard.press('Tab');
  await saved(page);
  const shown = main(page).getByRole('img', { name: 'A green lamp' });
  await expectTold(page, slug, () => expect(shown).toBeVisible({ timeout: 1_000 }));
  await shown.scrollIntoViewIfNeeded();
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  const source = await shown.evaluate((image: HTMLImageElement) => image.currentSrc);
  expect(source, 'the smaller kind is offered').toMatch(/\/media\/[0-9a-f-]{36}\/(320|640|960|1440)\.avif$/);
  await expect(main(page).locator('.story .photo > img.blur')).toHaveAttribute('src', /^data:image\//);
});

test('what is no picture says so at its block, which takes another one or goes', async ({ openWindow }) => {
  test.slow();
  const { page } = await draft(openWindow);
  await addBlock(page, 'Text');
  await page.keyboard.type('A lamp.');
  await bring(texts(page, 'Text'), 'paste', [DRAWING]);
  const said = 'SVG drawings can carry programs';
  await expect(pictures(page).getByRole('alert')).toContainText(said);
  await pictures(page).getByLabel('Choose a picture').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: LAMP.content });
  await expect(pictures(page).locator('.edit-drawn img:not(.blur)')).toBeVisible();
  await expect(pictures(page).getByRole('alert')).toHaveCount(0);

  await texts(page, 'Text').click();
  await bring(texts(page, 'Text'), 'paste', [DRAWING]);
  await expect(pictures(page)).toHaveCount(2);
  const refused = pictures(page).filter({ hasText: said });
  await refused.getByRole('button', { name: 'Remove the empty block' }).click();
  await expect(pictures(page)).toHaveCount(1);
  await expect(page.getByText(said)).toHaveCount(0);
  await expect(texts(page, 'Text')).toHaveText('A lamp.');
  await saved(page);
});

test('the pictures of a gallery are described, moved and removed, by keyboard and pointer', async ({ openWindow }) => {
  test.slow();
  const { page, slug } = await draft(openWindow);
  await addBlock(page, 'Gallery');
  const gallery = page.locator('.edit-block[data-kind="gallery"]');
  const brings = (colours: number[][]) =>
    gallery.getByLabel('Choose a picture').setInputFiles(
      colours.map((colour, at) => ({ name: `${at}.png`, mimeType: 'image/png', buffer: png(640, 400, colour) })),
    );
  const shows = (number: number) => gallery.getByLabel(`What picture ${number} shows`);
  const press = (name: string) => gallery.getByRole('button', { name, exact: true });
  await brings([[200, 30, 30], [30, 200, 30]]);
  await expect(gallery.getByRole('group')).toHaveCount(2);
  await shows(1).click();
  await page.keyboard.type('One lamp');
  // What is typed stays while another picture comes.
  await brings([[30, 30, 200]]);
  await expect(gallery.getByRole('group')).toHaveCount(3);
  await expect(shows(1)).toHaveValue('One lamp');
  await expect(shows(1)).toBeFocused();
  // The keyboard goes on from field to field, though each is written when it is left.
  await page.keyboard.press('Tab');
  await expect(gallery.getByRole('group').first().getByRole('checkbox')).toBeFocused();
  await shows(2).fill('Two lamps');
  await shows(3).fill('A pattern');
  await gallery.getByRole('group').nth(2).getByRole('checkbox').check();
  await expect(shows(3)).toBeDisabled();

  await press('Move picture 2 earlier').focus();
  await page.keyboard.press('Enter');
  await expect(shows(1)).toHaveValue('Two lamps');
  await expect(shows(2)).toHaveValue('One lamp');
  await expect(press('Move picture 1 later')).toBeFocused();
  await press('Move picture 2 later').click();
  await expect(shows(3)).toHaveValue('One lamp');
  await expect(press('Move picture 3 earlier')).toBeFocused();
  await press('Remove picture 1').click();
  await expect(gallery.getByRole('group')).toHaveCount(2);
  await expect(press('Remove picture 1')).toBeFocused();
  await saved(page);

  const images = main(page).locator('.story figure.gallery img:not(.blur)');
  const alts = () => images.evaluateAll(all => all.map(image => image.getAttribute('alt')));
  await expectTold(page, slug, async () => expect(await alts()).toEqual(['', 'One lamp']));
});

test('pictures that say nothing are pointed out before they are published, and refuse nothing', async ({ openWindow }) => {
  test.setTimeout(180_000);
  const { creator: page, slug } = await launch(openWindow, 'Described');
  await openEditor(page, slug);
  await bring(page.getByRole('article', { name: 'Story' }), 'drop', [LAMP]);
  await expect(pictures(page).locator('.edit-drawn img:not(.blur)')).toBeVisible();
  await saved(page);
  const hint = page.getByText(/^1 picture says nothing to whoever does not see it/);
  await page.getByText('Publish…').click();
  await expect(hint).toBeVisible();
  await expect(page.getByRole('button', { name: 'Publish now' })).toBeEnabled();
  await page.getByRole('button', { name: 'Describe the first of them' }).click();
  await expect(pictures(page).getByLabel('What the picture shows')).toBeFocused();
  // What is open lies over the page.
  await page.getByText('Publish…').click();
  await pictures(page).getByRole('checkbox', { name: /^Decorative/ }).check();
  await saved(page);
  await page.getByText('Publish…').click();
  await expect(page.getByText(/blocks added: 1/)).toBeVisible();
  await expect(hint).toHaveCount(0);
});
