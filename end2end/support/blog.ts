// Somebody else's page, on a host of its own: `localhost` is another site than
// the server's `127.0.0.1`, so that whatever is shared between sites is not.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { test as base } from '../fixtures';

type Blog = {
  /** Puts a page at a path and says its address. */
  post: (path: string, body: string, policy?: string) => string;
  close: () => Promise<void>;
};

/** Tests with a blog of their own. */
export const test = base.extend<{ blog: Blog }>({
  // eslint-disable-next-line no-empty-pattern
  blog: async ({}, use) => {
    const blog = await openBlog();
    await use(blog);
    await blog.close();
  },
});

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
