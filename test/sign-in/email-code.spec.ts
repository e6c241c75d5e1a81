import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { AuditRecorder } from '../../src/audit/audit-recorder.js';
import { listEvents } from '../support/audit.js';
import { type Page, TestBrowser, readForm } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { mailsTo } from '../support/mails.js';
import { isFault, race, racingSubmit, times } from '../support/race.js';
import { submitCode } from '../support/second-factor.js';
import { ALICE_PASSWORD, authorizeUrl, pkce, redeem, responseOf } from '../support/tenant-fixture.js';

/** NIST SP 800-63B-4 does not count mail; a tenant may. */
const BY_MAIL = { second_factor: 'required', email_codes: 'second_factor', password_reset: 'off' };
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', BY_MAIL);
const globex = givenTenant(platform, 'globex', BY_MAIL);
const plain = givenTenant(platform, 'plain');

const { challenge, verifier } = pkce();
let browser: TestBrowser;
let username: string;
let address: string;
let id: string;

beforeEach(async () => {
  browser = new TestBrowser();
  ({ username, address, id } = await givenMember(acme.slug));
});

async function givenMember(slug: string, more: object = {}) {
  const name = `member-${randomUUID()}`;
  const email = `${name}@example.org`;
  const user = { username: name, password: ALICE_PASSWORD, email, email_verified: true, ...more };
  const created = await platform.operator.create<{ id: string }>(`/tenants/${slug}/users`, user);
  return { username: name, address: email, id: created.id };
}

const url = ({ issuer } = acme) => authorizeUrl(issuer, { code_challenge: challenge, code_challenge_method: 'S256' });

async function begin(by = browser, name = username, at = acme): Promise<Page> {
  return by.signIn(await by.open(url(at)), name, ALICE_PASSWORD);
}
const send = (page: Page, by = browser) => by.submit(page, 'send-code-form');
const mails = async (to = address, at = acme) =>
  (await mailsTo(platform, at, to)).filter(({ template }) => template === 'email_code');
const codeOf = async (to = address, at = acme) => (await mails(to, at)).at(-1)?.code ?? '';
const isConsent = (page: Page) => page.text.includes('id="consent-approve"');

describe('a code by mail', () => {
  it('is sent when the person asks for it, and confirms the sign-in once', async () => {
    const page = await begin();
    expect([await mails(), page.text.includes('id="code"'), page.text.includes(address)]).toEqual([[], false, false]);
    const asked = await send(page);
    expect(await mails()).toHaveLength(1);
    expect(asked.text).toMatch(/inputmode="numeric"[^>]*autocomplete="one-time-code"/);
    // A reload sends nothing.
    await browser.open(asked.url);
    const code = await codeOf();
    const consent = await submitCode(browser, asked, code);
    const { code: granted } = responseOf(await browser.decide(consent, 'approve'));
    const answer = await redeem(acme, { code: granted, code_verifier: verifier });
    const [, claims = ''] = answer.json<{ id_token: string }>().id_token.split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      acr: '2',
      amr: ['pwd', 'otp', 'mfa'],
    });
    expect(await mails()).toHaveLength(1);
    const later = new TestBrowser();
    const again = await send(await begin(later), later);
    expect((await submitCode(later, again, code)).status).toBe(400);
  });

  it('counts in the browser that asked, for the person who asked', async () => {
    const asked = await send(await begin());
    const code = await codeOf();
    const { sent } = readForm(asked, 'second-factor-form').fields;
    const elsewhere = new TestBrowser();
    const theirs = await send(await begin(elsewhere), elsewhere);
    expect((await submitCode(elsewhere, theirs, code, { sent: sent ?? '' })).status).toBe(400);
    const other = await givenMember('acme');
    await browser.submit(await browser.open(`${acme.issuer}/end-session`), 'logout-confirm');
    const page = await send(await begin(browser, other.username));
    expect((await submitCode(browser, page, code, { sent: sent ?? '' })).status).toBe(400);
  });

  it('of one tenant counts at no other', async () => {
    const asked = await send(await begin());
    const { sent } = readForm(asked, 'second-factor-form').fields;
    const other = await givenMember('globex', { email: address });
    const page = await send(await begin(browser, other.username, globex));
    const answer = await submitCode(browser, page, await codeOf(), { sent: sent ?? '' });
    expect([answer.status, await mails(address, globex)]).toEqual([400, [expect.anything()]]);
    const again = await send(answer);
    expect(isConsent(await submitCode(browser, again, await codeOf(address, globex)))).toBe(true);
  });

  it('is not guessed: after five wrong ones the right one is spent', async () => {
    let page = await send(await begin());
    const code = await codeOf();
    const wrong = code.startsWith('0') ? '1111 1111' : '0000 0000';
    for (let guess = 0; guess < 5; guess++) page = await submitCode(browser, page, wrong);
    expect((await submitCode(browser, page, code)).status).toBeGreaterThanOrEqual(400);
    await platform.application.nest.get(AuditRecorder).flush();
    expect(await listEvents(platform.operator, 'acme', 'user.second_factor_failed')).toContainEqual(
      expect.objectContaining({ user_id: id, details: expect.objectContaining({ factor: 'email-code' }) }),
    );
  });

  it('typed fifty times at once strengthens one session', async () => {
    const page = await send(await begin());
    const request = racingSubmit(browser, page, 'second-factor-form', { code: await codeOf() });
    const answers = await race(
      [platform.config.listen.port],
      times(50, () => request),
    );
    expect(answers.map(({ status }) => status).filter(isFault)).toEqual([]);
    const strong = await platform.database.query(`SELECT FROM sessions WHERE user_id = $1 AND acr = '2'`, [id]);
    expect(strong).toHaveLength(1);
  });

  it('is not sent without end', async () => {
    let page = await begin();
    for (let mail = 0; mail < 12 && page.status !== 429; mail++) page = await send(page);
    expect([page.status, Number(page.headers['retry-after']) > 0]).toEqual([429, true]);
    expect((await mails()).length).toBeLessThanOrEqual(10);
  });

  it('is for verified addresses; others set up another factor', async () => {
    const unverified = await givenMember('acme', { email_verified: false });
    const page = await begin(browser, unverified.username);
    expect(page.text).toContain('id="enrolment-choices"');
  });

  it('is no second factor where the tenant does not want it', async () => {
    const member = await givenMember('plain');
    expect(isConsent(await begin(browser, member.username, plain))).toBe(true);
  });
});

describe('the policy', () => {
  it('lets a mailbox be one factor, not two', async () => {
    const change = (slug: string, policy: object) => platform.operator.patch(`/tenants/${slug}`, { policy });
    await expect(change('plain', { email_codes: 'second_factor' })).rejects.toThrow(/400.*password_reset/s);
    await expect(change('acme', { password_reset: 'mail' })).rejects.toThrow(/400.*email_codes/s);
  });
});
