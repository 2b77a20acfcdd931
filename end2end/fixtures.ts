// What every browser test shares: windows that are watched for complaints, and
// the helpers that say what a person does.

import { expect, test as base, type BrowserContextOptions, type Page } from '@playwright/test';

import { Watch } from './support/watch';
import { hasWasm } from './support/visit';

export { expect };
export * from './support/visit';
export * from './support/servers';
export * from './support/campaigns';
export * from './support/checkout';
export * from './support/account';

type Options = {
  /** Statuses from 400 up that a test provokes on purpose. */
  refusals: number[];
};

type Fixtures = {
  /** Fails the test when the browser had anything to complain about. */
  watch: Watch;
  /** Opens a window of its own, as another person would have. */
  openWindow: OpenWindow;
};

export type OpenWindow = (options?: BrowserContextOptions) => Promise<Page>;

export const test = base.extend<Options & Fixtures>({
  refusals: [[], { option: true }],

  watch: [
    async ({ context, refusals }, use) => {
      const watch = new Watch(refusals, hasWasm());
      watch.follow(context);
      await use(watch);
      expect(watch.complaints, 'the browser had nothing to complain about').toEqual([]);
    },
    { auto: true },
  ],

  openWindow: async ({ browser, watch }, use) => {
    const opened: Page[] = [];
    await use(async options => {
      // The project's own options are the defaults of every context.
      const context = await browser.newContext(options);
      watch.follow(context);
      const page = await context.newPage();
      opened.push(page);
      return page;
    });
    for (const page of opened) {
      await page.context().close();
    }
  },
});
