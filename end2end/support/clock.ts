// The server whose clock can be moved, and the hands that move it.

import { expect, type Page } from '@playwright/test';

import { server } from './servers';

const MINUTE = 60 * 1_000;
const DAY = 24 * 60 * MINUTE;
/** A session that is not used for a month is over. */
const LONGEST_STEP = 20 * DAY;

/** Moves the clock to so long after a campaign's deadline as it is now; before it with less than nothing. */
export async function walkTo(
  operator: Page,
  slug: string,
  { days = 0, minutes = 0 }: { days?: number; minutes?: number },
): Promise<void> {
  const answer = await operator.request.get(`${server('clock')}/api/v1/campaigns/${slug}`);
  const deadline = Date.parse((await answer.json()).deadline);
  // A little later, so that it has passed.
  const to = deadline + days * DAY + minutes * MINUTE + 2_000;
  let now = await move(operator, 0);
  while (now < to) {
    now = await move(operator, Math.ceil(Math.min(to - now, LONGEST_STEP) / 1_000));
  }
}

/** What time it is after so many seconds more, in milliseconds. */
export async function move(operator: Page, seconds: number, on = server('clock')): Promise<number> {
  const moved = await operator.request.post(`${on}/test/clock`, { form: { seconds } });
  expect(moved.status(), 'an operator moves the clock of a development server').toBe(200);
  return Number(await moved.text());
}
