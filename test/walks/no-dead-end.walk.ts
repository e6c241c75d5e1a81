import { afterAll, beforeAll } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../browser/chromium.js';
import { type DemoPlatform, startDemoPlatform } from '../browser/demo-platform.js';
import { describeNoDeadEnd } from '../browser/no-dead-end.js';

let demo: DemoPlatform;
let browser: Browser;
beforeAll(async () => void ([demo, browser] = await Promise.all([startDemoPlatform(), launchChromium()])));
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

for (const hasScript of [true, false]) describeNoDeadEnd(hasScript, () => ({ demo, browser }));
