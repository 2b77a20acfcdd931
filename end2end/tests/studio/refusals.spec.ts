// Whatever is typed into the studio: what is wrong stands at its field in plain
// words, and what was typed is still there.

import { alive, expect, heading, test, visit } from '../../fixtures';
import { main, openCreator, save, saveRefused, startDraft, uniqueTitle } from '../../support/studio';
import type { Page } from '@playwright/test';

test.use({ refusals: [409, 422] });

type Refused = { part: string; field: string; typed: string; problem: RegExp; choose?: RegExp };

const REFUSED: Refused[] = [
  { part: 'basics', field: 'Title', typed: ' ', problem: /Please fill this in/ },
  { part: 'basics', field: 'Address', typed: 'Not an address', problem: /small letters, digits and single hyphens/ },
  { part: 'funding', field: 'Goal', typed: 'ten', problem: /write an amount in digits/ },
  { part: 'funding', field: 'Goal', typed: '-5', problem: /cannot be negative/ },
  { part: 'funding', field: 'Units to be ordered', typed: 'many', problem: /whole number/, choose: /^Pre-orders/ },
  { part: 'funding', field: 'Optimum', typed: 'more', problem: /write an amount in digits/, choose: /^Two rounds/ },
  { part: 'schedule', field: 'Days', typed: '90', problem: /at most 60 days/ },
  { part: 'schedule', field: 'Date of the end', typed: '2020-01-01', problem: /passed|at most 60 days|choose a date and a time/, choose: /^On a date/ },
  { part: 'rewards?reward=new', field: 'Price in EUR', typed: 'cheap', problem: /write an amount in digits/ },
  { part: 'rewards?reward=new', field: 'Price in EUR', typed: '0.01', problem: /A reward costs between/ },
];

test('what is wrong in a section stands at its field, and the rest stays', async ({ openWindow }) => {
  test.slow();
  const { page } = await openCreator(openWindow);
  const address = await startDraft(page, uniqueTitle('To be refused'));
  for (const { part, field, typed, problem, choose } of REFUSED) {
    await test.step(`${field} on ${part}: ${typed}`, async () => {
      await visit(page, `${address}/${part}`);
      if (choose !== undefined) {
        await main(page).getByRole('radio', { name: choose }).check();
      }
      if (part.startsWith('rewards')) {
        await main(page).getByLabel('Title', { exact: true }).fill('Kept');
      }
      const control = main(page).getByLabel(field, { exact: true });
      await control.fill(typed);
      await saveRefused(page);
      await expect(control).toHaveAccessibleDescription(problem);
      await expect(control).toHaveAttribute('aria-invalid', 'true');
      await expect(control).toHaveValue(typed);
      if (part.startsWith('rewards')) {
        await expect(main(page).getByLabel('Title', { exact: true })).toHaveValue('Kept');
      }
    });
  }
});

test('the first form says what is missing', async ({ openWindow }) => {
  const { page } = await openCreator(openWindow);
  await visit(page, '/start');
  await main(page).getByLabel('Title', { exact: true }).fill('A title alone');
  await main(page).getByRole('button', { name: 'Make the draft' }).click();
  await expect(main(page).getByLabel('Category', { exact: true })).toHaveAccessibleDescription(/Please fill this in/);
  await expect(main(page).getByLabel('Title', { exact: true })).toHaveValue('A title alone');
});

test('a story that is too long is refused and kept', async ({ openWindow }) => {
  const { page } = await openCreator(openWindow);
  const address = await startDraft(page, uniqueTitle('A long story'));
  await visit(page, `${address}/story`);
  const story = main(page).getByLabel('Story', { exact: true });
  // Half as many letters as the field takes, and a byte too many.
  const text = 'é'.repeat(25_001);
  await story.fill(text);
  await saveRefused(page);
  await expect(story).toHaveAccessibleDescription(/too long/);
  await expect(story).toHaveValue(text);
});

test('nothing that is written ends the field it is written into', async ({ openWindow }) => {
  const { page } = await openCreator(openWindow);
  const address = await startDraft(page, uniqueTitle('A sharp story'));
  const text = '</textarea><script>document.title = "broken"</script>\n\n&amp; **done**';
  await visit(page, `${address}/story`);
  await main(page).getByLabel('Story', { exact: true }).fill(text);
  await save(page);
  await visit(page, `${address}/story`);
  await expect(main(page).getByLabel('Story', { exact: true })).toHaveValue(text);
  await expect(page).toHaveTitle(/^Story/);
});

test('a second tab does not overwrite unseen what the first has saved', async ({ openWindow }) => {
  const { page } = await openCreator(openWindow);
  const address = await startDraft(page, uniqueTitle('Two tabs'));
  const second = await page.context().newPage();
  await visit(page, `${address}/basics`);
  await visit(second, `${address}/basics`);
  // A tab that nobody sees draws nothing.
  await page.bringToFront();
  await main(page).getByLabel('Subtitle', { exact: true }).fill('From the first tab');
  await save(page);

  const subtitle = main(second).getByLabel('Subtitle', { exact: true });
  await second.bringToFront();
  await subtitle.fill('From the second tab');
  await saveRefused(second);
  await expect(main(second).getByText('This was changed elsewhere').first()).toBeVisible();
  await expect(subtitle).toHaveValue('From the second tab');
  // Who was told may mean it.
  await expectNewMark(second);
  await second.bringToFront();
  await save(second);
  await page.bringToFront();
  await visit(page, `${address}/basics`);
  await expect(main(page).getByLabel('Subtitle', { exact: true })).toHaveValue('From the second tab');
});

/** Waits until the form knows what is saved now. */
async function expectNewMark(page: Page): Promise<void> {
  const mark = page.locator('input[name="form[version]"]');
  const fresh = await page.context().newPage();
  await visit(fresh, new URL(page.url()).pathname);
  const now = await fresh.locator('input[name="form[version]"]').inputValue();
  await fresh.close();
  await expect(mark).toHaveValue(now);
}

test('an incomplete draft is not sent, and the list says why', async ({ openWindow }) => {
  const { page } = await openCreator(openWindow);
  const address = await startDraft(page, uniqueTitle('Half written'));
  await visit(page, address);
  await main(page).getByRole('button', { name: 'Send it for review' }).click();
  await expect(main(page).getByText('Something is still missing.').first()).toBeVisible();
  await alive(page);
  await main(page).getByRole('link', { name: 'The story' }).click();
  await expect(heading(page, 'Story')).toBeVisible();
});
