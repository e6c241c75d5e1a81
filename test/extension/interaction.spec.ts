import { describe, expect, it } from '@jest/globals';
import { TestBrowser, linkOn } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { asksForCode, submitCode } from '../support/second-factor.js';
import { listEvents } from '../support/audit.js';
import { mailsTo } from '../support/mails.js';
import { ALICE_PASSWORD, authorizeUrl, pkce, responseOf } from '../support/tenant-fixture.js';
import { PinFactor } from './pin.factor.js';
import { TermsStep } from './terms.step.js';

const platform = givenPlatform({ factors: [PinFactor], interactionSteps: [TermsStep] });
const acme = givenTenant(platform, 'acme', { second_factor: 'required' });

const url = (params: Record<string, string> = {}) =>
  authorizeUrl(acme.issuer, { code_challenge: pkce().challenge, code_challenge_method: 'S256', ...params });

describe('a second factor and a step that were added from outside', () => {
  it('are asked for in their order, and cannot be passed by', async () => {
    const browser = new TestBrowser();
    const page = await browser.signIn(await browser.open(url()), 'alice', ALICE_PASSWORD);
    expect([asksForCode(page), page.text.includes('action="/t/acme/second-factor/sms"')]).toEqual([true, true]);
    expect((await submitCode(browser, page, '1234')).status).toBe(400);
    const terms = await submitCode(browser, page, '4711');
    expect(terms.url).toContain('/account/terms?request=');
    const request = new URL(terms.url).searchParams.get('request') ?? '';
    const consent = await browser.open(`${acme.issuer}/consent?request=${request}`);
    expect(consent.url).toContain('/account/terms?request=');
    expect(responseOf(await browser.open(url({ prompt: 'none' })))).toMatchObject({ error: 'interaction_required' });

    await platform.operator.patch(`/tenants/acme/users/${acme.aliceId}`, { nickname: 'Al' });
    const allowed = await browser.open(`${acme.issuer}/authorize/resume?request=${request}`);
    expect(responseOf(await browser.decide(allowed, 'approve'))).toHaveProperty('code');
  });
});

describe('a second factor that was added from outside', () => {
  const free = givenTenant(platform, 'globex');
  const path = (id: string) => `/tenants/globex/users/${id}/factors`;

  /** A German who has proven their address, signed in. */
  async function givenGerman(username: string) {
    const email = `${username}@example.com`;
    const data = { username, password: ALICE_PASSWORD, email, email_verified: true, locale: 'de' };
    const { id } = await platform.operator.create<{ id: string }>('/tenants/globex/users', { ...data, nickname: 'x' });
    const browser = new TestBrowser();
    await browser.signIn(await browser.open(`${free.issuer}/sign-in`), username, ALICE_PASSWORD);
    return { id, browser, told: async () => (await mailsTo(platform, free, email)).map(({ template }) => template) };
  }

  async function enrol(browser: TestBrowser) {
    const account = await browser.open(`${free.issuer}/account/second-factor`);
    expect(account.text).toContain('Nummer aufs Telefon');
    return browser.open(linkOn(account, 'set-up-sms'));
  }

  const eventsOf = async (id: string, type: string) =>
    (await listEvents(platform.operator, 'globex', type)).filter(({ user_id: user }) => user === id);

  it('is set up, listed and taken back on the account page; each is recorded and mailed', async () => {
    const { id, browser, told } = await givenGerman('gerd');
    const page = await enrol(browser);
    expect((await submitCode(browser, page, '1234')).status).toBe(400);
    const account = await submitCode(browser, page, '4711');
    expect(account.url).toBe(`${free.issuer}/account/second-factor`);
    expect(await told()).toEqual(['factor_added']);
    expect(await mailsTo(platform, free, 'gerd@example.com')).toMatchObject([
      { values: { factor: 'Nummer aufs Telefon' } },
    ]);
    expect(await platform.operator.get(path(id))).toMatchObject({ data: [{ factor: 'sms' }] });
    expect(await eventsOf(id, 'user.second_factor_added')).toMatchObject([{ details: { factor: 'sms' } }]);

    const removed = await browser.submit(account, '/account/second-factor/remove');
    expect(removed.url).toContain('factor_removed');
    expect(await told()).toEqual(['factor_added', 'factor_removed']);
    expect(await platform.operator.get(path(id))).toMatchObject({ data: [] });
    expect(await eventsOf(id, 'user.second_factor_removed')).toMatchObject([{ details: { factor: 'sms' } }]);
  });

  it('is reset by an administrator, which is recorded and mailed', async () => {
    const { id, browser, told } = await givenGerman('greta');
    await submitCode(browser, await enrol(browser), '4711');
    expect((await platform.operator.request('DELETE', `${path(id)}/sms`)).status).toBe(204);
    expect((await platform.operator.request('DELETE', `${path(id)}/sms`)).status).toBe(404);
    expect(await told()).toEqual(['factor_added', 'factors_reset']);
    expect(await eventsOf(id, 'user.second_factor_removed')).toMatchObject([
      { actor: expect.any(String), details: { factor: 'sms' } },
    ]);
    const again = new TestBrowser();
    const page = await again.signIn(await again.open(`${free.issuer}/sign-in`), 'greta', ALICE_PASSWORD);
    expect(asksForCode(page)).toBe(false);
  });

  it('cannot be set up by whoever only has the password of somebody who has it', async () => {
    const { browser } = await givenGerman('gisela');
    await submitCode(browser, await enrol(browser), '4711');
    const thief = new TestBrowser();
    await thief.signIn(await thief.open(`${free.issuer}/sign-in`), 'gisela', ALICE_PASSWORD);
    const page = await thief.open(`${free.issuer}/second-factor/enrol-totp`);
    expect([asksForCode(page), page.text.includes('totp-form')]).toEqual([true, false]);
  });
});
