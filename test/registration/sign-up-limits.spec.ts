import { describe, expect, it } from '@jest/globals';
import { readForm, TestBrowser } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { postForm } from '../support/http.js';
import { newAddress, PASSWORD, signUp } from './sign-up.fixture.js';

const slow = (burst: number) => ({ burst, perSecond: 0.001 });
const platform = givenPlatform({
  limits: { signUps: { tenant: slow(2), allTenants: slow(3), everywhere: slow(100) } },
});
const acme = givenTenant(platform, 'acme', { sign_up: 'open' });
const globex = givenTenant(platform, 'globex', { sign_up: 'open' });
const initech = givenTenant(platform, 'initech', { sign_up: 'open' });

const stored = () => platform.database.query('SELECT FROM verifications UNION ALL SELECT FROM mails');

describe('sign-ups of one network', () => {
  it('are limited at one tenant and at all, before anything is stored or mailed', async () => {
    const attempt = (issuer: string) => signUp(new TestBrowser(), issuer, { email: newAddress() });
    expect((await attempt(acme.issuer)).status).toBe(200);
    // What is filled in wrongly does not count.
    expect((await signUp(new TestBrowser(), acme.issuer, { email: 'no address' })).status).toBe(400);
    expect((await attempt(acme.issuer)).status).toBe(200);
    const before = (await stored()).length;
    const refused = await attempt(acme.issuer);
    expect([refused.status, Number(refused.headers['retry-after']) > 0]).toEqual([429, true]);
    expect(refused.text).toContain('error-page');
    // Nobody is in another network because a header says so.
    const forged = [{ 'x-forwarded-for': '198.51.100.7' }, { forwarded: 'for=198.51.100.8' }, { 'x-real-ip': '::1' }];
    for (const headers of forged) {
      const browser = new TestBrowser();
      const form = readForm(await browser.open(`${acme.issuer}/sign-up`), 'sign-up-form');
      const fields = { ...form.fields, email: newAddress(), new_password: PASSWORD, new_password_again: PASSWORD };
      const url = new URL(form.action, acme.issuer).href;
      const more = { accept: 'text/html', cookie: browser.cookieHeader(url), 'sec-fetch-site': 'same-origin' };
      expect((await postForm(url, fields, { ...more, ...headers })).status).toBe(429);
    }
    expect((await stored()).length).toBe(before);
    // Another tenant is not touched, until the network has had enough everywhere.
    expect((await attempt(globex.issuer)).status).toBe(200);
    expect((await attempt(initech.issuer)).status).toBe(429);
  });
});
