import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type TourStop, authorizeUrl, tour } from '../../scripts/page-tour.js';
import { encodeForm } from '../support/http.js';
import { describeInChromium, launchChromium } from './chromium.js';
import { type DemoPlatform, startDemoPlatform } from './demo-platform.js';
import { type Visit, visit } from './visit.js';

/** What would run, or draw an element, if it were not text. */
const PAYLOADS = [
  `"><svg onload=pwned()>`,
  `'-pwned()-'</script><script>pwned()</script>`,
  `javascript:pwned()`,
  `</title></style><img src=x onerror=pwned()>{{constructor.constructor('pwned()')()}}`,
];
/** Each of them, whatever it is put into. */
const ALL = PAYLOADS.join(' ');

const PARAMETERS = [
  ...['client_id', 'redirect_uri', 'response_type', 'response_mode', 'scope', 'state', 'nonce', 'prompt', 'display'],
  ...['login_hint', 'ui_locales', 'id_token_hint', 'max_age', 'acr_values', 'resource', 'code_challenge', 'claims'],
  ...['code_challenge_method', 'request', 'request_uri', 'error', 'error_description', 'error_hint', 'returnTo'],
  ...[
    'post_logout_redirect_uri',
    'ticket',
    'withdrawn',
    'username',
    'csrf',
    'continue',
    'v',
    'reason',
    'id',
    'signed_out',
  ],
];
const PATHS = [
  ...['/authorize', '/authorize/resume', '/authorize/restart', '/sign-in', '/consent', '/account', '/end-session'],
  ...['/error', '/language/de/sign-in', '/unknown', `/${encodeURIComponent(ALL)}`],
];

describeInChromium('hostile input in Chromium', () => {
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
    await person.context.addInitScript('window.pwned = () => { window.ran = true; }');
  });
  afterEach(() => person.close());

  /** What there is on the page that came from a payload, and what the browser complained of. */
  async function harmOn(page: Page) {
    return {
      ran: await page.evaluate('window.ran === true'),
      drawn: await page.locator('svg[onload], img[onerror], body script:not([nonce])').count(),
      linked: await page.locator('[href^="javascript:" i], [action^="javascript:" i]').count(),
      complaints: person.complaints.splice(0),
    };
  }
  const NONE = { ran: false, drawn: 0, linked: 0, complaints: [] };

  async function expectHarmless(page: Page, url: string): Promise<void> {
    await page.goto(url);
    expect([url, await harmOn(page)]).toEqual([url, NONE]);
  }

  async function signIn(page: Page): Promise<void> {
    await page.goto(`${tenant.issuer}/sign-in`);
    await page.fill('#username', 'alice');
    await page.fill('#password', tenant.password);
    await page.click('#login-submit');
    await page.waitForURL(`${tenant.issuer}/account`);
  }

  it('is noticed where it runs', async () => {
    const { page } = person;
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: `<body>${ALL}` }));
    await page.goto(`${tenant.issuer}/sign-in`);
    await page.waitForFunction('window.ran === true');
    expect(await harmOn(page)).toMatchObject({ ran: true, drawn: 3 });
  });

  it.each([false, true])('is text in every parameter of every page (signed in: %s)', async (isSignedIn) => {
    const { page } = person;
    if (isSignedIn) await signIn(page);
    const everywhere = encodeForm(Object.fromEntries(PARAMETERS.map((name) => [name, ALL])));
    for (const path of PATHS) await expectHarmless(page, `${tenant.issuer}${path}?${everywhere}`);
    for (const name of PARAMETERS) await expectHarmless(page, authorizeUrl(tenant, { [name]: ALL }));
    for (const name of ['client_id', 'post_logout_redirect_uri', 'state', 'ticket']) {
      await expectHarmless(page, `${tenant.issuer}/end-session?${encodeForm({ [name]: ALL })}`);
    }
  });

  it('is text in headers, cookies and what is typed', async () => {
    const { context, page } = person;
    const value = `"><svg/onload=pwned()>`;
    const names = ['acme-session', 'acme-browser', 'session', 'acme-language', 'tenant'];
    await context.addCookies(names.map((name) => ({ name, value, domain: 'localhost', path: '/t/acme' })));
    const headers = [
      'referer',
      'x-forwarded-host',
      'x-forwarded-prefix',
      'accept-language',
      'forwarded',
      'x-original-url',
    ];
    await context.setExtraHTTPHeaders(Object.fromEntries(headers.map((name) => [name, value])));
    for (const path of PATHS) await expectHarmless(page, `${tenant.issuer}${path}`);
    await page.goto(authorizeUrl(tenant, { prompt: 'login' }));
    await page.fill('#username', ALL);
    await page.fill('#password', ALL);
    await page.click('#login-submit');
    await page.waitForSelector('#notice[role=alert]');
    expect(await page.inputValue('#username')).toBe(ALL);
    expect(await harmOn(page)).toEqual(NONE);
  });

  it('is text wherever a tenant stored it', async () => {
    const { operator } = demo.platform;
    const { data: apis } = await operator.get<{ data: { id: string; scopes: { name: string }[] }[] }>(
      '/tenants/globex/apis',
    );
    for (const { id, scopes } of apis) {
      const described = scopes.map(({ name }) => ({ name, description: ALL }));
      await operator.patch(`/tenants/globex/apis/${id}`, { display_name: ALL, scopes: described });
    }
    const { data: users } = await operator.get<{ data: { id: string }[] }>('/tenants/globex/users');
    for (const { id } of users) await operator.patch(`/tenants/globex/users/${id}`, { name: ALL });
    await operator.patch('/tenants/globex/clients/web', { client_name: ALL });
    const texts = { sign_in_title: PAYLOADS[3], sign_in_text: ALL, footer_text: ALL };
    await operator.patch('/tenants/globex', { display_name: ALL, branding: { texts: { en: texts, de: texts } } });
    const seen: string[] = [];
    await tour(person.page, demo.tenant('globex', 'host'), async (name) => {
      seen.push(name);
      expect([name, await harmOn(person.page)]).toEqual([name, NONE]);
      const isOfTenant = !['error', 'tenant-not-found', 'form-post', 'dev-mailbox', 'dev-mail'].includes(name);
      if (isOfTenant)
        expect([name, await person.page.textContent('body')]).toEqual([name, expect.stringContaining('<svg')]);
    });
    expect(seen).toContain('consent');
  });
});
