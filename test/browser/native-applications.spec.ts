import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type TourStop, authorizeUrl } from '../../scripts/page-tour.js';
import { freePort } from '../support/platform.js';
import { type RelyingParty, startRelyingParty } from '../support/relying-party.js';
import { describeInChromium, launchChromium } from './chromium.js';
import { type DemoPlatform, startDemoPlatform } from './demo-platform.js';
import { visit } from './visit.js';

/** Applications on the person's own device: Chromium holds what follows a form against the page's `form-action`. */
describeInChromium('a native application in Chromium', () => {
  let demo: DemoPlatform;
  let browser: Browser;
  let next: RelyingParty;
  let leading: RelyingParty;
  beforeAll(async () => {
    [demo, browser, next] = await Promise.all([startDemoPlatform(), launchChromium(), startRelyingParty()]);
    leading = await startRelyingParty(`${next.origin.replace('127.0.0.1', 'localhost')}/done`);
    await demo.platform.operator.create('/tenants/acme/clients', {
      client_id: 'desktop',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: ['http://127.0.0.1/callback', 'http://[::1]/callback', 'com.example.app:/callback'],
      post_logout_redirect_uris: ['http://127.0.0.1/out', 'http://[::1]/out', 'com.example.app:/out'],
      scope: 'openid',
    });
  });
  afterAll(async () => {
    await browser.close();
    leading.close();
    next.close();
    await demo.stop();
  });

  const stop = (redirectUri: string): TourStop => ({
    ...demo.tenant('acme', 'path'),
    clientId: 'desktop',
    scope: 'openid',
    redirectUri,
  });
  const allow = async (page: Page, { password }: TourStop) => {
    await page.fill('#username', 'alice');
    await page.fill('#password', password);
    await page.click('#login-submit');
    await page.click('#consent-approve', { noWaitAfter: true });
  };
  /** A page that begins in a browser of its own; nothing may be blocked or complained about on the way. */
  const within = async (work: (page: Page) => Promise<void>) => {
    const person = await visit(browser, { locale: 'en' });
    await work(person.page);
    expect(person.complaints.filter((complaint) => complaint.includes('Content Security Policy'))).toEqual([]);
    await person.close();
  };
  /** The browser goes there, whether or not somebody listens. */
  const goesTo = (page: Page, uri: string) => page.waitForRequest((request) => request.url().startsWith(uri));

  it('is answered at an IPv6 loopback address', () =>
    within(async (page) => {
      const uri = `http://[::1]:${await freePort()}/callback`;
      await page.goto(authorizeUrl(stop(uri), { prompt: 'login consent' }));
      const going = goesTo(page, uri);
      await allow(page, stop(uri));
      expect(new URL((await going).url()).searchParams.get('code')).not.toBeNull();
    }));

  it('is answered by a form at an IPv6 loopback address', () =>
    within(async (page) => {
      const uri = `http://[::1]:${await freePort()}/callback`;
      await page.goto(authorizeUrl(stop(uri), { prompt: 'login consent', response_mode: 'form_post' }));
      const going = goesTo(page, uri);
      await allow(page, stop(uri));
      expect((await going).method()).toBe('POST');
    }));

  it('may send the person on to another place', () =>
    within(async (page) => {
      await page.goto(authorizeUrl(stop(leading.callback), { prompt: 'login consent' }));
      await allow(page, stop(leading.callback));
      await page.waitForURL('**/done');
      expect(next.arrivals.at(-1)).toMatchObject({ path: '/done' });
    }));

  it.each(['http://[::1]:5000/out', 'com.example.app:/out'])('gets the person back after signing out: %s', (uri) =>
    within(async (page) => {
      const { issuer, password } = stop(uri);
      await page.goto(`${issuer}/sign-in`);
      await page.fill('#username', 'alice');
      await page.fill('#password', password);
      await page.click('#login-submit');
      await page.waitForURL(`${issuer}/account`);
      const query = new URLSearchParams({ client_id: 'desktop', post_logout_redirect_uri: uri });
      await page.goto(`${issuer}/end-session?${query}`);
      const going = goesTo(page, uri);
      await page.click('#logout-confirm', { noWaitAfter: true });
      await going;
    }),
  );
});
