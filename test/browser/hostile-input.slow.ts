import { expect, it } from '@jest/globals';
import { authorizeUrl, tour } from '../../scripts/page-tour.js';
import { encodeForm } from '../support/http.js';
import { describeInChromium } from './chromium.js';
import { ALL, NONE, PARAMETERS, PATHS, PAYLOADS, expectHarmless, harmOn } from './hostile-text.js';
import { givenHostileVisits } from './hostile-visits.js';

describeInChromium('hostile input in Chromium', () => {
  const given = givenHostileVisits();

  it('is noticed where it runs', async () => {
    const { person, tenant } = given();
    const { page } = person;
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: `<body>${ALL}` }));
    await page.goto(`${tenant.issuer}/sign-in`);
    await page.waitForFunction('window.ran === true');
    expect(await harmOn(person)).toMatchObject({ ran: true, drawn: 3 });
  });

  // Each parameter by itself, and signed in: test/walks/hostile-parameters.walk.ts.
  it('is text in all parameters of every page at once', async () => {
    const { person, tenant } = given();
    const everywhere = encodeForm(Object.fromEntries(PARAMETERS.map((name) => [name, ALL])));
    for (const path of PATHS) await expectHarmless(person, `${tenant.issuer}${path}?${everywhere}`);
  });

  it('is text in headers, cookies and what is typed', async () => {
    const { person, tenant } = given();
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
    for (const path of PATHS) await expectHarmless(person, `${tenant.issuer}${path}`);
    await page.goto(authorizeUrl(tenant, { prompt: 'login' }));
    await page.fill('#username', ALL);
    await page.fill('#password', ALL);
    await page.click('#login-submit');
    await page.waitForSelector('#notice[role=alert]');
    expect(await page.inputValue('#username')).toBe(ALL);
    expect(await harmOn(person)).toEqual(NONE);
  });

  it('is text wherever a tenant stored it', async () => {
    const { demo, person } = given();
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
      expect([name, await harmOn(person)]).toEqual([name, NONE]);
      const isOfTenant = !['error', 'tenant-not-found', 'form-post', 'dev-mailbox', 'dev-mail'].includes(name);
      if (isOfTenant)
        expect([name, await person.page.textContent('body')]).toEqual([name, expect.stringContaining('<svg')]);
    });
    expect(seen).toContain('consent');
  });
});
