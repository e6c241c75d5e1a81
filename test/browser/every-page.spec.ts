import { afterAll, beforeAll, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInChromium, launchChromium } from './chromium.js';
import { type DemoPlatform, startDemoPlatform } from './demo-platform.js';
import { lookAtEveryPage } from './every-page.js';

describeInChromium('every page of the running platform', () => {
  let demo: DemoPlatform;
  let browser: Browser;
  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemoPlatform(), launchChromium()]);
  });
  afterAll(async () => {
    await browser.close();
    await demo.stop();
  });

  // Acme has every page, and Arabic is read from the right. Other tenants and languages: test/walks/every-page.walk.ts.
  it('of Acme at its host in Arabic', () => lookAtEveryPage(browser, demo, 'acme', 'host', 'ar'));
});
