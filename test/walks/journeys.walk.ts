import { afterAll, beforeAll } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../browser/chromium.js';
import { type DemoPlatform, startDemoPlatform } from '../browser/demo-platform.js';
import { describeJourneys } from '../browser/journeys.js';

/** What `npm test` does with Globex at its host in German, with Acme at its path in English. */

let demo: DemoPlatform;
let browser: Browser;
beforeAll(async () => void ([demo, browser] = await Promise.all([startDemoPlatform(), launchChromium()])));
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

describeJourneys('acme', 'path', 'en', () => ({ demo, browser }));
