// No page breaks a rule that a machine can check, by day and by night, whatever
// was done on it before.

import { alive, expect, hasWasm, test, visit, type OpenWindow } from '../../fixtures';
import { openStill, violations } from '../../support/axe';
import { OWN_PAGES, PUBLIC_PAGES } from '../../support/pages';
import { STATES, type State } from '../../support/states';

// Statuses of the problems that are brought about.
test.use({ refusals: [401, 422, 503] });

for (const { name, path, status } of PUBLIC_PAGES) {
  test(`accessible by day and by night: ${name}`, async ({ openWindow }) => {
    await inspect(openWindow, { name, path, status });
  });
}

for (const { name, path } of OWN_PAGES) {
  test(`accessible by day and by night: ${name}`, async ({ openWindow, backer }) => {
    await inspect(openWindow, { name, path: path(backer) }, { storageState: backer.state });
  });
}

for (const state of STATES) {
  const { name, path } = state;
  if (typeof path === 'string') {
    test(`accessible by day and by night: ${name}`, async ({ openWindow }) => {
      await inspect(openWindow, { ...state, path });
    });
  } else {
    test(`accessible by day and by night: ${name}`, async ({ openWindow, backer }) => {
      await inspect(openWindow, { ...state, path: path(backer) }, { storageState: backer.state });
    });
  }
}

async function inspect(
  openWindow: OpenWindow,
  { path, status = 200, prepare, needsWasm = false, isPlain = false, except }: State & { path: string },
  options: object = {},
): Promise<void> {
  test.skip(needsWasm && !hasWasm(), 'only a page that is alive can be so');
  const page = await openStill(openWindow, options);
  if (isPlain) {
    expect((await page.goto(path))?.status()).toBe(status);
  } else {
    await visit(page, path, status);
  }
  if (prepare !== undefined) {
    await prepare(page);
    if (!isPlain) {
      await alive(page);
    }
  }
  expect(await violations(page, except)).toEqual([]);
}
