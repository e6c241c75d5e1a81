import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { PageView } from '../../src/pages/page-content.js';
import { ACME, GLOBEX, NAJM, consentPage, samplePages, signInPage } from '../pages/sample-pages.js';
import { PSEUDO } from '../pages/pseudo-locale.js';
import { describeInChromium, launchChromium } from './chromium.js';
import { ORIGIN, openDesk, stillPage } from './desk.js';
import { itFitsANarrowScreen, itsMailsCanBeRead } from './narrow-pages.js';
import { axeFindings, axeFindingsInBothSchemes, focusComesTo, overflow } from './visit.js';

/** The pages in a real browser, under the policy they are made for, with everything but their own files refused. */

describeInChromium('pages in Chromium', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser.close();
  });

  // The others and what else their pages look like: test/walks/pages.walk.ts.
  describe.each([['najm, Arabic', NAJM]])('%s', (_, tenant) => {
    itFitsANarrowScreen(tenant, () => browser);
    itsMailsCanBeRead(tenant, () => browser);
  });

  // One tenant stands for all; every language with the looks of each is a walk (`npm run test:walks`).
  it('axe finds nothing on any page, on a phone, in light and dark', async () => {
    const desk = await openDesk(browser, { viewport: { width: 390, height: 844 } });
    for (const [name, view] of Object.entries(samplePages(GLOBEX))) {
      await desk.swap(stillPage(view));
      expect([name, await axeFindingsInBothSchemes(desk.page)]).toEqual([name, []]);
    }
    expect(desk.complaints).toEqual([]);
    await desk.close();
  });

  it('has room for texts that are longer by 40 %', async () => {
    const desk = await openDesk(browser, { viewport: { width: 320, height: 640 } });
    for (const [name, view] of Object.entries(samplePages(ACME))) {
      await desk.swap(stillPage(view, PSEUDO));
      expect([name, await overflow(desk.page)]).toEqual([name, 0]);
    }
    await desk.close();
  });

  it('can be used by keyboard: order, visible focus, size of targets (WCAG 2.2 §2.4.3, §2.4.7, §2.5.8)', async () => {
    const desk = await openDesk(browser, {});
    await desk.show({ ...signInPage(ACME), notice: 'invalid_credentials' });
    await focusComesTo(desk.page, 'notice');
    expect((await tabStops(desk.page, 4)).map(({ id }) => id)).toEqual([
      'username',
      'password',
      'password-show',
      'login-submit',
    ]);

    await desk.show(signInPage(ACME));
    await focusComesTo(desk.page, 'username');

    await desk.show(consentPage(ACME));
    const stops = await tabStops(desk.page, 10);
    expect(stops.map(({ id, text }) => id || text)).toEqual([
      'Not you?',
      'Privacy policy of the application',
      'Terms of the application',
      'consent-deny',
      'consent-approve',
      'your account',
      'Privacy',
      'Terms',
      'Help',
      'Deutsch',
    ]);
    for (const stop of stops) {
      expect([stop.text, stop.outline >= 2]).toEqual([stop.text, true]);
      expect([stop.text, stop.height >= LEAST_HEIGHT[stop.kind]]).toEqual([stop.text, true]);
    }
    await desk.close();
  });

  it('shows the shape of every control in forced colours', async () => {
    const desk = await openDesk(browser, { forcedColors: 'active', colorScheme: 'dark' });
    await desk.show(consentPage(ACME));
    expect(await axeFindings(desk.page)).toEqual([]);
    const borders = await desk.page.evaluate<string[]>(
      "[...document.querySelectorAll('.button, input:not([type=hidden])')].map((element) => getComputedStyle(element).borderTopWidth)",
    );
    for (const border of borders) expect(Number.parseFloat(border)).toBeGreaterThanOrEqual(1);
    await desk.close();
  });

  it('works without JavaScript: signs in, decides, and returns by the visible button', async () => {
    const desk = await openDesk(browser, { javaScriptEnabled: false });
    await desk.show(signInPage(ACME));
    expect(await desk.page.isVisible('#password-show')).toBe(false);
    await desk.page.fill('#username', 'alice');
    await desk.page.fill('#password', 'a b&c');
    await desk.page.click('#login-submit');
    await desk.show(consentPage(ACME));
    await desk.page.click('#consent-deny');
    await desk.show(formPost());
    await desk.page.click('#form-post button');
    expect(desk.posts).toEqual([
      { url: `${ORIGIN}/t/sample/login`, body: 'csrf=p6R0mDkq&request=Xv7b&username=alice&password=a+b%26c' },
      { url: `${ORIGIN}/t/sample/consent`, body: 'csrf=p6R0mDkq&request=Xv7b&decision=deny' },
      { url: `${ORIGIN}/callback`, body: 'code=c1&state=s1&submit=x' },
    ]);
    expect(desk.complaints).toEqual([]);
    await desk.close();
  });

  it('shows a typed password, and hides it before it is sent', async () => {
    const desk = await openDesk(browser, {});
    await desk.show(samplePages(ACME)['password'] ?? signInPage(ACME));
    const field = desk.page.locator('#new_password');
    await field.fill('a b&c');
    await desk.page.getByRole('button', { name: 'Show New password', exact: true }).click();
    expect(await field.getAttribute('type')).toBe('text');
    expect(await desk.page.locator('[type=password]').count()).toBe(2);
    await desk.page.getByRole('button', { name: 'Hide New password', exact: true }).click();
    expect(await field.getAttribute('type')).toBe('password');
    await desk.page.click('#new_password-show');
    const left = "document.querySelector('form').addEventListener('submit', (event) => event.preventDefault())";
    await desk.page.evaluate(left);
    await desk.page.fill('#current_password', 'x');
    await desk.page.fill('#new_password_again', 'x');
    await desk.page.click('#password-submit');
    expect(await field.getAttribute('type')).toBe('password');
    expect(desk.complaints).toEqual([]);
    await desk.close();
  });

  it('submits a form_post response by itself, even with a field named submit', async () => {
    const desk = await openDesk(browser, {});
    await desk.show(formPost());
    await desk.page.waitForURL(`${ORIGIN}/callback`);
    expect(desk.posts).toEqual([{ url: `${ORIGIN}/callback`, body: 'code=c1&state=s1&submit=x' }]);
    expect(desk.complaints).toEqual([]);
    await desk.close();
  });
});

/** In px; WCAG 2.2 §2.5.8 leaves links within a sentence out. */
const LEAST_HEIGHT = { button: 44, link: 24, 'link in a sentence': 0 };

interface Focused {
  readonly id: string;
  readonly text: string;
  readonly kind: 'button' | 'link' | 'link in a sentence';
  /** Width of the focus ring in px. */
  readonly outline: number;
  readonly height: number;
}

async function focused(page: Page): Promise<Focused> {
  return page.evaluate<Focused>(`(() => {
    const element = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return {
      id: element.id,
      text: element.textContent.trim(),
      kind: element.matches('.button') ? 'button' : element.matches('p a') ? 'link in a sentence' : 'link',
      outline: outlineStyle === 'none' ? 0 : parseFloat(outlineWidth),
      height: element.getBoundingClientRect().height,
    };
  })()`);
}

async function tabStops(page: Page, count: number): Promise<Focused[]> {
  const stops: Focused[] = [];
  for (let index = 0; index < count; index += 1) {
    await page.keyboard.press('Tab');
    stops.push(await focused(page));
  }
  return stops;
}

function formPost(): PageView {
  const context = signInPage(ACME).context;
  return { page: 'form-post', context, action: `${ORIGIN}/callback`, fields: { code: 'c1', state: 's1', submit: 'x' } };
}
