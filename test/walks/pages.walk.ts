import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { renderPage } from '../../src/pages/render-page.js';
import { launchChromium } from '../browser/chromium.js';
import { openDesk, stillPage } from '../browser/desk.js';
import { itFitsANarrowScreen, itsMailsCanBeRead } from '../browser/narrow-pages.js';
import { axeFindings, overflow } from '../browser/visit.js';
import { ADVERSARIAL_COLORS } from '../pages/random-colors.js';
import { ACME, GLOBEX, PLAIN, samplePages, signInPage } from '../pages/sample-pages.js';

/** What `npm run test:slow` looks at with one tenant (test/browser/pages.slow.ts), with the others. */

const SCHEMES = ['light', 'dark'] as const;

let browser: Browser;
beforeAll(async () => void (browser = await launchChromium()));
afterAll(() => browser.close());

describe('pages in Chromium', () => {
  describe.each([
    ['acme, English', ACME],
    ['globex, German', GLOBEX],
  ])('%s', (_, tenant) => {
    itFitsANarrowScreen(tenant, () => browser);
    itsMailsCanBeRead(tenant, () => browser);
  });

  describe.each(['fr', 'es'] as const)('acme, in %s', (locale) => {
    itFitsANarrowScreen({ ...ACME, locale }, () => browser);
  });

  describe.each(SCHEMES)('%s', (colorScheme) => {
    it('axe finds nothing under colours that a tenant should not have chosen', async () => {
      const desk = await openDesk(browser, { colorScheme, viewport: { width: 1280, height: 800 } });
      for (const [index, primaryColor] of [undefined, ...ADVERSARIAL_COLORS].entries()) {
        const backgroundColor = primaryColor && ADVERSARIAL_COLORS[(index * 7 + 3) % ADVERSARIAL_COLORS.length];
        const branding = { ...ACME.branding, primaryColor, primaryColorDark: undefined, backgroundColor };
        const view = signInPage({ ...PLAIN, branding });
        await desk.swap(renderPage({ ...view, notice: 'invalid_credentials' }));
        expect([primaryColor, backgroundColor, await axeFindings(desk.page, 'color-contrast')]).toEqual([
          primaryColor,
          backgroundColor,
          [],
        ]);
      }
      await desk.close();
    }, 120_000);
  });

  it('reflows with text at 200 % (WCAG 2.2 §1.4.4)', async () => {
    const desk = await openDesk(browser, { viewport: { width: 640, height: 800 } });
    for (const [name, view] of Object.entries(samplePages(GLOBEX))) {
      await desk.swap(stillPage(view));
      await desk.page.evaluate("document.documentElement.style.fontSize = '200%'");
      expect([name, await overflow(desk.page)]).toEqual([name, 0]);
    }
    await desk.close();
  });
});
