// What a creator and a blogger decide about a campaign on other pages: whether it may be
// shown, where, and what comes of it.

import { alive, expect, hasWasm, heading, server, visit } from '../../fixtures';
import { test } from '../../support/blog';
import { launch } from '../../support/launched';
import { main, openCreator, openPart, save, saveRefused } from '../../support/studio';

const SLUG = 'tide-clock';

// What is no host is refused on purpose.
test.use({ refusals: [422] });

test('a blogger who asks for a name sees what comes of the card', async ({ openWindow, blog }) => {
  test.slow();
  const { page } = await openCreator(openWindow);
  await visit(page, `/campaigns/${SLUG}/embed?layout=card`);
  await main(page).getByRole('button', { name: 'Give it a name' }).click();
  await expect(main(page).getByText(/^Counted as /)).toBeVisible();
  const name = /embed=([a-z2-9]{10})/.exec(page.url())?.[1] ?? '';
  expect(name).not.toBe('');
  const snippets = page.getByRole('region', { name: 'What to paste' });
  await expect(snippets).toContainText(`/embed/${SLUG}?embed=${name}`);
  await expect(snippets).toContainText(`embed="${name}"`);

  const reader = await openWindow();
  await reader.goto(blog.post('/counted', `<iframe src="${server('sqlite')}/embed/${SLUG}?embed=${name}" title="A campaign" width="400" height="640"></iframe>`));
  const card = reader.frameLocator('iframe');
  await card.getByLabel('What would you like to give?').selectOption({ index: 1 });
  const opened = reader.context().waitForEvent('page');
  await card.getByRole('button', { name: 'Back this campaign' }).click();
  const checkout = await opened;
  await expect(checkout).toHaveURL(new RegExp(`/campaigns/${SLUG}/pledge\\?reward=.*&embed=${name}&cart=`));
  await expect(checkout.getByRole('radio', { checked: true }).first()).not.toHaveAccessibleName(/without a reward/i);
  await expect(checkout.locator(`input[type=hidden][value="${name}"]`)).toHaveCount(1);
  expect(await reader.context().cookies(server('sqlite'))).not.toContainEqual(expect.objectContaining({ sameSite: 'None' }));

  await expect
    .poll(async () => {
      await visit(page, '/account/embeds');
      return main(page).getByRole('row', { name: new RegExp(name) }).innerText();
    })
    .toMatch(/\s1\s+1\s+0$/);
});

test('a link that was changed on the way chooses nothing and says so', async ({ page }) => {
  await page.goto(`/embed/${SLUG}/pledge?bonus=12`);
  await expect(page).toHaveURL(/bonus=12&cart=/);
  await alive(page);
  await expect(main(page).getByLabel(/^(Amount|Bonus, or an amount without a reward)$/)).toHaveValue('12');
  await page.goto(page.url().replace('bonus=12', 'bonus=1200'));
  await alive(page);
  await expect(page.getByText('This link is too old, or was changed on the way')).toBeVisible();
  await expect(main(page).getByLabel(/^(Amount|Bonus, or an amount without a reward)$/)).toHaveValue('');
});

test('a creator says where cards may stand and switches them off, also where one is open', async ({ openWindow, blog, watch }) => {
  test.slow();
  const origin = server('sqlite');
  const { creator: page, title, slug } = await launch(openWindow, 'A lamp to show');
  await alive(page);

  const reader = await openWindow();
  const widget = `<script src="${origin}/embed.js" async></script><pedestal-widget campaign="${slug}"></pedestal-widget>`;
  await reader.goto(blog.post('/open', `<iframe src="${origin}/embed/${slug}" title="A campaign" width="400" height="640"></iframe>${widget}`));
  const card = reader.frameLocator('iframe');
  await expect(card.getByRole('heading', { name: title })).toBeVisible();

  await openPart(page, 'Embeds');
  const part = page.url();
  await main(page).getByLabel('Only on these sites').fill('not a host!');
  await saveRefused(page);
  await expect(main(page).getByText('is not the name of a site')).toBeVisible();

  // Browsers see to the list, each of them in the same way.
  if (test.info().project.name === 'wasm') {
    const other = await reader.context().newPage();
    const framed = other.frameLocator('iframe');
    const frame = (layout: string) => `<iframe src="${origin}/embed/${slug}?layout=${layout}" title="A campaign" width="400" height="300"></iframe>`;
    await main(page).getByLabel('Only on these sites').fill('example.org');
    await save(page);
    watch.provoke(/frame-ancestors|ERR_BLOCKED_BY_/);
    await other.goto(blog.post('/unlisted', frame('compact')));
    await expect.poll(() => watch.provoked.length, { message: 'the browser refuses the frame' }).toBeGreaterThan(0);
    await expect(framed.getByText(title)).toHaveCount(0);
    await visit(page, part);
    await main(page).getByLabel('Only on these sites').fill(new URL(other.url()).host);
    await save(page);
    await other.goto(blog.post('/listed', frame('bar')));
    await expect(framed.getByRole('heading', { name: title })).toBeVisible();
    await other.close();
    await visit(page, part);
  }

  await main(page).getByLabel('Only on these sites').fill('');
  await main(page).getByRole('radio', { name: /^They may not be shown/ }).check();
  await save(page);
  await expect(main(page).getByRole('radio', { name: /^They may not be shown/ })).toBeChecked();

  await reader.bringToFront();
  if (hasWasm()) {
    await expect(card.getByText('This campaign is not shown on other pages.')).toBeVisible();
    await expect(reader.locator('pedestal-widget').getByText('This campaign is not shown on other pages.')).toBeVisible();
  }
  await reader.goto(blog.post('/anew', `<iframe src="${origin}/embed/${slug}?layout=bar" title="A campaign" width="400" height="200"></iframe>`));
  await expect(card.getByText('This campaign is not shown on other pages.')).toBeVisible();
  const opened = reader.context().waitForEvent('page');
  await card.getByRole('link', { name: 'See the campaign' }).click();
  await expect(heading(await opened, title)).toBeVisible();
});
