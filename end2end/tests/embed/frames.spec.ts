// What bloggers paste where WordPress's ways are unknown: frames of any width (Ghost,
// Medium), a badge in a README, a frame of AMP. All of it as the page for bloggers
// offers it.

import type { Page } from '@playwright/test';

import { alive, expect, hasWasm, heading, server, visit } from '../../fixtures';
import { test } from '../../support/blog';

const SLUG = 'tide-clock';
const CAMPAIGN = `${server('sqlite')}/campaigns/${SLUG}`;
const FRAME = `${server('sqlite')}/embed/${SLUG}`;

/** The first of what is offered to be copied in which this stands. */
async function snippet(page: Page, mark: string): Promise<string> {
  await visit(page, `/campaigns/${SLUG}/embed`);
  const offered = await page.getByRole('region', { name: 'What to paste' }).locator('code').allTextContents();
  const found = offered.find(text => text.includes(mark));
  expect(found, `something with ${mark} to paste`).toBeDefined();
  return found ?? '';
}

for (const layout of ['card', 'compact', 'bar', 'button']) {
  test(`a frame of any width shows all of it: ${layout}`, async ({ openWindow, blog }) => {
    const reader = await openWindow({ viewport: { width: 1280, height: 900 } });
    for (const width of [187, 251, 333, 417, 603, 689, 1021]) {
      // Medium sets both attributes, Ghost fills the column that it stands in.
      const frames = [
        `<iframe src="${FRAME}?layout=${layout}" width="${width}" height="480" frameborder="0" scrolling="no"></iframe>`,
        `<figure style="margin:0;width:${width}px"><iframe src="${FRAME}?layout=${layout}" style="width:100%" height="480"></iframe></figure>`,
      ];
      for (const [index, frame] of frames.entries()) {
        await reader.goto(blog.post(`/${layout}-${width}-${index}`, frame));
        const card = reader.frameLocator('iframe');
        await expect(card.getByRole('heading', { level: 1 })).toBeVisible();
        const over = await card.locator('html').evaluate(html => html.scrollWidth - html.clientWidth);
        expect(over, `${width} px, frame ${index}`).toBe(0);
        const words = card.getByRole('heading', { level: 1 }).getByRole('link');
        expect(await words.evaluate(link => link.scrollWidth - link.clientWidth)).toBeLessThanOrEqual(0);
      }
    }
  });
}

test('the frame that is offered is high enough for the card in it', async ({ page, openWindow, blog }) => {
  const frame = await snippet(page, '<iframe');
  const reader = await openWindow({ viewport: { width: 1280, height: 900 } });
  await reader.goto(blog.post('/offered', frame));
  const card = reader.frameLocator('iframe');
  await expect(card.getByRole('button', { name: 'Back this campaign' })).toBeVisible();
  const over = await card.locator('html').evaluate(html => html.scrollHeight - html.clientHeight);
  expect(over).toBeLessThanOrEqual(0);
});

test('the element that is offered works under the directions that come with it', async ({ page, openWindow, blog }) => {
  test.skip(!hasWasm(), 'the custom element is a script');
  const element = await snippet(page, '<pedestal-widget');
  expect(element).toContain('integrity="sha384-');
  expect(element).toContain(`<a href="${CAMPAIGN}">`);
  const origin = server('sqlite');
  const policy = `default-src 'none'; script-src ${origin}; connect-src ${origin}; img-src ${origin}; form-action ${origin}`;
  const reader = await openWindow();
  await reader.goto(blog.post('/element', element, policy));
  const card = reader.locator('pedestal-widget');
  await card.getByLabel('What would you like to give?').selectOption({ index: 1 });
  const opened = reader.context().waitForEvent('page');
  await card.getByRole('button', { name: 'Back this campaign' }).click();
  await expect(await opened).toHaveURL(new RegExp(`/campaigns/${SLUG}/pledge\\?.`));
});

test('a checkout that is opened from the sandbox of AMP is a page like any other', async ({ page, openWindow, blog }) => {
  const amp = await snippet(page, '<amp-iframe');
  const sandbox = /sandbox="([^"]*)"/.exec(amp)?.[1];
  expect(sandbox).not.toContain('allow-same-origin');
  const reader = await openWindow();
  await reader.goto(blog.post('/amp', `<iframe src="${FRAME}" sandbox="${sandbox}" width="400" height="640"></iframe>`));
  const card = reader.frameLocator('iframe');
  await card.getByLabel('What would you like to give?').selectOption({ index: 1 });
  const opened = reader.context().waitForEvent('page');
  await card.getByRole('button', { name: 'Back this campaign' }).click();
  const checkout = await opened;
  await expect(checkout).toHaveURL(new RegExp(`/campaigns/${SLUG}/pledge\\?.`));
  await alive(checkout);
  await expect(heading(checkout, /./)).toBeVisible();
  // A page that took the sandbox along would have no origin, so no session and no form.
  expect(await checkout.evaluate(() => self.origin)).toBe(new URL(server('sqlite')).origin);
});

test('a badge stands in a README and leads to the campaign', async ({ page, openWindow, blog }) => {
  const markdown = await snippet(page, '[![');
  const [, words, picture, link] = /^\[!\[(.+)\]\((\S+)\)\]\((\S+)\)$/.exec(markdown) ?? [];
  expect(link).toBe(CAMPAIGN);
  const reader = await openWindow();
  await reader.goto(blog.post('/readme', `<p><a href="${link}"><img src="${picture}" alt="${words}"></a></p>`));
  const badge = reader.getByRole('img', { name: words });
  await expect(badge).toBeVisible();
  await expect.poll(() => badge.evaluate(image => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(50);
});
