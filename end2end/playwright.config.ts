import { defineConfig, devices } from '@playwright/test';

// `cargo xtask test browser` starts the servers and sets these; by hand, a
// server of one's own will do.
const baseURL = process.env.BASE_URL ?? 'http://127.0.0.1:3000';

// Chromium of the system, quiet about everything that is not the page.
const launchOptions = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

// `cargo xtask test wordpress` installs a WordPress and runs what reads it, and nothing
// else; without one there is nothing to read.
const hasWordPress = process.env.WORDPRESS_POSTS !== undefined;
const inWordPress = '**/end2end/tests/wordpress/**';

/** Specs by their names below `tests`. */
function specs(...names: string[]): string[] {
  return names.map(name => `**/end2end/tests/${name}.spec.ts`);
}

// What a small screen and a finger do not do differently: whole stories of rights, reviews
// and refusals, told once with WebAssembly and, where a form is sent, once without.
const sameOnAPhone = specs(
  'campaign/{live-page,search-engines}',
  'edit/{change-set,filled,history,in-place,recording,restart,rights,what-changed}',
  'embed/{decided,elsewhere,widgets}',
  'pledge/{instalments,options,refusals}',
  'site/{movement,narrow,quiet,safety,search-engines}',
  'studio/{announcement,identity,late-answer,people,refusals,typed}',
);
// What the same HTML is without scripts, and what HTTP tests send without a browser.
const sameWithoutScripts = specs(
  'embed/{decided,elsewhere,widgets}',
  'site/{narrow,quiet}',
  'studio/{accessibility,people}',
);

export default defineConfig({
  testDir: 'tests',
  ...(hasWordPress ? { testMatch: `${inWordPress}/*.spec.ts` } : { testIgnore: inWordPress }),
  outputDir: 'results',
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  // A test that passes only the second time has found something: it is named
  // as flaky, and `cargo xtask test` takes no more than two of them.
  retries: 1,
  workers: 2,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [['list', { printSteps: false }]],
  use: {
    baseURL,
    launchOptions,
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    screenshot: 'only-on-failure',
    trace: 'off',
    video: 'off',
  },
  projects: [
    { name: 'wasm', use: { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 900 } } },
    {
      name: 'no-wasm',
      use: {
        ...devices['Desktop Chrome'],
        viewport: { width: 1280, height: 900 },
        javaScriptEnabled: false,
      },
      testIgnore: [inWordPress, ...sameWithoutScripts],
    },
    {
      name: 'phone',
      testIgnore: [inWordPress, ...sameOnAPhone],
      use: { ...devices['Pixel 5'], viewport: { width: 390, height: 844 }, hasTouch: true },
    },
  ],
});
