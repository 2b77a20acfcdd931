// Somebody else's page, on a host of its own: `localhost` is another site than
// the server's `127.0.0.1`, so that whatever is shared between sites is not.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Page, Request } from '@playwright/test';

import { expect, server as platform, signInAsOperator, test as base, type OpenWindow } from '../fixtures';

type Blog = {
  /** Puts a page at a path and says its address. */
  post: (path: string, body: string, policy?: string) => string;
  close: () => Promise<void>;
};

/** Tests with a blog of their own, in a browser that blocks cookies of other sites. */
export const test = base.extend<{ blog: Blog }>({
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), '--test-third-party-cookie-phaseout'] });
  },

  // eslint-disable-next-line no-empty-pattern
  blog: async ({}, use) => {
    const blog = await openBlog();
    await use(blog);
    await blog.close();
  },
});

/**
 * Somebody who reads blogs and is signed in on our site. Their browser holds a canary,
 * too: a cookie of our site that it would take along from any page, if it did not block
 * those of other sites. What it asks of our site from here on is noted.
 */
export async function openReader(openWindow: OpenWindow): Promise<{ reader: Page; asked: Request[] }> {
  const reader = await openWindow();
  await signInAsOperator(reader);
  const domain = new URL(platform('sqlite')).hostname;
  const canary = { name: 'canary', value: 'sings', domain, path: '/', secure: true };
  await reader.context().addCookies([{ ...canary, sameSite: 'None' }]);
  // On a page of our own it takes along both.
  const answer = await reader.goto(`${platform('sqlite')}/readyz`);
  const sent = (await answer?.request().allHeaders())?.cookie;
  expect(sent).toContain('canary=sings');
  expect(sent).toContain('session=');
  const asked: Request[] = [];
  reader.on('request', request => {
    if (request.url().startsWith(platform('sqlite'))) {
      asked.push(request);
    }
  });
  return { reader, asked };
}

/** None of what was asked took a cookie along or brought one back. */
export async function expectNoCookies(asked: Request[]): Promise<void> {
  expect(asked.length).toBeGreaterThan(0);
  for (const request of asked) {
    expect((await request.allHeaders()).cookie, request.url()).toBeUndefined();
    const answer = await request.response();
    expect((await answer?.allHeaders())?.['set-cookie'], request.url()).toBeUndefined();
  }
}

async function openBlog(): Promise<Blog> {
  const pages = new Map<string, { body: string; policy?: string }>();
  const server: Server = createServer((request, response) => {
    const page = pages.get(request.url ?? '');
    if (page === undefined) {
      response.writeHead(204).end();
      return;
    }
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (page.policy !== undefined) {
      response.setHeader('content-security-policy', page.policy);
    }
    response.end(
      `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A blog</title>
       <meta name="viewport" content="width=device-width, initial-scale=1"></head>
       <body><main><h1>A blog</h1>${page.body}</main></body></html>`,
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    post: (path, body, policy) => {
      pages.set(path, policy === undefined ? { body } : { body, policy });
      return `http://localhost:${port}${path}`;
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
