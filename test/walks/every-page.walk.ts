import { afterAll, beforeAll, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../browser/chromium.js';
import { type DemoPlatform, startDemoPlatform } from '../browser/demo-platform.js';
import { lookAtEveryPage } from '../browser/every-page.js';

/** Every page of the running platform. `npm run test:slow` looks at each page alone (test/browser/pages.slow.ts). */

let demo: DemoPlatform;
let browser: Browser;
beforeAll(async () => void ([demo, browser] = await Promise.all([startDemoPlatform(), launchChromium()])));
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

it.each([
  ['acme', 'path', 'en'],
  ['acme', 'host', 'ar'],
  ['globex', 'host', 'de'],
] as const)('%s at its %s in %s', (slug, kind, locale) => lookAtEveryPage(browser, demo, slug, kind, locale));
