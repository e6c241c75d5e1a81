import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { tour } from '../../scripts/page-tour.js';
import { describeInChromium, launchChromium } from './chromium.js';
import { type DemoPlatform, startDemoPlatform } from './demo-platform.js';
import { axeFindings, overflow, visit } from './visit.js';

const DEVICES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const PAGES = [
  'sign-in',
  'sign-in-refused',
  'consent',
  'request-expired',
  'account-chooser',
  'sign-in-again',
  'form-post',
  'account',
  'account-security',
  'password',
  'account-sessions',
  'account-applications',
  'account-withdrawn',
  'sign-out',
  'signed-out',
  'error',
  'tenant-not-found',
];
/** Gone before anybody reads it, and nobody's. */
const IN_ONE_LANGUAGE = new Set(['form-post', 'tenant-not-found']);

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

  describe.each([
    ['acme', 'en'],
    ['globex', 'de'],
  ] as const)('%s', (slug, lang) => {
    it.each([
      ['desktop', 'light', 'path'],
      ['desktop', 'dark', 'host'],
      ['phone', 'light', 'host'],
      ['phone', 'dark', 'path'],
    ] as const)('on a %s, %s, at its %s: axe finds nothing and the browser complains of nothing', async (...how) => {
      const [device, colorScheme, kind] = how;
      const { page, complaints, close } = await visit(browser, {
        viewport: DEVICES[device],
        colorScheme,
        locale: lang,
      });
      const seen: string[] = [];
      await tour(page, demo.tenant(slug, kind), async (name) => {
        seen.push(name);
        expect({ name, findings: await axeFindings(page) }).toEqual({ name, findings: [] });
        expect({ name, overflow: await overflow(page) }).toEqual({ name, overflow: 0 });
        expect({ name, lang: await page.getAttribute('html', 'lang') }).toEqual({ name, lang });
        const languages = await page.locator('.languages li').allTextContents();
        expect({ name, languages }).toEqual({
          name,
          languages: IN_ONE_LANGUAGE.has(name) ? [] : ['English', 'Deutsch'],
        });
      });
      expect(seen).toEqual(PAGES);
      expect(complaints).toEqual([]);
      await close();
    });
  });
});
