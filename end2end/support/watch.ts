// Whatever a browser complains about while a test runs: scripts that fail,
// blocked content, missing files, warnings of hydration.

import type { BrowserContext } from '@playwright/test';

/** Collects the complaints of every window of a test. */
export class Watch {
  readonly complaints: string[] = [];
  /** Those that a test has provoked on purpose. */
  readonly provoked: string[] = [];
  private wanted: RegExp | undefined;

  constructor(
    /** Statuses that the test provokes on purpose. */
    private readonly refusals: readonly number[],
    private readonly hasWasm: boolean,
  ) {}

  follow(context: BrowserContext): void {
    context.on('console', message => {
      const isLoud = message.type() === 'error' || message.type() === 'warning';
      if (isLoud && !this.isKnown(message.text())) {
        this.note(message.page()?.url(), `${message.type()}: ${message.text()}`);
      }
    });
    context.on('weberror', error => {
      // The next navigation overtakes the movement of the one before.
      const isOvertaken = error.error().message.startsWith('Transition was ');
      if (!isOvertaken) {
        this.note(error.page()?.url(), `thrown: ${error.error().message}`);
      }
    });
    context.on('requestfailed', request => {
      const reason = request.failure()?.errorText ?? '';
      // A page that is left takes its open requests with it.
      const isLeft = reason === 'net::ERR_ABORTED';
      // Without scripts the browser refuses those that the page announces.
      const isScript = !this.hasWasm && request.resourceType() === 'script';
      if (!isLeft && !isScript) {
        this.note(request.url(), `failed: ${reason}`);
      }
    });
    context.on('response', response => {
      // The status of a page itself is the test's own business.
      const isPage = response.request().isNavigationRequest();
      if (!isPage && response.status() >= 400 && !this.refusals.includes(response.status())) {
        this.note(response.url(), `answered ${response.status()}`);
      }
    });
  }

  /** From here on a complaint in these words is wanted. */
  provoke(words: RegExp): void {
    this.wanted = words;
  }

  private isKnown(text: string): boolean {
    // Statuses are judged where the answer comes in, with its address.
    if (text.startsWith('Failed to load resource: the server responded')) {
      return true;
    }
    // A socket that is not let in is told of only here.
    const socket = /^WebSocket connection to .* Unexpected response code: (\d+)/.exec(text);
    if (socket) {
      return this.refusals.includes(Number(socket[1]));
    }
    // Without scripts nothing uses what is preloaded for them.
    return !this.hasWasm && text.includes('preloaded using link preload but not used');
  }

  private note(where: string | undefined, what: string): void {
    const complaints = this.wanted?.test(what) ? this.provoked : this.complaints;
    complaints.push(`${where ?? 'somewhere'}: ${what}`);
  }
}
