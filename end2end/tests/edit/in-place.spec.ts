// The picture and the rewards of a page are edited where they stand: by the studio's own
// forms, with its refusals and locks, and the page stays.

import { expect, hasWasm, pledgeAsGuest, test, uniqueEmail, visit } from '../../fixtures';
import { openStill, violations } from '../../support/axe';
import { openEditor, saved } from '../../support/edit';
import { tabTo } from '../../support/keyboard';
import { launch } from '../../support/launched';
import { accept, invite } from '../../support/people';
import { png } from '../../support/picture';
import { addReward, main, openCreator, openPart, startDraft, uniqueTitle } from '../../support/studio';
import type { OpenWindow } from '../../fixtures';
import type { Page } from '@playwright/test';

test.skip(() => !hasWasm(), 'without scripts there are links to the forms');
// What is refused, and who is not let in.
test.use({ refusals: [404, 422] });

const SAVED = 'Saved. The page shows it now.';

/** The editor of a draft that offers these. */
async function draft(openWindow: OpenWindow, titles: string[]) {
  const { page } = await openCreator(openWindow);
  const title = uniqueTitle('In place');
  const address = await startDraft(page, title);
  if (titles.length > 0) {
    await openPart(page, 'Rewards');
  }
  for (const title of titles) {
    await addReward(page, { title, price: '15' });
  }
  const slug = address.split('/').pop() ?? '';
  await openEditor(page, slug);
  return { page, slug, title, address };
}

function button(page: Page, name: string) {
  return main(page).getByRole('button', { name, exact: true });
}

/** The form that is open. */
function form(page: Page, name: string) {
  return main(page).getByRole('group', { name, exact: true });
}

function cards(page: Page) {
  return main(page).getByRole('region', { name: 'Rewards' }).getByRole('heading', { level: 3 });
}

async function staysAt(page: Page, slug: string): Promise<void> {
  expect(new URL(page.url()).pathname, 'the page stays').toBe(`/campaigns/${slug}/edit`);
}

test('the picture is chosen where it stands, refused in words, and shown', async ({ openWindow }) => {
  test.slow();
  const { page, slug } = await draft(openWindow, []);
  await tabTo(page, button(page, 'Change the picture'));
  await page.keyboard.press('Enter');
  const picture = form(page, 'Picture of the campaign');
  await expect(picture).toBeFocused();

  const hidden = { name: 'lamp.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload="alert(1)"/>') };
  await picture.getByLabel('File').setInputFiles(hidden);
  await picture.getByLabel('What is to be seen on it').fill('A green lamp');
  await picture.getByRole('button', { name: 'Upload the picture' }).click();
  await expect(picture.getByText('SVG drawings can carry programs').first()).toBeVisible();
  await expect(picture.getByLabel('What is to be seen on it')).toHaveValue('A green lamp');

  await picture.getByLabel('File').setInputFiles({ name: 'lamp.png', mimeType: 'image/png', buffer: png(1500, 940) });
  await picture.getByRole('button', { name: 'Upload the picture' }).click();
  await expect(main(page).getByRole('img', { name: 'A green lamp' })).toBeVisible();
  await expect(picture).toHaveCount(0);
  await expect(main(page).getByText(SAVED)).toBeVisible();
  await expect(button(page, 'Change the picture'), 'the keyboard goes on where it was').toBeFocused();
  await staysAt(page, slug);

  await visit(page, `/campaigns/${slug}`);
  await expect(main(page).getByRole('img', { name: 'A green lamp' })).toBeVisible();
});

test('a picture that is dropped on the old one, or pasted, opens the form', async ({ openWindow }) => {
  test.slow();
  const { page } = await draft(openWindow, []);
  const picture = form(page, 'Picture of the campaign');
  for (const kind of ['drop', 'paste'] as const) {
    const bytes = [...png(700, 440)];
    await main(page).locator('.edit-media figure').evaluate(
      (target, { kind, bytes }) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], 'a.png', { type: 'image/png' }));
        const options = { bubbles: true, cancelable: true };
        const event =
          kind === 'drop'
            ? new DragEvent('drop', { ...options, dataTransfer: data })
            : new ClipboardEvent('paste', { ...options, clipboardData: data });
        target.dispatchEvent(event);
      },
      { kind, bytes },
    );
    const count = () => picture.getByLabel('File').evaluate((input: HTMLInputElement) => input.files?.length);
    await expect.poll(count).toBe(1);
    await picture.getByLabel('What is to be seen on it').fill(`By ${kind}`);
    await picture.getByRole('button', { name: 'Upload the picture' }).click();
    await expect(main(page).getByRole('img', { name: `By ${kind}` })).toBeVisible();
    await expect(picture).toHaveCount(0);
  }
  await expect(main(page).getByRole('article', { name: 'Story' }).getByRole('img'), 'none falls into the story').toHaveCount(0);
});

test('a reward is changed in the place of its card, by keyboard, and refused at its fields', async ({ openWindow }) => {
  test.slow();
  const { page, slug } = await draft(openWindow, ['One', 'Two']);
  await tabTo(page, button(page, 'Edit One'));
  await page.keyboard.press('Enter');
  const one = form(page, 'Edit: One');
  await expect(one).toBeFocused();
  await tabTo(page, one.getByLabel('Title', { exact: true }));
  await page.keyboard.press('End');
  await page.keyboard.type(' lamp');
  await one.getByLabel('Price in EUR', { exact: true }).fill('much');
  await one.getByRole('button', { name: 'Save', exact: true }).click();
  const price = one.getByLabel('Price in EUR', { exact: true });
  await expect(price).toHaveAttribute('aria-invalid', 'true');
  await expect(price).toBeFocused();
  await expect(one.getByLabel('Title', { exact: true })).toHaveValue('One lamp');

  // Another form would lose what is typed here.
  await button(page, 'Edit Two').click();
  await expect(one.getByText('What you typed here is not saved yet.')).toBeVisible();
  await expect(form(page, 'Edit: Two')).toHaveCount(0);

  await price.fill('25');
  await one.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(cards(page)).toHaveText(['One lamp', 'Two']);
  await expect(main(page).getByRole('article').filter({ hasText: 'One lamp' })).toContainText('€25');
  await expect(button(page, 'Edit One lamp')).toBeFocused();
  await staysAt(page, slug);
  await saved(page);

  // Untouched, it is left by a key.
  await page.keyboard.press('Enter');
  await expect(form(page, 'Edit: One lamp')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(button(page, 'Edit One lamp')).toBeFocused();

  await visit(page, `/campaigns/${slug}/rewards`);
  await expect(main(page).getByRole('heading', { name: 'One lamp' })).toBeVisible();
});

test('rewards are added, copied, moved and taken away on the page', async ({ openWindow }) => {
  test.slow();
  const { page, slug, address } = await draft(openWindow, ['One', 'Two']);
  await button(page, 'Add a reward').click();
  const made = form(page, 'A new reward');
  await made.getByLabel('Title', { exact: true }).fill('Three');
  await made.getByLabel('Price in EUR', { exact: true }).fill('35');
  await made.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(cards(page)).toHaveText(['One', 'Two', 'Three']);
  await expect(button(page, 'Edit Three')).toBeFocused();

  const handle = main(page).getByRole('button', { name: 'Move Three: drag it, or press the arrow keys' });
  await handle.focus();
  await page.keyboard.press('ArrowUp');
  await expect(cards(page)).toHaveText(['One', 'Three', 'Two']);
  await expect(handle).toBeFocused();
  await expect(async () => {
    const answer = await page.request.get(`${address}/rewards`);
    const found = [...(await answer.text()).matchAll(/rewards\?reward=[0-9a-f-]{36}"[^>]*>([^<]+)</g)];
    expect(found.map(match => match[1])).toEqual(['One', 'Three', 'Two']);
  }).toPass({ timeout: 10_000 });

  await button(page, 'Duplicate One').click();
  await expect(cards(page)).toHaveText(['One', 'One', 'Three', 'Two']);
  await button(page, 'Delete Two').click();
  await expect(cards(page)).toHaveText(['One', 'One', 'Three']);
  await staysAt(page, slug);
});

test('what somebody has pledged for is locked in place as in the studio', async ({ openWindow }) => {
  test.setTimeout(180_000);
  const { creator, slug } = await launch(openWindow, 'Locked in place');
  const backer = await openWindow();
  await pledgeAsGuest(backer, slug, { email: uniqueEmail('locks'), reward: 'A thank-you' });
  await creator.bringToFront();
  await openEditor(creator, slug);
  await button(creator, 'Edit A thank-you').click();
  const thanks = form(creator, 'Edit: A thank-you');
  const price = thanks.getByLabel('Price in EUR', { exact: true });
  await expect(price).toHaveAttribute('readonly', '');
  await expect(price).toHaveAccessibleDescription(/has pledged/);
  await expect(thanks.getByLabel(/^How many there are/)).not.toHaveAttribute('readonly', '');
  await expect(creator.locator('.edit-acts').getByRole('button', { name: 'Delete A thank-you' })).toHaveCount(0);
});

test('a visitor sees a new reward without reloading, and reads that it is new', async ({ openWindow }) => {
  test.setTimeout(180_000);
  const { creator, slug } = await launch(openWindow, 'Shown at once');
  const visitor = await openWindow();
  await visit(visitor, `/campaigns/${slug}`);
  await expect(cards(visitor)).toHaveText(['The lamp', 'A thank-you', 'Pledge without a reward']);
  await visitor.evaluate(() => ((window as unknown as { same: boolean }).same = true));

  await creator.bringToFront();
  await openEditor(creator, slug);
  await button(creator, 'Add a reward').click();
  const made = form(creator, 'A new reward');
  await made.getByLabel('Title', { exact: true }).fill('A second lamp');
  await made.getByLabel('Price in EUR', { exact: true }).fill('80');
  await made.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(button(creator, 'Edit A second lamp')).toBeFocused();

  await visitor.bringToFront();
  await expect(visitor.getByRole('heading', { name: 'A second lamp' })).toBeVisible();
  expect(await visitor.evaluate(() => (window as unknown as { same?: boolean }).same), 'the page stays').toBe(true);
  await main(visitor).getByRole('link', { name: 'What changed' }).click();
  const beside = main(visitor).getByRole('region', { name: 'The picture, the rewards and the facts' });
  await expect(beside).toContainText('The reward “A second lamp” is new.');
});

test('the right to edit rewards and the right to edit the page are two', async ({ openWindow }) => {
  test.slow();
  const { page: owner, slug, title, address } = await draft(openWindow, ['One']);
  const writer = await openCreator(openWindow);
  await invite(owner, address, writer.person.email, ['Edit the page']);
  await accept(writer.page, writer.person, title);
  await openEditor(writer.page, slug);
  await expect(cards(writer.page)).toHaveText(['One']);
  await expect(main(writer.page).getByText('Changing it needs another right.')).toBeVisible();
  await expect(button(writer.page, 'Edit One')).toHaveCount(0);
  await expect(button(writer.page, 'Change the picture')).toBeVisible();

  const keeper = await openCreator(openWindow);
  await invite(owner, address, keeper.person.email, ['Edit rewards']);
  await accept(keeper.page, keeper.person, title);
  await visit(keeper.page, `/campaigns/${slug}`);
  await main(keeper.page).getByRole('link', { name: 'Edit this page' }).click();
  await expect(main(keeper.page).getByText('You can edit the rewards of this page.')).toBeVisible();
  await expect(main(keeper.page).getByRole('textbox', { name: 'Title', exact: true })).toHaveCount(0);
  await expect(button(keeper.page, 'Change the picture')).toHaveCount(0);
  await button(keeper.page, 'Edit One').click();
  const one = form(keeper.page, 'Edit: One');
  await one.getByLabel('Title', { exact: true }).fill('One and only');
  await one.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(cards(keeper.page)).toHaveText(['One and only']);
});

test('accessible: the forms of the picture and of a reward on the page', async ({ openWindow }) => {
  test.slow();
  const { page: creator, slug } = await draft(openWindow, ['One']);
  const page = await openStill(openWindow, { storageState: await creator.context().storageState() });
  await openEditor(page, slug);
  await button(page, 'Change the picture').click();
  await expect(form(page, 'Picture of the campaign')).toBeVisible();
  expect(await violations(page), 'the picture').toEqual([]);
  await button(page, 'Edit One').click();
  await expect(form(page, 'Edit: One')).toBeVisible();
  expect(await violations(page), 'a reward').toEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(over, 'no sideways scroll on a phone').toBe(0);
});
