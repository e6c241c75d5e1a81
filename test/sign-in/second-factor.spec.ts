import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type Page, TestBrowser, readForm } from '../support/browser.js';
import { encodeForm } from '../support/http.js';
import { toTenantId } from '../../src/database/tenant-id.js';
import { csrfToken } from '../../src/pages/browser/csrf.js';
import type { Session } from '../../src/sessions/session.js';
import { findRoutes } from '../isolation/routes.js';
import { AuditRecorder } from '../../src/audit/audit-recorder.js';
import { listEvents } from '../support/audit.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { mailsTo } from '../support/mails.js';
import {
  type TestApp,
  asksForCode,
  challengeUrl,
  codeOf,
  confirmApp,
  forgetSteps,
  formOf,
  givenUserWithApp,
  recoveryCodesOn,
  secretOn,
  submitCode,
  wrongCodeOf,
} from '../support/second-factor.js';
import { ALICE_PASSWORD, authorizeUrl, pkce, redeem, responseOf } from '../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const globex = givenTenant(platform, 'globex', { second_factor: 'required' });
const offering = givenTenant(platform, 'offering', { second_factor: 'offered' });
const none = givenTenant(platform, 'none', { second_factor: 'off' });

const { challenge, verifier } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
const HEADERS = { accept: 'text/html', 'sec-fetch-site': 'same-origin' };

let user: TestApp & { readonly id: string; readonly username: string };
let browser: TestBrowser;

beforeEach(async () => {
  user = await givenUserWithApp(platform, acme, `user-${randomUUID()}`);
  browser = new TestBrowser();
  await forgetSteps(platform);
});

const url = (params: Record<string, string> = {}, { issuer } = acme) => authorizeUrl(issuer, { ...PKCE, ...params });

/** As far as the second factor. */
async function begin(params: Record<string, string> = {}, by = browser): Promise<Page> {
  return by.signIn(await by.open(url(params)), user.username, ALICE_PASSWORD);
}

/** Of every form: which one a route takes turns out when it is sent. */
const PURPOSES = [
  ...(['sign-in', 'continue', 'second-factor', 'consent', 'password', 'sign-up', 'mail-link'] as const),
  ...(['verify-address', 'terms', 'complete-profile', 'keep-account', 'confirm-email', 'recovery'] as const),
  ...(['setup-link'] as const),
  ...(['account/applications', 'account/clients', 'account/data', 'account/delete', 'account/email'] as const),
  ...(['account/passkeys', 'account/profile', 'account/sessions', 'account/second-factor'] as const),
];
/** No forms, and those that end the session that is tried here. */
const NOT_HERE =
  /^POST \/(api\/v1|account\/api|token|revoke|introspect|userinfo|authorize|end-session|consent\/switch)(\/|$)/;

/** What somebody has, and what was given for them. */
async function belongings(): Promise<unknown> {
  const tables = ['users', 'user_totp', 'user_recovery_codes', 'passkeys', 'remembered_devices', 'user_identifiers'];
  const more = ['consents', 'grants', 'authorization_codes'];
  return Promise.all(
    [...tables, ...more].map((table) =>
      platform.database.query(`SELECT to_jsonb(t)::text AS row FROM ${table} t ORDER BY 1`),
    ),
  );
}

const isConsent = (page: Page) => page.text.includes('id="consent-approve"');

async function claimsOf(page: Page, by = browser): Promise<Record<string, unknown>> {
  const { code } = responseOf(isConsent(page) ? await by.decide(page, 'approve') : page);
  const { id_token: token } = (await redeem(acme, { code, code_verifier: verifier })).json<{ id_token: string }>();
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

describe('a person with an authenticator app', () => {
  it('types its code after the password, with spaces, and is asked for nothing more', async () => {
    const page = await begin();
    expect(asksForCode(page)).toBe(true);
    expect(page.text).toMatch(/inputmode="numeric"[^>]*autocomplete="one-time-code"/);
    const code = await codeOf(user.secret);
    const consent = await submitCode(browser, page, `${code.slice(0, 3)} ${code.slice(3)}`);
    expect(isConsent(consent)).toBe(true);
    expect(await claimsOf(consent)).toMatchObject({ acr: '2', amr: ['pwd', 'otp', 'mfa'] });
    expect(responseOf(await browser.open(url()))).toHaveProperty('code');
  });

  it('gets a fresh session secret with it', async () => {
    const page = await begin();
    const before = browser.cookie('session');
    await submitCode(browser, page, await codeOf(user.secret));
    expect(browser.cookie('session')).not.toBe(before);
    const thief = { ...HEADERS, cookie: `acme-session=${before}; acme-browser=${browser.cookie('browser')}` };
    const answer = await new TestBrowser().request('GET', `${acme.issuer}/account`, undefined, thief);
    expect(answer.headers.location).toContain('/sign-in');
  });

  it('is told that a wrong code is wrong, and the log knows', async () => {
    const page = await submitCode(browser, await begin(), await wrongCodeOf(user.secret));
    expect([page.status, page.text.includes('That code does not work')]).toEqual([400, true]);
    await platform.application.nest.get(AuditRecorder).flush();
    expect(await listEvents(platform.operator, 'acme', 'user.second_factor_failed')).toContainEqual(
      expect.objectContaining({ user_id: user.id, details: expect.objectContaining({ factor: 'totp' }) }),
    );
  });

  it('cannot use a code twice', async () => {
    const code = await codeOf(user.secret);
    expect(isConsent(await submitCode(browser, await begin(), code))).toBe(true);
    const other = new TestBrowser();
    expect((await submitCode(other, await begin({}, other), code)).status).toBe(400);
  });

  it('is slowed down after some wrong codes, and their password is not', async () => {
    let page = await begin();
    const wrong = await wrongCodeOf(user.secret);
    for (let attempt = 0; attempt < 12 && page.status !== 429; attempt++) page = await submitCode(browser, page, wrong);
    expect([page.status, Number(page.headers['retry-after']) > 0]).toEqual([429, true]);
    expect((await submitCode(browser, page, await codeOf(user.secret))).status).toBe(429);
    const other = new TestBrowser();
    expect(asksForCode(await begin({}, other))).toBe(true);
  });

  it('may use a recovery code instead, once', async () => {
    const [code = ''] = user.recoveryCodes;
    const page = await begin();
    const link = /id="other-factors".*?href="([^"]+)"/s.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const other = await browser.open(new URL(link, page.url).href);
    expect(other.text).toContain('Enter a recovery code');
    const consent = await submitCode(browser, other, ` ${code.toUpperCase()} `);
    expect(await claimsOf(consent)).toMatchObject({ acr: '2', amr: ['pwd', 'otp', 'mfa'] });
    const again = new TestBrowser();
    const second = await again.open(challengeUrl(await begin({}, again), 'recovery-code'));
    expect(second.text).toContain('Enter a recovery code');
    expect((await submitCode(again, second, code)).status).toBe(400);
  });

  it('is not asked in a browser that is remembered, but for a stronger sign-in', async () => {
    await submitCode(browser, await begin(), await codeOf(user.secret), { remember: 'yes' });
    await signOut(browser);
    const page = await begin();
    expect(isConsent(page)).toBe(true);
    expect(await claimsOf(page)).toMatchObject({ acr: '1', amr: ['pwd'] });
    const claims = JSON.stringify({ id_token: { acr: { essential: true, value: '2' } } });
    expect(asksForCode(await browser.open(url({ claims })))).toBe(true);
    await platform.operator.patch(`/tenants/acme/users/${user.id}`, { password: 'another battery staple horse' });
    const changed = await browser.signIn(await browser.open(url()), user.username, 'another battery staple horse');
    expect(asksForCode(changed)).toBe(true);
  });

  it('is asked in a remembered browser before what protects the account is changed', async () => {
    await submitCode(browser, await begin(), await codeOf(user.secret), { remember: 'yes' });
    await signOut(browser);
    await begin();
    const at = (path: string) => `${acme.issuer}${path}`;
    const page = await browser.open(at('/account/second-factor'));
    expect(page.text).toContain('/account/second-factor/remove');
    const attempts = [
      await browser.submit(page, '/account/second-factor/remove'),
      await browser.submit(page, '/account/second-factor/recovery-codes'),
      await browser.submit(await browser.open(at('/account/data')), '/account/download'),
      await browser.open(at('/account/email')),
      await browser.open(at('/second-factor/enrol-passkey')),
      await browser.open(url({ acr_values: 'phr' })),
    ];
    expect(attempts.map(({ text }) => text.includes('id="login-form"'))).toEqual(attempts.map(() => true));
    const [first, last] = [attempts[0] as Page, attempts.at(-1) as Page];
    expect(asksForCode(await browser.signIn(last, user.username, ALICE_PASSWORD))).toBe(true);
    const challenge = await browser.signIn(first, user.username, ALICE_PASSWORD);
    expect(asksForCode(challenge)).toBe(true);
    await forgetSteps(platform);
    const fresh = await submitCode(browser, challenge, await codeOf(user.secret));
    expect((await browser.submit(fresh, '/account/second-factor/remove')).text).toContain('It was removed');
  });

  it('is not asked where the tenant switched second factors off', async () => {
    const alice = new TestBrowser();
    const page = await alice.signIn(await alice.open(url({}, none)), 'alice', ALICE_PASSWORD);
    expect(isConsent(page)).toBe(true);
    expect((await alice.open(`${none.issuer}/second-factor/enrol-totp`)).url).toMatch(/\/account$/);
  });
});

describe('a mail tells the person', () => {
  const templatesTo = async (address: string) =>
    (await mailsTo(platform, acme, address)).map(({ template, locale }) => `${template} ${locale}`);
  const givenMember = async (email_verified = true) => {
    const username = `member-${randomUUID()}`;
    const address = `${username}@example.org`;
    const member = await givenUserWithApp(platform, acme, username, { email: address, email_verified });
    return { ...member, address };
  };

  it('that an app was set up, new recovery codes were made, and the app was removed', async () => {
    const { username, address, secret } = await givenMember();
    expect(await templatesTo(address)).toEqual(['totp_added en']);
    await forgetSteps(platform);
    const signedIn = await browser.signIn(await browser.open(`${acme.issuer}/sign-in`), username, ALICE_PASSWORD);
    await submitCode(browser, signedIn, await codeOf(secret));
    await browser.open(`${acme.issuer}/language/de/account`);
    const account = () => browser.open(`${acme.issuer}/account/second-factor`);
    await browser.submit(await account(), '/account/second-factor/recovery-codes');
    await browser.submit(await account(), '/account/second-factor/remove');
    expect((await templatesTo(address)).slice(1)).toEqual(['recovery_codes_made de', 'totp_removed de']);
  });

  it('that a recovery code was used, and how many are left; not of a wrong one', async () => {
    const { username, address, recoveryCodes } = await givenMember();
    const page = await browser.signIn(await browser.open(url()), username, ALICE_PASSWORD);
    const other = await browser.open(challengeUrl(page, 'recovery-code'));
    const wrong = await submitCode(browser, other, 'aaaaa-aaaaa');
    expect([wrong.status, await templatesTo(address)]).toEqual([400, ['totp_added en']]);
    await submitCode(browser, wrong, recoveryCodes[0] ?? '');
    const [, used] = await mailsTo(platform, acme, address);
    expect(used).toMatchObject({ template: 'recovery_code_used', values: { left: recoveryCodes.length - 1 } });
  });

  it('that an administrator reset the second factor', async () => {
    const { id, address } = await givenMember();
    const answer = await platform.operator.request('DELETE', `/tenants/acme/users/${id}/factors/totp`);
    expect([answer.status, (await templatesTo(address)).at(-1)]).toEqual([204, 'factors_reset en']);
  });

  it('at a verified address only', async () => {
    const { address } = await givenMember(false);
    expect(await templatesTo(address)).toEqual([]);
  });
});

async function signOut(by: TestBrowser): Promise<void> {
  await by.submit(await by.open(`${acme.issuer}/end-session`), 'logout-confirm');
}

describe('the second factor cannot be passed by', () => {
  it('an address or a form of another step', async () => {
    const page = await begin();
    const { request = '' } = formOf(page);
    const challenges = [
      await browser.open(`${acme.issuer}/authorize/resume?request=${request}`),
      await browser.open(`${acme.issuer}/consent?request=${request}`),
      await browser.open(`${acme.issuer}/sign-in?request=${request}`),
      await browser.open(`${acme.issuer}/second-factor/enrol?request=${request}`),
      await browser.open(`${acme.issuer}/second-factor/enrol-totp?request=${request}`),
      await browser.open(`${acme.issuer}/second-factor/nonsense?request=${request}`),
      await browser.open(url()),
    ];
    expect(challenges.map((each) => asksForCode(each))).toEqual(challenges.map(() => true));
  });

  it('the consent form of somebody who needs none', async () => {
    const alice = new TestBrowser();
    const page = await alice.signIn(await alice.open(url()), 'alice', ALICE_PASSWORD);
    // Half of the token is of the page and half of the person. Both are taken from pages of this browser.
    const own = await begin();
    const { request = '' } = formOf(own);
    const consent = readForm(page, 'consent-approve');
    const answer = await browser.request(
      'POST',
      `${acme.issuer}/consent`,
      encodeForm({ ...consent.fields, request, decision: 'approve' }),
      HEADERS,
    );
    expect(answer.headers.location ?? '').not.toContain('code=');
  });

  it('the account pages, their forms and a change of the password', async () => {
    await begin();
    for (const path of ['/account', '/account/sessions', '/account/applications', '/account/second-factor']) {
      expect([path, asksForCode(await browser.open(`${acme.issuer}${path}`))]).toEqual([path, true]);
    }
    const password = await browser.open(`${acme.issuer}/change-password`);
    expect(asksForCode(password)).toBe(true);
    const done = await submitCode(browser, password, await codeOf(user.secret));
    expect(done.url).toBe(`${acme.issuer}/change-password`);
  });

  it('any form there is, with its right token: whoever has the password alone changes nothing', async () => {
    const { request = '' } = formOf(await begin());
    const session = { user: { id: user.id } } as Session;
    const known = { secret: browser.cookie('acme-browser'), session };
    const tokens = PURPOSES.map((purpose) => csrfToken(toTenantId(acme.id), known, purpose));
    const id = randomUUID();
    const given = {
      ...{ factor: 'totp', code: await wrongCodeOf(user.secret), offer: 'x', sent: id, verification: id, id },
      ...{ passkey: id, session: id, name: 'x', email: 'thief@evil.test', phone_number: '+4930123456' },
      ...{ username: user.username, current_password: ALICE_PASSWORD, client_id: 'web' },
      ...{ new_password: 'nine lamps beside the quiet harbour', token: 'A'.repeat(43) },
      ...{ new_password_again: 'nine lamps beside the quiet harbour', decision: 'approve', end_sessions: 'on' },
    };
    const routes = findRoutes(platform).filter((route) => route.startsWith('POST ') && !NOT_HERE.test(route));
    const before = await belongings();
    const unknown = [];
    const headers = { ...HEADERS, 'tenantry-console': '1' };
    for (const route of routes) {
      const at = `${acme.issuer}${route.slice('POST '.length).replace(/:\w+/g, 'totp')}`;
      let status = 403;
      for (const csrf of tokens) {
        if (status !== 403) break;
        for (const more of [{}, { request }]) {
          ({ status } = await browser.request('POST', at, encodeForm({ ...given, ...more, csrf }), headers));
        }
      }
      // A form whose token is not among these was not tried; sign-up is closed here.
      if (status === 403 && !route.startsWith('POST /sign-up')) unknown.push(route);
    }
    expect([routes.length > 30, unknown]).toEqual([true, []]);
    expect(await belongings()).toEqual(before);
    expect(asksForCode(await browser.open(`${acme.issuer}/account`))).toBe(true);
  });

  it('a browser that was signed in before the app was set up', async () => {
    const [other, owner] = [new TestBrowser(), new TestBrowser()];
    const username = `late-${randomUUID()}`;
    await platform.operator.create('/tenants/acme/users', { username, password: ALICE_PASSWORD });
    for (const by of [other, owner]) await by.signIn(await by.open(url()), username, ALICE_PASSWORD);
    await confirmApp(owner, await owner.open(`${acme.issuer}/second-factor/enrol-totp`));
    expect(asksForCode(await other.open(`${acme.issuer}/account`))).toBe(true);
    expect(asksForCode(await other.open(url()))).toBe(true);
    expect(responseOf(await other.open(url({ prompt: 'none' })))).toMatchObject({ error: 'login_required' });
  });

  it('recovery codes of before others were made', async () => {
    const page = await submitCode(browser, await begin(), await codeOf(user.secret));
    expect(isConsent(page)).toBe(true);
    const account = await browser.open(`${acme.issuer}/account/second-factor`);
    const newer = recoveryCodesOn(await browser.submit(account, '/account/second-factor/recovery-codes'));
    const elsewhere = new TestBrowser();
    const asked = await elsewhere.open(challengeUrl(await begin({}, elsewhere), 'recovery-code'));
    const refused = await submitCode(elsewhere, asked, user.recoveryCodes[0] ?? '');
    expect(refused.status).toBe(400);
    expect(isConsent(await submitCode(elsewhere, refused, newer[0] ?? ''))).toBe(true);
  });

  it('prompt=none, which is refused', async () => {
    await begin();
    expect(responseOf(await browser.open(url({ prompt: 'none' })))).toMatchObject({ error: 'login_required' });
  });

  it('a code typed in another browser or for another request of it', async () => {
    const page = await begin();
    const code = await codeOf(user.secret);
    const { request = '' } = formOf(page);
    const thief = new TestBrowser();
    await thief.open(url());
    const stolen = await thief.request(
      'POST',
      `${acme.issuer}/second-factor/totp`,
      encodeForm({ ...formOf(page), code }),
      HEADERS,
    );
    expect(stolen.status).toBe(403);
    // The request of another browser is not there for this one.
    const other = new TestBrowser();
    const theirs = await begin({}, other);
    const mixed = await browser.submit(page, 'second-factor-form', { code, request: formOf(theirs)['request'] ?? '' });
    expect(mixed.status).toBe(400);
    expect(asksForCode(await browser.open(`${acme.issuer}/authorize/resume?request=${request}`))).toBe(true);
  });

  it('a code or a session of another tenant', async () => {
    const page = await begin();
    const cookies = `globex-session=${browser.cookie('session')}; globex-browser=${browser.cookie('browser')}`;
    const elsewhere = await new TestBrowser().request('GET', `${globex.issuer}/account`, undefined, {
      ...HEADERS,
      cookie: cookies,
    });
    expect(elsewhere.headers.location).toContain('/sign-in');
    const form = encodeForm({ ...formOf(page), code: await codeOf(user.secret) });
    const posted = await browser.request('POST', `${globex.issuer}/second-factor/totp`, form, HEADERS);
    expect(posted.status).toBe(403);
  });
});

describe('a button that is pressed twice', () => {
  /** The same form twice, and the two browsers that would keep one answer each. */
  async function twice(page: Page, form: string, fields: Record<string, string>) {
    const browsers = [browser.fork(), browser.fork()];
    const pages = await Promise.all(browsers.map((each) => each.submit(page, form, fields)));
    return pages.map((each, index) => ({ page: each, by: browsers[index] ?? browser }));
  }

  it('leads on by either answer, at once or one after the other, and remembers the browser', async () => {
    const asked = await begin();
    const fields = { code: await codeOf(user.secret), remember: 'yes' };
    const answers = await twice(asked, 'second-factor-form', fields);
    const late = browser.fork();
    const all = [...answers, { page: await late.submit(asked, 'second-factor-form', fields), by: late }];
    expect(all.map(({ page }) => isConsent(page))).toEqual([true, true, true]);
    expect(new Set(all.map(({ by }) => by.cookie('session'))).size).toBe(1);
    expect(new Set(all.map(({ by }) => by.cookie('device'))).size).toBe(1);
    await platform.application.nest.get(AuditRecorder).flush();
    const failures = await listEvents(platform.operator, 'acme', 'user.second_factor_failed');
    expect(failures.filter(({ user_id: id }) => id === user.id)).toEqual([]);
    const { page, by } = all[2] ?? { page: asked, by: late };
    expect(await claimsOf(page, by)).toMatchObject({ amr: ['pwd', 'otp', 'mfa'] });
  });

  it('uses a recovery code once', async () => {
    const [code = ''] = user.recoveryCodes;
    const page = await browser.open(challengeUrl(await begin(), 'recovery-code'));
    const answers = await twice(page, 'second-factor-form', { code });
    expect(answers.map((answer) => isConsent(answer.page))).toEqual([true, true]);
    const left = await platform.database.query('SELECT FROM user_recovery_codes WHERE user_id = $1', [user.id]);
    expect(left).toHaveLength(9);
  });

  it('does not let in a browser that lacks the secrets, nor the same one a while later', async () => {
    const page = await begin();
    const code = await codeOf(user.secret);
    const thief = new TestBrowser();
    const theirs = await begin({}, thief);
    const late = browser.fork();
    expect(isConsent(await submitCode(browser, page, code))).toBe(true);
    expect((await submitCode(thief, theirs, code)).status).toBe(400);
    await platform.database.query(
      `UPDATE sessions SET factors = (SELECT jsonb_agg(f || jsonb_build_object('at', (f->>'at')::float8 - 60))
                                        FROM jsonb_array_elements(factors) AS f) WHERE user_id = $1`,
      [user.id],
    );
    expect((await submitCode(late, page, code)).url).toContain('/sign-in');
  });

  it('shows the same recovery codes of a new app', async () => {
    const username = `user-${randomUUID()}`;
    await platform.operator.create('/tenants/acme/users', { username, password: ALICE_PASSWORD });
    await browser.signIn(await browser.open(`${acme.issuer}/sign-in`), username, ALICE_PASSWORD);
    const page = await browser.open(`${acme.issuer}/second-factor/enrol-totp`);
    const code = await codeOf(secretOn(page));
    const answers = await twice(page, 'totp-form', { code });
    const late = browser.fork();
    const codes = [...answers.map((answer) => answer.page), await late.submit(page, 'totp-form', { code })].map(
      recoveryCodesOn,
    );
    expect([codes[0], codes[1], codes[2]]).toEqual([codes[0], codes[0], codes[0]]);
    expect((await late.open(`${acme.issuer}/account/second-factor`)).text).toContain('10 codes are left');
  });

  it('skips what is offered', async () => {
    const page = await browser.signIn(await browser.open(url({}, offering)), 'alice', ALICE_PASSWORD);
    const answers = await twice(page, 'skip-form', {});
    expect(answers.map((answer) => isConsent(answer.page))).toEqual([true, true]);
  });
});

describe('a browser that is remembered', () => {
  beforeEach(async () => {
    await submitCode(browser, await begin(), await codeOf(user.secret), { remember: 'yes' });
    await signOut(browser);
    await forgetSteps(platform);
    await browser.signIn(await browser.open(`${acme.issuer}/sign-in`), user.username, ALICE_PASSWORD);
  });

  const open = (path: string) => browser.open(`${acme.issuer}${path}`);

  it('is let into the account, and has to give a second factor before the password is changed', async () => {
    expect((await open('/account')).url).toBe(`${acme.issuer}/account`);
    const asked = await open('/change-password');
    expect(asksForCode(asked)).toBe(true);
    const back = await submitCode(browser, asked, await codeOf(user.secret));
    expect([back.url, back.text.includes('name="new_password"')]).toEqual([`${acme.issuer}/change-password`, true]);
  });

  it('changes no password without one, whatever is sent', async () => {
    const form = await submitCode(browser, await open('/change-password'), await codeOf(user.secret));
    await platform.database.query(
      `UPDATE sessions SET factors = (SELECT jsonb_agg(f) FROM jsonb_array_elements(factors) AS f
                                       WHERE f->>'factor' <> 'totp') WHERE user_id = $1`,
      [user.id],
    );
    const next = 'another battery staple horse';
    const fields = { current_password: ALICE_PASSWORD, new_password: next, new_password_again: next };
    expect(asksForCode(await browser.submit(form, '/change-password', fields))).toBe(true);
  });

  it('is asked again when the second factor was given long ago', async () => {
    await submitCode(browser, await open('/change-password'), await codeOf(user.secret));
    await platform.database.query(
      `UPDATE sessions SET factors = (SELECT jsonb_agg(CASE WHEN f->>'factor' = 'totp'
          THEN f || jsonb_build_object('at', (f->>'at')::float8 - 3600) ELSE f END)
          FROM jsonb_array_elements(factors) AS f) WHERE user_id = $1`,
      [user.id],
    );
    expect((await open('/account')).url).toBe(`${acme.issuer}/account`);
    expect(asksForCode(await open('/change-password'))).toBe(true);
  });

  it('has to give one before a password that has to be changed', async () => {
    await platform.database.query('UPDATE users SET must_change_password = true WHERE id = $1', [user.id]);
    await signOut(browser);
    const asked = await begin();
    expect(asksForCode(asked)).toBe(true);
    expect((await submitCode(browser, asked, await codeOf(user.secret))).url).toContain('/change-password?request=');
  });

  it('is forgotten, and a mail says so', async () => {
    const email = `${user.username}@example.com`;
    await platform.operator.patch(`/tenants/acme/users/${user.id}`, { email, email_verified: true });
    const page = await browser.submit(await open('/account/second-factor'), '/account/second-factor/forget');
    expect(page.text).toContain('No browser is remembered any more');
    expect((await mailsTo(platform, acme, email)).map(({ template }) => template)).toContain('devices_forgotten');
  });
});

describe('a second factor that the tenant wants', () => {
  it('is set up before anything else when it is required', async () => {
    const alice = new TestBrowser();
    const page = await alice.signIn(await alice.open(url({}, globex)), 'alice', ALICE_PASSWORD);
    expect([page.text.includes('id="enrolment-choices"'), page.text.includes('id="skip"')]).toEqual([true, false]);
    expect((await alice.open(`${globex.issuer}/account`)).text).toContain('id="enrolment-choices"');
    const { request = '' } = Object.fromEntries(new URL(page.url).searchParams);
    const skipped = await alice.request(
      'POST',
      `${globex.issuer}/second-factor/skip`,
      encodeForm({ request, csrf: readForm(await appPage(alice, request), 'totp-form').fields['csrf'] ?? '' }),
      HEADERS,
    );
    expect(skipped.status).toBeLessThan(500);
    expect((await alice.open(`${globex.issuer}/consent?request=${request}`)).text).toContain('enrolment-choices');
    const app = await confirmApp(alice, await appPage(alice, request));
    expect(app.recoveryCodes).toHaveLength(10);
    expect(isConsent(await alice.open(`${globex.issuer}/authorize/resume?request=${request}`))).toBe(true);
  });

  const appPage = (by: TestBrowser, request: string) =>
    by.open(`${globex.issuer}/second-factor/enrol-totp?request=${request}`);

  it('can be skipped when it is offered, for this sign-in', async () => {
    const alice = new TestBrowser();
    const page = await alice.signIn(await alice.open(url({}, offering)), 'alice', ALICE_PASSWORD);
    expect(page.text).toContain('id="skip"');
    expect(isConsent(await alice.submit(page, 'skip-form'))).toBe(true);
    expect(isConsent(await alice.open(url({ state: 's2' }, offering)))).toBe(true);
  });

  it('is offered until the date from which it is required', async () => {
    const policy = { second_factor: 'required', second_factor_required_from: '2999-01-01' };
    await platform.operator.patch('/tenants/offering', { policy });
    const alice = new TestBrowser();
    const page = await alice.signIn(await alice.open(url({}, offering)), 'alice', ALICE_PASSWORD);
    expect(page.text).toContain('id="skip"');
    await platform.operator.patch('/tenants/offering', { policy: { second_factor_required_from: '2020-01-01' } });
    const later = new TestBrowser();
    const due = await later.signIn(await later.open(url({}, offering)), 'alice', ALICE_PASSWORD);
    expect([due.text.includes('id="enrolment-choices"'), due.text.includes('id="skip"')]).toEqual([true, false]);
  });

  it('is wanted by a client of its own accord', async () => {
    await platform.operator.patch('/tenants/acme/clients/other', { require_second_factor: true });
    const client = { client_id: 'other' };
    const alice = new TestBrowser();
    const page = await alice.signIn(await alice.open(url(client)), 'alice', ALICE_PASSWORD);
    expect([page.text.includes('id="enrolment-choices"'), page.text.includes('id="skip"')]).toEqual([true, false]);
    await submitCode(browser, await begin(), await codeOf(user.secret), { remember: 'yes' });
    await signOut(browser);
    expect(asksForCode(await begin(client))).toBe(true);
  });
});

describe('setting up an app', () => {
  let alone: TestBrowser;
  let username: string;

  beforeEach(async () => {
    username = `user-${randomUUID()}`;
    await platform.operator.create('/tenants/acme/users', { username, password: ALICE_PASSWORD });
    alone = new TestBrowser();
    await alone.signIn(await alone.open(`${acme.issuer}/sign-in`), username, ALICE_PASSWORD);
  });

  const setUp = () => alone.open(`${acme.issuer}/second-factor/enrol-totp?return=/account/second-factor`);

  it('needs a code of it, and shows the same secret after a wrong one', async () => {
    const page = await setUp();
    const wrong = await alone.submit(page, 'totp-form', { code: await wrongCodeOf(secretOn(page)) });
    expect([wrong.status, secretOn(wrong)]).toEqual([400, secretOn(page)]);
    expect((await alone.open(`${acme.issuer}/account/second-factor`)).text).toContain('id="set-up-totp"');
    const { page: done } = await confirmApp(alone, wrong);
    expect(done.text).toContain('href="/t/acme/account/second-factor"');
    expect((await alone.open(`${acme.issuer}/account/second-factor`)).text).toContain('10 codes are left');
  });

  it('takes no secret of another person or session', async () => {
    const theirs = new TestBrowser();
    await theirs.signIn(await theirs.open(`${acme.issuer}/sign-in`), 'alice', ALICE_PASSWORD);
    const given = await theirs.open(`${acme.issuer}/second-factor/enrol-totp`);
    const { offer = '' } = readForm(given, 'totp-form').fields;
    const page = await setUp();
    const answer = await alone.submit(page, 'totp-form', { offer, code: await codeOf(secretOn(given)) });
    expect(answer.status).toBe(400);
  });

  it('asks for the password again when the sign-in is old', async () => {
    await platform.database.query(
      `UPDATE sessions SET auth_time = now() - interval '1 hour', factors = '[]' WHERE user_id =
         (SELECT id FROM users WHERE username = $1)`,
      [username],
    );
    const page = await setUp();
    expect(page.text).toContain('id="login-form"');
    const back = await alone.signIn(page, username, ALICE_PASSWORD);
    expect(back.url).toBe(`${acme.issuer}/account/second-factor`);
  });

  it('is not taken back while it is the only one, where everybody needs one', async () => {
    const last = await givenUserWithApp(platform, globex, `last-${randomUUID()}`);
    await forgetSteps(platform);
    const page = await alone.signIn(await alone.open(`${globex.issuer}/sign-in`), last.username, ALICE_PASSWORD);
    await submitCode(alone, page, await codeOf(last.secret));
    const account = await alone.open(`${globex.issuer}/account/second-factor`);
    expect(account.text).toContain('This is your only second factor');
    expect(account.text).not.toContain('/account/second-factor/remove');
    const { csrf = '' } = readForm(account, '/account/second-factor/recovery-codes').fields;
    const url = `${globex.issuer}/account/second-factor/remove`;
    await alone.request('POST', url, encodeForm({ csrf, factor: 'totp' }), HEADERS);
    const rows = await platform.database.query('SELECT second_factors FROM users WHERE id = $1', [last.id]);
    expect(rows).toEqual([{ second_factors: ['totp', 'recovery-code'] }]);
  });

  it('can be taken back, together with its recovery codes', async () => {
    await confirmApp(alone, await setUp());
    const page = await alone.open(`${acme.issuer}/account/second-factor`);
    const renewed = await alone.submit(page, '/account/second-factor/recovery-codes');
    expect(recoveryCodesOn(renewed)).toHaveLength(10);
    const removed = await alone.submit(page, '/account/second-factor/remove');
    expect(removed.text).toContain('It was removed');
    const rows = await platform.database.query(
      'SELECT second_factors FROM users WHERE username = $1 AND tenant_id = $2',
      [username, acme.id],
    );
    expect(rows).toEqual([{ second_factors: [] }]);
    const again = new TestBrowser();
    expect(isConsent(await again.signIn(await again.open(url()), username, ALICE_PASSWORD))).toBe(true);
  });
});
