import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { TourStop } from '../../scripts/page-tour.js';
import { launchChromium } from './chromium.js';
import { type DemoPlatform, startDemoPlatform } from './demo-platform.js';
import { PWNED } from './hostile-text.js';
import { type Visit, visit } from './visit.js';

export interface HostileVisits {
  readonly demo: DemoPlatform;
  /** Of acme, at its path. */
  readonly tenant: TourStop;
  /** Another one for each test, whose documents notice when a payload runs. */
  readonly person: Visit;
}

/** For a `describe`: the demo, and a person's browser for each test. It is read when the tests run. */
export function givenHostileVisits(): () => HostileVisits {
  let demo: DemoPlatform;
  let browser: Browser;
  let person: Visit;
  beforeAll(async () => void ([demo, browser] = await Promise.all([startDemoPlatform(), launchChromium()])));
  afterAll(async () => {
    await browser.close();
    await demo.stop();
  });
  beforeEach(async () => {
    person = await visit(browser);
    await person.context.addInitScript(PWNED);
  });
  afterEach(() => person.close());
  return () => ({ demo, tenant: demo.tenant('acme', 'path'), person });
}
