// No page breaks a rule that a machine can check, by day and by night.

import { expect, test, visit, type OpenWindow } from '../../fixtures';
import { openStill, violations } from '../../support/axe';
import { OWN_PAGES, PUBLIC_PAGES } from '../../support/pages';

for (const { name, path, status } of PUBLIC_PAGES) {
  test(`accessible by day and by night: ${name}`, async ({ openWindow }) => {
    await inspect(openWindow, path, {}, status);
  });
}

for (const { name, path } of OWN_PAGES) {
  test(`accessible by day and by night: ${name}`, async ({ openWindow, backer }) => {
    await inspect(openWindow, path(backer), { storageState: backer.state });
  });
}

async function inspect(openWindow: OpenWindow, path: string, options: object, status = 200): Promise<void> {
  const page = await openStill(openWindow, options);
  await visit(page, path, status);
  expect(await violations(page)).toEqual([]);
}
