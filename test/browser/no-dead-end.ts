import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type TourStop, authorizeUrl } from '../../scripts/page-tour.js';
import type { DemoPlatform } from './demo-platform.js';
import { QUICK, doubleClick } from './double-click.js';
import { type Visit, visit } from './visit.js';

/** Milliseconds of a slow double click. */
const SLOW = 120;
const NEW_PASSWORD = 'nine lanterns under the bridge';

/** What people do that nobody expects, at every page of the running platform. */
export function describeNoDeadEnd(
  javaScriptEnabled: boolean,
  running: () => { readonly demo: DemoPlatform; readonly browser: Browser },
): void {
  let demo: DemoPlatform;
  let browser: Browser;
  let tenant: TourStop;
  beforeAll(async () => {
    ({ demo, browser } = running());
    tenant = demo.tenant('acme', 'path');
    await demo.platform.operator.patch('/tenants/acme/clients/web', {
      client_uri: demo.relyingParty.origin,
      initiate_login_uri: null,
    });
  });

  describe(`nothing that a person does ends in a dead end, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    const within = async (work: (visit: Visit) => Promise<void>) => {
      const person = await visit(browser, { locale: 'en', javaScriptEnabled });
      await work(person);
      expect(person.complaints).toEqual([]);
      await person.close();
    };
    const fill = async (page: Page, password = tenant.password) => {
      await page.fill('#username', 'alice');
      await page.fill('#password', password);
    };
    const signIn = async (page: Page) => {
      await fill(page);
      await page.click('#login-submit');
    };
    const ask = (page: Page, params: Record<string, string> = {}) =>
      page.goto(authorizeUrl(tenant, { prompt: 'consent', ...params }));
    const arrived = async (page: Page) => {
      // Not by its address: a navigation that the second click breaks off is none to wait for.
      await page.getByRole('heading', { name: 'Back', exact: true }).waitFor();
      return demo.relyingParty.arrivals.at(-1)?.params;
    };
    /** From an error page the first way on leads to a page that is none. */
    const leadsOn = async (page: Page, to: string) => {
      await page.waitForSelector('#error-page');
      await page.locator('#error-page .actions a').first().click();
      await page.waitForSelector(to);
      expect(await page.locator('#error-page').count()).toBe(0);
    };

    it.each([
      ['at once', QUICK, 0],
      ['over a slow network', SLOW, 300],
    ])('double clicks at sign-in and consent arrive at the application, %s', (_name, delay, latency) =>
      within(async ({ page, context }) => {
        const network = { offline: false, latency, downloadThroughput: -1, uploadThroughput: -1 };
        await (await context.newCDPSession(page)).send('Network.emulateNetworkConditions', network);
        await ask(page, { state: 'twice' });
        await fill(page);
        await doubleClick(page, '#login-submit', delay);
        await page.waitForSelector('#consent-approve');
        const request = new URL(page.url());
        await doubleClick(page, '#consent-approve', delay);
        expect(await arrived(page)).toMatchObject({ code: expect.any(String), state: 'twice' });
        // Back leads to the application again, and so does what was kept of the way.
        await page.goBack();
        expect(await arrived(page)).toHaveProperty('code');
        for (const path of ['sign-in', 'consent', 'authorize/resume']) {
          await page.goto(`${tenant.issuer}/${path}${request.search}`);
          expect(await arrived(page)).toHaveProperty('code');
        }
        await page.reload();
        expect(page.url()).toContain(demo.relyingParty.origin);
      }),
    );

    it('double clicks at a form_post response arrive as well', () =>
      within(async ({ page }) => {
        await ask(page, { response_mode: 'form_post', state: 'posted' });
        await signIn(page);
        await doubleClick(page, '#consent-approve');
        if (!javaScriptEnabled) await doubleClick(page, '#form-post button');
        expect(await arrived(page)).toMatchObject({ code: expect.any(String), state: 'posted' });
      }));

    it('a denial that is pressed twice is one, and an account is chosen twice', () =>
      within(async ({ page }) => {
        await ask(page);
        await signIn(page);
        await doubleClick(page, '#consent-deny');
        expect(await arrived(page)).toMatchObject({ error: 'access_denied' });
        await ask(page);
        await page.click('#consent-approve');
        await arrived(page);
        await page.goto(authorizeUrl(tenant, { prompt: 'select_account' }));
        await doubleClick(page, 'form[action$="/sign-in/continue"] button');
        expect(await arrived(page)).toHaveProperty('code');
      }));

    it('every form of the account is sent twice, reloaded and opened by its address', () =>
      within(async ({ page }) => {
        // The bare address of the tenant.
        await page.goto(tenant.issuer);
        await fill(page);
        await doubleClick(page, '#login-submit');
        await page.waitForSelector('#sessions');
        const change = async (from: string, to: string) => {
          await page.click('#security a');
          await page.click('a[href$="/change-password"]');
          for (const [name, value] of [
            ['current_password', from],
            ['new_password', to],
            ['new_password_again', to],
          ] as const) {
            await page.fill(`#${name}`, value);
          }
          await doubleClick(page, '#password-submit');
          await page.getByText('Your password has been changed').waitFor();
        };
        await change(tenant.password, NEW_PASSWORD);
        await change(NEW_PASSWORD, tenant.password);
        await page.click('#applications a');
        if ((await page.locator('.application').count()) > 0) {
          await doubleClick(page, '.application button');
          await page.waitForSelector('#notice');
        }
        await page.reload();
        await page.waitForSelector('.account-nav');
        await page.goto(`${tenant.issuer}/account/withdraw`);
        await page.waitForSelector('.account-nav');
        await page.goto(`${tenant.issuer}/end-session`);
        await doubleClick(page, '#logout-confirm');
        await page.waitForSelector('#logged-out');
        await page.goto(page.url());
        await page.waitForSelector('#logged-out');
        await page.click('#logged-out a');
        await page.waitForSelector('#login-form');
      }));

    it('tabs do not disturb each other, and who is signed out meanwhile goes on', () =>
      within(async ({ page, context }) => {
        const other = await context.newPage();
        await ask(page, { state: 'one' });
        await ask(other, { state: 'two' });
        await signIn(other);
        await signIn(page);
        await page.waitForSelector('#consent-approve');
        await other.goto(`${tenant.issuer}/end-session`);
        await other.click('#logout-confirm');
        await other.waitForSelector('#logged-out');
        await page.click('#consent-approve');
        await signIn(page);
        await page.click('#consent-approve');
        expect(await arrived(page)).toMatchObject({ code: expect.any(String), state: 'one' });
        await other.goBack();
        await other.waitForSelector('#logged-out, #logout-confirm');
      }));

    it('a request that expired, is foreign or lost its cookies leads on', () =>
      within(async ({ page, context }) => {
        await ask(page, { state: 'late' });
        const address = await page.locator('.languages a').first().getAttribute('href');
        const { search } = new URL(address ?? '', tenant.issuer);
        await demo.platform.database.query('UPDATE authorization_requests SET expires_at = now()');
        await signIn(page);
        await page.waitForSelector('#error-page');
        await doubleClick(page, '#error-page a.primary');
        await signIn(page);
        await page.click('#consent-approve');
        expect(await arrived(page)).toMatchObject({ code: expect.any(String), state: 'late' });

        await context.clearCookies();
        await page.goto(`${tenant.issuer}/sign-in${search}`);
        await page.waitForSelector('#error-page');
        await page.locator('#error-page .actions a').first().click();
        await arrived(page);
        await page.goto(`${tenant.issuer}/consent?request=00000000-0000-4000-8000-000000000000`);
        await leadsOn(page, '#login-form');
        await fill(page);
        await context.clearCookies();
        await page.click('#login-submit');
        await leadsOn(page, '#login-form');
        await signIn(page);
        await page.waitForSelector('#sessions');
      }));

    it('an error says in development what is wrong, and leads on', () =>
      within(async ({ page }) => {
        await page.goto(authorizeUrl(tenant, { redirect_uri: 'https://other.test/<b>' }));
        expect(await page.locator('.details').innerText()).toContain('https://other.test/<b>');
        expect(await page.locator('.details').innerText()).toContain(tenant.redirectUri);
        await page.goto(authorizeUrl(tenant, { client_id: 'nobody-knows' }));
        expect(await page.locator('.details').innerText()).toContain('nobody-knows');
        await leadsOn(page, '#login-form');
        await page.goto(`${tenant.issuer}/no-such-page`);
        await leadsOn(page, '#login-form');
      }));
  });
}
