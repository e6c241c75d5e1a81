import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { type TourStop, authorizeUrl } from '../../scripts/page-tour.js';
import { launchChromium } from '../browser/chromium.js';
import { type DemoPlatform, startDemoPlatform } from '../browser/demo-platform.js';
import { ALL, PARAMETERS, PATHS, PWNED, expectHarmless } from '../browser/hostile-text.js';
import { type Visit, visit } from '../browser/visit.js';
import { encodeForm } from '../support/http.js';

let demo: DemoPlatform;
let browser: Browser;
let person: Visit;
let tenant: TourStop;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemoPlatform(), launchChromium()]);
  tenant = demo.tenant('acme', 'path');
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});
beforeEach(async () => {
  person = await visit(browser);
  await person.context.addInitScript(PWNED);
});
afterEach(() => person.close());

describe('hostile input in Chromium', () => {
  it.each([false, true])('is text in every parameter of every page (signed in: %s)', async (isSignedIn) => {
    if (isSignedIn) await signIn();
    const everywhere = encodeForm(Object.fromEntries(PARAMETERS.map((name) => [name, ALL])));
    for (const path of PATHS) await expectHarmless(person, `${tenant.issuer}${path}?${everywhere}`);
    for (const name of PARAMETERS) await expectHarmless(person, authorizeUrl(tenant, { [name]: ALL }));
    for (const name of ['client_id', 'post_logout_redirect_uri', 'state', 'ticket']) {
      await expectHarmless(person, `${tenant.issuer}/end-session?${encodeForm({ [name]: ALL })}`);
    }
  });
});

async function signIn(): Promise<void> {
  const { page } = person;
  await page.goto(`${tenant.issuer}/sign-in`);
  await page.fill('#username', 'alice');
  await page.fill('#password', tenant.password);
  await page.click('#login-submit');
  await page.waitForURL(`${tenant.issuer}/account`);
}
