// People with accounts.

import { randomBytes } from 'node:crypto';

/** Somebody with a confirmed account and a pledge. */
export type Backer = {
  email: string;
  password: string;
  name: string;
  /** Path of the pledge. */
  pledge: string;
  /** Cookies of a browser that is signed in. */
  state: Awaited<ReturnType<import('@playwright/test').BrowserContext['storageState']>>;
};

/** An address that nobody has used. */
export function uniqueEmail(who: string): string {
  return `${who}-${randomBytes(6).toString('hex')}@example.org`;
}
