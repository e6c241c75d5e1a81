import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type TourStop, authorizeUrl } from '../../scripts/page-tour.js';
import { TestBrowser, readForm } from '../support/browser.js';
import { describeInChromium, launchChromium } from './chromium.js';
import { type DemoPlatform, startDemoPlatform } from './demo-platform.js';
import { type Visit, visit } from './visit.js';

describeInChromium('a person in Chromium who visits another site', () => {
  let demo: DemoPlatform;
  let browser: Browser;
  let person: Visit;
  let tenant: TourStop;
  const EVIL = 'http://evil.localhost:1';

  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemoPlatform(), launchChromium()]);
    tenant = demo.tenant('acme', 'path');
  });
  afterAll(async () => {
    await browser.close();
    await demo.stop();
  });
  beforeEach(async () => void (person = await visit(browser)));
  afterEach(() => person.close());

  /** A page of the other site; nothing has to listen there. */
  async function openEvil(page: Page, body: string): Promise<void> {
    await page.route(`${EVIL}/**`, (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto(`${EVIL}/`);
  }

  async function signIn(page: Page, at = tenant): Promise<void> {
    await page.goto(`${at.issuer}/sign-in`);
    await page.fill('#username', 'alice');
    await page.fill('#password', at.password);
    await page.click('#login-submit');
    await page.waitForURL(`${at.issuer}/account`);
  }

  const isSignedIn = async (page: Page, at = tenant) => {
    await page.goto(`${at.issuer}/account`);
    return (await page.locator('#login-form').count()) === 0;
  };

  it('sees none of our pages in a frame, there or on our own origin', async () => {
    const { page } = person;
    await signIn(page);
    const paths = ['/sign-in', '/account', '/end-session', '/authorize?client_id=nobody', '/unknown', '/branding/logo'];
    const addresses = [...paths.map((path) => tenant.issuer + path), authorizeUrl(tenant, { prompt: 'consent' })];
    const frames = addresses.map((url) => `<iframe src="${url.replaceAll('&', '&amp;')}"></iframe>`).join('');
    for (const origin of [EVIL, demo.platform.url]) {
      await page.route(`${origin}/framer`, (route) => route.fulfill({ contentType: 'text/html', body: frames }));
      await page.goto(`${origin}/framer`);
      const shown = page.frames().slice(1);
      expect(shown).toHaveLength(addresses.length);
      for (const frame of shown) expect(await frame.locator('form, main').count()).toBe(0);
      expect(shown.map((frame) => frame.url())).toEqual(addresses.map(() => 'chrome-error://chromewebdata/'));
    }
  });

  it('is not signed in as the attacker by a form sent from there', async () => {
    const { page } = person;
    const attacker = new TestBrowser();
    const form = readForm(await attacker.open(`${tenant.issuer}/sign-in`), 'login-form');
    const fields = { ...form.fields, username: 'alice', password: tenant.password };
    const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
    const action = new URL(form.action, tenant.issuer).href;
    await openEvil(page, `<form method="post" action="${action}">${inputs.join('')}<button>win</button></form>`);
    await page.click('button');
    await page.waitForSelector('#error-page');
    expect(await isSignedIn(page)).toBe(false);
  });

  it('keeps session, consent and applications whatever is sent from there', async () => {
    const { context, page } = person;
    await signIn(page);
    const token = await page.locator('input[name=csrf]').first().getAttribute('value');
    const forms = ['end-session/confirm', 'account/withdraw', 'consent', 'consent/switch', 'sign-in/continue'];
    for (const action of forms) {
      // Even with a token that was good on our own page.
      const inputs = `<input name="csrf" value="${token}"><input name="client_id" value="web">`;
      await page.unrouteAll();
      await openEvil(
        page,
        `<form method="post" action="${tenant.issuer}/${action}">${inputs}<button>win</button></form>`,
      );
      await page.click('button');
      await page.waitForSelector('#error-page[data-error=invalid_request]');
      await page.goto(`${tenant.issuer}/${action}`);
    }
    expect(await isSignedIn(page)).toBe(true);
    expect((await context.cookies(`${tenant.issuer}/account`)).map(({ name }) => name)).toContain('acme-session');
  });

  it('shows nobody anything with the back button after signing out', async () => {
    const { page } = person;
    await signIn(page);
    expect(await page.textContent('body')).toContain('Alice');
    await page.goto(`${tenant.issuer}/end-session`);
    await page.click('#logout-confirm');
    await page.waitForSelector('#logged-out');
    for (let steps = 0; steps < 2; steps += 1) {
      await page.goBack();
      expect(await page.locator('.application, #logout-confirm').count()).toBe(0);
    }
    expect(await isSignedIn(page)).toBe(false);
  });

  it('is at home at two tenants and four addresses in one browser, and leaves one of them', async () => {
    const { context, page } = person;
    const stops = (['acme', 'globex'] as const).flatMap((slug) =>
      (['path', 'host'] as const).map((kind) => demo.tenant(slug, kind)),
    );
    for (const stop of stops) await signIn(page, stop);
    for (const stop of stops) expect([stop.issuer, await isSignedIn(page, stop)]).toEqual([stop.issuer, true]);
    const sent = await Promise.all(stops.map(({ issuer }) => context.cookies(`${issuer}/account`)));
    const sessions = sent.map((cookies) => cookies.filter(({ name }) => name.endsWith('session')));
    expect(sessions.map((cookies) => cookies.map(({ name }) => name))).toEqual([
      ['acme-session'],
      ['session'],
      ['globex-session'],
      ['session'],
    ]);
    for (const cookie of sent.flat()) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    expect(await page.evaluate('document.cookie')).toBe('');

    const [, , left] = stops;
    if (!left) throw new Error('unreachable');
    await page.goto(`${left.issuer}/end-session`);
    await page.click('#logout-confirm');
    await page.waitForSelector('#logged-out');
    for (const stop of stops) expect([stop.issuer, await isSignedIn(page, stop)]).toEqual([stop.issuer, stop !== left]);
  });
});
