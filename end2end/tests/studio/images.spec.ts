// A creator brings a picture: chosen, dropped or pasted; visitors see it in the width
// that fits. What is no picture is refused in words.

import { alive, expect, test, visit } from '../../fixtures';
import { hasWasm } from '../../support/visit';
import { bring, png } from '../../support/picture';
import { main, openCreator, openPart, startDraft, uniqueTitle } from '../../support/studio';
import type { Page } from '@playwright/test';

test.use({ refusals: [422] });

/** The section of the picture. */
function section(page: Page, name = 'Picture of the campaign') {
  return main(page).getByRole('region', { name });
}

/** Sends what was chosen, and waits until the page says that it is saved. */
async function upload(page: Page, alt: string, name?: string): Promise<void> {
  await section(page, name).getByLabel('What is to be seen on it').fill(alt);
  await section(page, name).getByRole('button', { name: 'Upload the picture' }).click();
  await expect(section(page, name).getByRole('img', { name: alt })).toBeVisible();
  await expect(main(page).getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await alive(page);
}

test('a picture that was chosen stands on the page, in the width that fits', async ({ openWindow }) => {
  const { page } = await openCreator(openWindow);
  const title = uniqueTitle('Pictured');
  const address = await startDraft(page, title);
  await openPart(page, 'Basics');
  await section(page).getByLabel('File').setInputFiles({ name: 'lamp.png', mimeType: 'image/png', buffer: png(1500, 940) });
  await upload(page, 'A green lamp');

  await visit(page, address.replace('/studio/', '/campaigns/'));
  const picture = page.getByRole('img', { name: 'A green lamp' });
  await expect(picture).toBeVisible();
  const source = await picture.evaluate((image: HTMLImageElement) => image.currentSrc);
  expect(source).toMatch(/\/media\/[0-9a-f-]{36}\/(320|640|960|1440)\.(webp|avif)$/);
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);

  await visit(page, `${address}/basics`);
  await section(page).getByRole('button', { name: 'Remove the picture' }).click();
  await expect(section(page).getByText('So far a drawing stands in.')).toBeVisible();
});

test('a picture is dropped on the page, and another pasted', async ({ openWindow }) => {
  test.skip(!hasWasm(), 'files are dropped on a script');
  const { page } = await openCreator(openWindow);
  await startDraft(page, uniqueTitle('Dropped'));
  await openPart(page, 'Basics');
  for (const [kind, alt] of [['drop', 'Dropped here'], ['paste', 'Pasted here']] as const) {
    await bring(section(page), kind, [{ name: 'a.png', type: 'image/png', content: png(700, 440) }]);
    await upload(page, alt);
  }
});

test('what is no picture is refused in words, and what was typed stays', async ({ openWindow }) => {
  const { page } = await openCreator(openWindow);
  await startDraft(page, uniqueTitle('Refused'));
  await openPart(page, 'Basics');
  const hidden = { name: 'lamp.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload="alert(1)"/>') };
  await section(page).getByLabel('File').setInputFiles(hidden);
  await section(page).getByLabel('What is to be seen on it').fill('A green lamp');
  await section(page).getByRole('button', { name: 'Upload the picture' }).click();
  await expect(section(page).getByText('SVG drawings can carry programs').first()).toBeVisible();
  await expect(section(page).getByLabel('What is to be seen on it')).toHaveValue('A green lamp');
});
