import { existsSync } from 'node:fs';
import { describe, it } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';

/** A Chromium that is already on the machine. */
export const CHROMIUM_PATH = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
].find((path) => path !== undefined && existsSync(path));

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
  return chromium.launch({
    executablePath: CHROMIUM_PATH,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
