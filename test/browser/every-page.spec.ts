import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { LOCALES, type Locale, directionOf, languageName } from '../../src/language/messages.js';
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
  'account-profile',
  'account-sessions',
  'account-activity',
  'account-data',
  'account-applications',
  'account-withdrawn',
  'sign-out',
  'signed-out',
  'error',
  'tenant-not-found',
];
type Look = ['desktop' | 'phone', 'light' | 'dark', 'path' | 'host'];

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

  async function lookAround(slug: 'acme' | 'globex', lang: Locale, [device, colorScheme, kind]: Look): Promise<void> {
    const { page, complaints, close } = await visit(browser, { viewport: DEVICES[device], colorScheme, locale: lang });
    const seen: string[] = [];
    await tour(page, demo.tenant(slug, kind), async (name) => {
      seen.push(name);
      expect({ name, findings: await axeFindings(page) }).toEqual({ name, findings: [] });
      expect({ name, overflow: await overflow(page) }).toEqual({ name, overflow: 0 });
      const html = page.locator('html');
      const [said, dir] = [await html.getAttribute('lang'), await html.getAttribute('dir')];
      expect({ name, lang: said, dir }).toEqual({ name, lang, dir: directionOf(lang) });
      const languages = await page.locator('.languages li').allTextContents();
      expect({ name, languages }).toEqual({
        name,
        languages: IN_ONE_LANGUAGE.has(name) ? [] : LOCALES.map(languageName),
      });
    });
    expect(seen).toEqual(PAGES);
    expect(complaints).toEqual([]);
    await close();
  }

  describe.each([
    ['acme', 'en'],
    ['globex', 'de'],
  ] as const)('%s', (slug, lang) => {
    it.each<Look>([
      ['desktop', 'light', 'path'],
      ['desktop', 'dark', 'host'],
      ['phone', 'light', 'host'],
      ['phone', 'dark', 'path'],
    ])('on a %s, %s, at its %s: axe finds nothing and the browser complains of nothing', (...how) =>
      lookAround(slug, lang, how),
    );
  });

  it('acme in Arabic, from right to left, on a phone', () => lookAround('acme', 'ar', ['phone', 'light', 'host']));
});
