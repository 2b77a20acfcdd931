// A server that one test starts for itself, on data of its own: it may kill it, and
// move its clock, without anybody else noticing.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';

import type { OpenWindow } from '../fixtures';

/** What `cargo xtask test` has built; Playwright runs in this folder. */
const BINARY = process.env.PEDESTAL_BINARY ?? resolve('../target/debug/pedestal');

export class OwnServer {
  private process: ChildProcess | undefined;
  private readonly contexts: BrowserContext[] = [];

  private constructor(
    readonly url: string,
    private readonly port: number,
    private readonly data: string,
  ) {}

  /** A demonstration on fresh data that answers. */
  static async start(): Promise<OwnServer> {
    const port = await freePort();
    const data = await mkdtemp(join(tmpdir(), 'pedestal-own-'));
    const server = new OwnServer(`http://127.0.0.1:${port}`, port, data);
    try {
      await server.again();
    } catch (error) {
      await server.forget();
      throw error;
    }
    return server;
  }

  /** Starts it on the data that is there, at the same address. */
  async again(): Promise<void> {
    const { DATABASE_URL: _, ...env } = process.env;
    const log = await open(join(this.data, 'server.log'), 'a');
    const started = spawn(BINARY, ['serve', '--demo', '--listen', `127.0.0.1:${this.port}`, '--data', this.data], {
      env: { ...env, PEDESTAL_BASE_URL: this.url, PEDESTAL_RATE_LIMITS: 'off' },
      stdio: ['ignore', log.fd, log.fd],
    });
    this.process = started;
    await log.close();
    const isReady = async () => {
      if (started.exitCode !== null) {
        throw new Error(`${BINARY} ended with ${started.exitCode}`);
      }
      return (await fetch(`${this.url}/readyz`).catch(() => undefined))?.status;
    };
    await expect.poll(isReady, { message: 'the server is ready', timeout: 120_000 }).toBe(200);
  }

  /** Ends it as a power cut does: it hears nothing of it. */
  async kill(): Promise<void> {
    const dying = this.process;
    this.process = undefined;
    if (dying && dying.exitCode === null && dying.signalCode === null) {
      const dead = new Promise(done => dying.once('exit', done));
      dying.kill('SIGKILL');
      await dead;
    }
  }

  /** Opens a window on it. The complaints of a page whose server dies are nobody's business. */
  windowsIn(browser: Browser): OpenWindow {
    return async (options): Promise<Page> => {
      const context = await browser.newContext({ ...options, baseURL: this.url });
      this.contexts.push(context);
      return context.newPage();
    };
  }

  /** Ends it with its windows and throws its data away. */
  async forget(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map(context => context.close()));
    await this.kill();
    await rm(this.data, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? found(address.port) : failed(new Error('no port'))));
    });
  });
}
