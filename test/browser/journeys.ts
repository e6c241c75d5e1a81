import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type TourStop, authorizeUrl } from '../../scripts/page-tour.js';
import { allPlanes } from '../support/planes.js';
import type { DemoPlatform } from './demo-platform.js';
import { type Visit, focusComesTo, tabTo, visit } from './visit.js';

/**
 * A person with a real browser at one tenant of the running platform.
 * @param here what the suite has started by the time its tests run
 */
export function describeJourneys(
  slug: 'acme' | 'globex',
  kind: 'path' | 'host',
  locale: 'en' | 'de',
  here: () => { readonly demo: DemoPlatform; readonly browser: Browser },
): void {
  describe(`at ${slug}, ${kind} address`, () => {
    let demo: DemoPlatform;
    let browser: Browser;
    let tenant: TourStop;
    beforeAll(() => {
      ({ demo, browser } = here());
      tenant = demo.tenant(slug, kind);
    });

    /** The last thing the browser brought to the application. */
    const arrived = async (page: Page) => {
      await page.waitForURL((url) => url.origin === demo.relyingParty.origin);
      return demo.relyingParty.arrivals.at(-1);
    };
    const within = async (options: { javaScriptEnabled?: boolean }, work: (visit: Visit) => Promise<void>) => {
      const person = await visit(browser, { locale, ...options });
      await work(person);
      expect(person.complaints).toEqual([]);
      await person.close();
    };
    const signIn = async (page: Page, password = tenant.password) => {
      await page.fill('#username', 'alice');
      await page.fill('#password', password);
      await page.click('#login-submit');
    };

    it('signs in and gives consent with the keyboard alone, after a wrong password', () =>
      within({}, async ({ page }) => {
        await page.goto(authorizeUrl(tenant, { prompt: 'consent', state: 'keys' }));
        await focusComesTo(page, 'username');
        await page.keyboard.type('alice');
        await page.keyboard.press('Tab');
        await page.keyboard.type('wrong');
        await page.keyboard.press('Enter');
        await page.waitForSelector('#notice[role=alert]');
        await focusComesTo(page, 'notice');
        expect(await page.inputValue('#username')).toBe('alice');
        expect(await page.inputValue('#password')).toBe('');

        const stops = await tabTo(page, 'password');
        expect(stops.map(({ id }) => id)).toEqual(['username', 'password']);
        await page.keyboard.type(tenant.password);
        stops.push(...(await tabTo(page, 'login-submit')));
        await page.keyboard.press('Enter');
        await page.waitForSelector('#consent-approve');
        stops.push(...(await tabTo(page, 'consent-approve')));
        expect(stops.filter(({ isVisible }) => !isVisible)).toEqual([]);
        expect(stops.slice(-2).map(({ id }) => id)).toEqual(['consent-deny', 'consent-approve']);
        await page.keyboard.press('Enter');
        expect(await arrived(page)).toEqual({
          method: 'GET',
          path: '/callback',
          params: { code: expect.any(String), state: 'keys', iss: tenant.issuer },
        });
      }));

    it('tells the application when the person denies', () =>
      within({}, async ({ page }) => {
        await page.goto(authorizeUrl(tenant, { prompt: 'consent', state: 'no' }));
        await signIn(page);
        await page.click('#consent-deny');
        expect((await arrived(page))?.params).toMatchObject({
          error: 'access_denied',
          state: 'no',
          iss: tenant.issuer,
        });
      }));

    it('works without JavaScript, from signing in to signing out', () =>
      within({ javaScriptEnabled: false }, async ({ page }) => {
        await page.goto(authorizeUrl(tenant, { prompt: 'consent', response_mode: 'form_post', state: 'plain' }));
        await signIn(page);
        await page.click('#consent-approve');
        await page.click('#form-post button');
        expect(await arrived(page)).toMatchObject({ method: 'POST', params: { state: 'plain', iss: tenant.issuer } });
        await page.goto(`${tenant.issuer}/end-session`);
        await page.click('#logout-confirm');
        await page.waitForSelector('#logged-out');
        await page.goto(`${tenant.issuer}/account`);
        await page.waitForSelector('#login-form');
      }));

    it('submits a form_post response by script', () =>
      within({}, async ({ page }) => {
        await page.goto(authorizeUrl(tenant, { response_mode: 'form_post', prompt: 'consent', state: 'posted' }));
        await signIn(page);
        await page.click('#consent-approve');
        expect(await arrived(page)).toMatchObject({ method: 'POST', params: { state: 'posted' } });
      }));

    it.each(['query', 'form_post'])('brings any state back byte by byte: %s', (response_mode) =>
      within({}, async ({ page }) => {
        const state = `"><svg onload=alert(1)>'&amp;</form>%0a+ \\${allPlanes()}`;
        await page.goto(authorizeUrl(tenant, { response_mode, prompt: 'consent', state }));
        await signIn(page);
        await page.click('#consent-approve');
        expect((await arrived(page))?.params).toEqual({ code: expect.any(String), state, iss: tenant.issuer });
      }),
    );

    it('withdraws what it allowed, and is asked again', () =>
      within({}, async ({ page }) => {
        await page.goto(authorizeUrl(tenant, { prompt: 'consent' }));
        await signIn(page);
        await page.click('#consent-approve');
        await arrived(page);
        await page.goto(authorizeUrl(tenant, { state: 'remembered' }));
        expect((await arrived(page))?.params).toMatchObject({ state: 'remembered' });

        await page.goto(`${tenant.issuer}/account/applications`);
        expect(await page.locator('.application').count()).toBe(1);
        await page.click('.application button');
        await page.waitForSelector('#notice[role=status]');
        expect(await page.locator('.application').count()).toBe(0);
        await page.goto(authorizeUrl(tenant));
        await page.waitForSelector('#consent-approve');
      }));

    it('signs out from the application and comes back to it', () =>
      within({}, async ({ page }) => {
        await page.goto(`${tenant.issuer}/sign-in`);
        await signIn(page);
        await page.waitForURL(`${tenant.issuer}/account`);
        const query = new URLSearchParams({
          client_id: tenant.clientId,
          post_logout_redirect_uri: demo.relyingParty.signedOut,
          state: 'bye',
        });
        await page.goto(`${tenant.issuer}/end-session?${query}`);
        await page.click('#logout-confirm');
        expect(await arrived(page)).toEqual({ method: 'GET', path: '/signed-out', params: { state: 'bye' } });
      }));

    it('keeps the requests of two tabs apart', () =>
      within({}, async ({ context, page: first }) => {
        const second = await context.newPage();
        await first.goto(authorizeUrl(tenant, { prompt: 'consent', state: 'first' }));
        await second.goto(authorizeUrl(tenant, { prompt: 'consent', state: 'second' }));
        await signIn(second);
        await second.click('#consent-approve');
        expect((await arrived(second))?.params).toMatchObject({ state: 'second', code: expect.any(String) });
        await signIn(first);
        await first.click('#consent-approve');
        expect((await arrived(first))?.params).toMatchObject({ state: 'first', code: expect.any(String) });
      }));

    it('keeps requests apart that were opened at once, before there was a cookie', () =>
      within({}, async ({ context, page }) => {
        const tabs = [page, await context.newPage(), await context.newPage()];
        const open = (tab: Page, index: number) =>
          tab.goto(authorizeUrl(tenant, { prompt: 'consent', state: `${index}` }));
        await Promise.all(tabs.map(open));
        for (const [index, tab] of tabs.entries()) {
          await signIn(tab);
          await tab.click('#consent-approve');
          expect((await arrived(tab))?.params).toMatchObject({ state: `${index}`, code: expect.any(String) });
        }
      }));

    it('decides in one tab after signing in again in another', () =>
      within({}, async ({ context, page: first }) => {
        await first.goto(authorizeUrl(tenant, { prompt: 'consent', state: 'first' }));
        await signIn(first);
        await first.waitForSelector('#consent-approve');
        const second = await context.newPage();
        await second.goto(authorizeUrl(tenant, { prompt: 'login consent', state: 'second' }));
        await signIn(second);
        await second.waitForSelector('#consent-approve');
        await first.click('#consent-approve');
        expect((await arrived(first))?.params).toMatchObject({ state: 'first', code: expect.any(String) });
      }));

    it('goes on after the back button, and answers the same person again', () =>
      within({}, async ({ page }) => {
        await page.goto(authorizeUrl(tenant, { prompt: 'consent', state: 'back' }));
        await signIn(page);
        await page.waitForSelector('#consent-approve');
        await page.goBack();
        // The sign-in page sees that the person is signed in, and leads on.
        await page.waitForSelector('#consent-approve');
        await page.click('#consent-approve');
        await arrived(page);
        const first = demo.relyingParty.arrivals.at(-1)?.params['code'];
        await page.goBack();
        const { params } = (await arrived(page)) ?? {};
        expect(params).toMatchObject({ state: 'back', code: expect.any(String) });
        expect(params?.['code']).not.toBe(first);
      }));

    it('offers a request that took too long anew, or the way back', () =>
      within({}, async ({ page }) => {
        await page.goto(authorizeUrl(tenant, { prompt: 'consent', state: 'slow' }));
        await tenant.expireRequests?.();
        await signIn(page);
        await page.waitForSelector('#error-page');
        const [again, back] = await page.locator('#error-page .actions a').all();
        expect(await back?.getAttribute('href')).toContain('error=access_denied');
        await again?.click();
        await signIn(page);
        await page.click('#consent-approve');
        expect((await arrived(page))?.params).toMatchObject({ state: 'slow', code: expect.any(String) });
      }));

    it('returns from an expired request that wanted a form, without JavaScript', () =>
      within({ javaScriptEnabled: false }, async ({ page }) => {
        await page.goto(authorizeUrl(tenant, { prompt: 'login', state: 'late', response_mode: 'form_post' }));
        await tenant.expireRequests?.();
        await signIn(page);
        await page.click('.actions form button');
        expect(await arrived(page)).toMatchObject({
          method: 'POST',
          params: { error: 'access_denied', state: 'late' },
        });
      }));

    it('changes the language without JavaScript, and it stays', () =>
      within({ javaScriptEnabled: false }, async ({ page }) => {
        const other = locale === 'en' ? 'de' : 'en';
        const language = () => page.getAttribute('html', 'lang');
        await page.goto(authorizeUrl(tenant, { prompt: 'consent', state: 'language' }));
        await signIn(page, 'not the password');
        expect(await language()).toBe(locale);
        await page.click(`.languages a[lang=${other}]`);
        await signIn(page);
        await page.waitForSelector('#consent-approve');
        expect(await language()).toBe(other);
        await page.click(`.languages a[lang=${locale}]`);
        expect(await language()).toBe(locale);
        await page.click(`.languages a[lang=${other}]`);
        await page.click('#consent-approve');
        expect(await arrived(page)).toMatchObject({ params: { state: 'language', code: expect.any(String) } });
        await page.goto(`${tenant.issuer}/account`);
        expect(await language()).toBe(other);
      }));

    it('shows an error of the application as a page, and sends nothing anywhere', () =>
      within({}, async ({ page }) => {
        const count = demo.relyingParty.arrivals.length;
        await page.goto(authorizeUrl(tenant, { redirect_uri: 'https://elsewhere.example/callback' }));
        await page.waitForSelector('#error-page[data-error=invalid_request]');
        expect(page.url().startsWith(tenant.issuer)).toBe(true);
        expect(demo.relyingParty.arrivals.length).toBe(count);
      }));
  });
}
