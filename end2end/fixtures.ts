// What every browser test shares: windows that are watched for complaints,
// somebody with an account, and the helpers that say what a person does.

import { expect, test as base, type BrowserContextOptions, type Page } from '@playwright/test';

import { confirmByLetter, newPerson, signUp, type Backer } from './support/account';
import { pledgeAsGuest } from './support/checkout';
import { server } from './support/servers';
import { hasWasm } from './support/visit';
import { Watch } from './support/watch';

export { expect };
export * from './support/account';
export * from './support/campaigns';
export * from './support/checkout';
export * from './support/manage';
export * from './support/servers';
export * from './support/visit';

/** Opens a window of its own, as another person would have. */
export type OpenWindow = (options?: BrowserContextOptions) => Promise<Page>;

type TestFixtures = {
  /** Statuses from 400 up that a test provokes on purpose, pages aside. */
  refusals: number[];
  /** Fails the test when the browser had anything to complain about. */
  watch: Watch;
  openWindow: OpenWindow;
};

type WorkerFixtures = {
  /** Somebody with an account and a pledge, for tests that only look. */
  backer: Backer;
};

export const test = base.extend<TestFixtures, WorkerFixtures>({
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

  backer: [
    async ({ browser }, use, { project }) => {
      const context = await browser.newContext({ ...project.use, baseURL: server('sqlite') });
      const page = await context.newPage();
      const person = newPerson('backer');
      await pledgeAsGuest(page, 'tide-clock', {
        email: person.email,
        reward: 'A postcard from the shore',
        country: 'France',
        amount: '4.50',
      });
      const pledge = new URL(page.url()).pathname;
      await signUp(page, person);
      await confirmByLetter(page, person);
      const state = await context.storageState();
      await context.close();
      await use({ ...person, pledge, state });
    },
    { scope: 'worker' },
  ],
});
