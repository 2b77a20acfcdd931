// A film of a provider's: its address is checked where it is typed, and nothing of the
// provider is loaded before a visitor asks for it.

import { expect, hasWasm, test, visit } from '../../fixtures';
import { addBlock, openEditor, saved } from '../../support/edit';
import { main, openCreator, startDraft, uniqueTitle } from '../../support/studio';

test.skip(() => !hasWasm(), 'writing on the page needs scripts');

test('a film is asked for before its provider hears of anybody', async ({ openWindow }) => {
  test.slow();
  const { page } = await openCreator(openWindow);
  const slug = (await startDraft(page, uniqueTitle('Filmed'))).split('/').pop() ?? '';
  await openEditor(page, slug);
  await addBlock(page, 'Film');
  const block = page.locator('.edit-block[data-kind="video"]');
  const field = block.getByLabel('Address of the film');
  await field.fill('youtube.com/watch?v=dQw4w9WgXcQ');
  await field.blur();
  await expect(block.getByRole('alert')).toContainText('It begins with https://');
  await expect(field, 'what was typed stays').toHaveValue('youtube.com/watch?v=dQw4w9WgXcQ');
  await expect(block.locator('iframe')).toHaveCount(0);
  await field.fill('https://www.youtube.com/watch?v=dQw4w9WgXcQ');
  await field.blur();
  await expect(block.locator('iframe')).toHaveCount(1);
  await expect(block.getByRole('alert')).toHaveCount(0);
  await saved(page);

  const visitor = await openWindow({ storageState: await page.context().storageState() });
  const own = new URL(page.url()).origin;
  const foreign: string[] = [];
  visitor.context().on('request', request => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== own) {
      foreign.push(request.url());
    }
  });
  // Whatever would leave is answered here, so that the test needs no network.
  await visitor.context().route(
    url => url.origin !== own,
    route => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Player</title><p>The player</p>' }),
  );
  const frame = main(visitor).locator('.story iframe');
  await expect(async () => {
    await visit(visitor, `/campaigns/${slug}`);
    await expect(frame).toHaveCount(1, { timeout: 1_000 });
  }).toPass();
  await frame.scrollIntoViewIfNeeded();
  const inside = frame.contentFrame();
  const play = inside.getByRole('link', { name: 'Play the film from YouTube' });
  await expect(play).toBeVisible();
  await expect(inside.getByText('its player comes from www.youtube-nocookie.com')).toBeVisible();
  await expect(main(visitor).getByRole('link', { name: 'Film at youtube.com' })).toBeVisible();
  expect(foreign, 'nothing of the provider before it is asked for').toEqual([]);

  await play.click();
  await expect(inside.locator('iframe').contentFrame().getByText('The player')).toBeVisible();
  expect(foreign).toEqual(['https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1']);
  expect(new URL(visitor.url()).pathname, 'the page itself stays').toBe(`/campaigns/${slug}`);
});

test('a film plays wherever its frame stands, and one of an unknown site is a link', async ({ openWindow }) => {
  test.slow();
  const { page } = await openCreator(openWindow);
  const slug = (await startDraft(page, uniqueTitle('Linked'))).split('/').pop() ?? '';
  await openEditor(page, slug);
  await addBlock(page, 'Film');
  const field = page.getByLabel('Address of the film');
  await field.fill('https://films.example.org/w/lamp');
  await field.blur();
  await expect(page.locator('.edit-drawn').getByRole('link', { name: 'Film at films.example.org' })).toBeVisible();
  await expect(page.locator('.edit-drawn iframe')).toHaveCount(0);
  await field.fill('https://vimeo.com/76979871');
  await field.blur();
  await saved(page);
  await page.context().route(
    url => url.hostname === 'player.vimeo.com',
    route => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Player</title><p>The player</p>' }),
  );
  // The editor's own document was never a campaign's page: no policy of it names anybody.
  const inside = page.locator('.edit-drawn iframe').contentFrame();
  await inside.getByRole('link', { name: 'Play the film from Vimeo' }).click();
  await expect(inside.locator('iframe').contentFrame().getByText('The player')).toBeVisible();
});
