import { describe, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { CHROMIUM_PATH, launch } from '../../scripts/chromium.js';

const REASON = 'no Chromium on this machine; install one or set CHROMIUM_PATH';

/**
 * `describe` for tests that need a browser. Without one they are skipped, with the reason in their names; where a
 * browser is promised (`CI` or `REQUIRE_BROWSER` is set) its absence is a failure.
 */
export function describeInChromium(name: string, tests: () => void): void {
  if (CHROMIUM_PATH !== undefined) return void describe(name, tests);
  if (process.env['CI'] || process.env['REQUIRE_BROWSER']) {
    return void it(name, () => {
      throw new Error(`There is ${REASON}.`);
    });
  }
  describe.skip(`${name} (skipped: ${REASON})`, tests);
}

export function launchChromium(): Promise<Browser> {
  if (CHROMIUM_PATH === undefined) throw new Error(`There is ${REASON}.`);
  return launch();
}
