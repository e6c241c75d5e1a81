import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { authorizeUrl } from '../../scripts/page-tour.js';
import { describeInChromium, launchChromium } from './chromium.js';
import { type DemoPlatform, startDemoPlatform } from './demo-platform.js';
import { describeJourneys } from './journeys.js';
import { visit } from './visit.js';

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

  // The same at the other tenant and in the other language: test/walks/journeys.walk.ts.
  describeJourneys('globex', 'host', 'de', () => ({ demo, browser }));

  it.each([
    ['acme', 'en', 'Sign in to Acme Bank'],
    ['acme', 'de', 'Bei Acme Bank anmelden'],
    ['globex', 'en', 'Welcome back to Globex'],
    ['globex', 'de', 'Willkommen bei Globex'],
  ] as const)('reads the sign-in page of %s in %s', async (slug, locale, heading) => {
    const { page, close } = await visit(browser, { locale });
    await page.goto(authorizeUrl(demo.tenant(slug, 'path')));
    expect(await page.textContent('h1')).toBe(heading);
    expect(await page.getAttribute('html', 'lang')).toBe(locale);
    await page.goto(authorizeUrl(demo.tenant(slug, 'path'), { ui_locales: locale === 'en' ? 'de' : 'en' }));
    expect(await page.getAttribute('html', 'lang')).toBe(locale === 'en' ? 'de' : 'en');
    await close();
  });
});
