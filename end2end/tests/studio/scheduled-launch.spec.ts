// A launch that the clock brings about, not a minute before its time, and one that is
// called off. The clock is that of a server of the test's own: no other test's
// campaigns end with it.

import { expect, heading, test, visit } from '../../fixtures';
import { move } from '../../support/clock';
import { OwnServer } from '../../support/own-server';
import {
  approve,
  complete,
  main,
  openCreator,
  openReview,
  startDraft,
  submitDraft,
  uniqueTitle,
} from '../../support/studio';
import type { Page } from '@playwright/test';

const DAY = 24 * 60 * 60 * 1_000;

test.beforeEach(() => test.skip(test.info().project.name !== 'wasm', 'one clock is moved once'));

test('a planned launch comes at its time, and one that is called off does not', async ({ browser }) => {
  test.setTimeout(360_000);
  const server = await OwnServer.start();
  const openWindow = server.windowsIn(browser);
  try {
    const { page } = await openCreator(openWindow);
    const [planned, calledOff, earlier] = [uniqueTitle('Planned'), uniqueTitle('Called off'), uniqueTitle('Earlier')];
    const addresses: string[] = [];
    for (const title of [planned, calledOff, earlier]) {
      const address = await startDraft(page, title);
      await complete(page);
      await submitDraft(page);
      const operator = await openReview(openWindow, address);
      await approve(operator);
      await operator.context().close();
      addresses.push(address);
    }
    const [first, second, third] = addresses as [string, string, string];

    // In the past there is nothing to wait for.
    await visit(page, first);
    await plan(page, Date.now() - 2 * DAY, '12:00');
    await expect(main(page).getByLabel('Date of the launch')).toHaveAttribute('aria-invalid', 'true');

    // The others an hour before: when one of them is live, the clock has made its round.
    const then = Date.now() + 2 * DAY;
    for (const [address, time] of [[third, '11:00'], [second, '11:00'], [first, '12:00']] as const) {
      await visit(page, address);
      await plan(page, then, time);
      await expect(main(page).getByText('The launch is planned.')).toBeVisible();
    }
    const at = await main(page).getByText('It launches by itself on').locator('time').getAttribute('datetime');
    await visit(page, second);
    await main(page).getByRole('button', { name: 'Call the planned launch off' }).click();
    await expect(main(page).getByText('Launch at a set time', { exact: true })).toBeVisible();
    await expect(main(page).getByText('The launch is planned.')).toHaveCount(0);

    const operator = await openReview(openWindow, first);
    const stranger = await openWindow();
    const now = await move(operator, 0, server.url);
    await move(operator, Math.floor((Date.parse(at ?? '') - now) / 1_000) - 60, server.url);
    await live(stranger, third, earlier);
    await visit(stranger, campaign(first), 404);
    await visit(page, first);
    await expect(main(page).getByText('The launch is planned.')).toBeVisible();

    await move(operator, 61, server.url);
    await live(stranger, first, planned);
    await visit(stranger, `${campaign(first)}/pledge`);
    await visit(page, first);
    const history = main(page).getByRole('region', { name: 'History' });
    await expect(history.getByRole('listitem').filter({ hasText: 'Launched' })).toContainText('by the clock');

    // An hour after its time the other one still waits for its creator, who launches it by hand.
    await visit(stranger, campaign(second), 404);
    await visit(page, second);
    await expect(main(page).getByText('Planned launch called off')).toBeVisible();
    await main(page).getByRole('button', { name: 'Launch now' }).click();
    await expect(main(page).getByText('pledged of €1,500')).toBeVisible();
    await visit(stranger, campaign(second));
    await expect(heading(stranger, calledOff)).toBeVisible();
  } finally {
    await server.forget();
  }
});

/** Fills in when an approved campaign is to launch, by its own clock, and sends that. */
async function plan(page: Page, day: number, time: string): Promise<void> {
  await main(page).getByText('Launch at a set time', { exact: true }).click();
  await main(page).getByLabel('Date of the launch').fill(new Date(day).toISOString().slice(0, 10));
  await main(page).getByLabel('Time of the launch').fill(time);
  await main(page).getByRole('button', { name: 'Plan the launch' }).click();
}

/** Waits until everybody finds a campaign: the clock's rounds are a second apart. */
async function live(stranger: Page, address: string, title: string): Promise<void> {
  await expect(async () => {
    await visit(stranger, campaign(address));
    await expect(heading(stranger, title)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
}

function campaign(address: string): string {
  return address.replace('/studio/', '/campaigns/');
}
