import { afterAll, beforeAll } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInChromium, launchChromium } from './chromium.js';
import { type DemoPlatform, startDemoPlatform } from './demo-platform.js';
import { describeNoDeadEnd } from './no-dead-end.js';

describeInChromium('a person in Chromium', () => {
  let demo: DemoPlatform;
  let browser: Browser;
  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemoPlatform(), launchChromium()]);
  });
  afterAll(async () => {
    await browser.close();
    await demo.stop();
  });

  // The same without JavaScript: test/walks/no-dead-end.walk.ts.
  describeNoDeadEnd(true, () => ({ demo, browser }));
});
