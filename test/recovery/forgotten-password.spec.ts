import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { toTenantId } from '../../src/database/tenant-id.js';
import { NETWORK_LIMIT_RATES, NetworkLimits } from '../../src/limits/network-limits.js';
import { eventsOf } from '../support/audit.js';
import { type Page, TestBrowser, readForm } from '../support/browser.js';
import { changesHeard } from '../support/changes-heard.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { encodeForm, send } from '../support/http.js';
import { lastMailTo, mailsTo } from '../support/mails.js';
import { countStatuses, race, racingSubmit, times } from '../support/race.js';
import { asksForCode, givenUserWithApp } from '../support/second-factor.js';
import { StatementWatch } from '../support/statements.js';
import { type TenantFixture, authorizeUrl, introspect, pkce, redeem, responseOf } from '../support/tenant-fixture.js';

const OLD = 'seven ravens over the harbour';
const NEW = 'nine lanterns under the bridge';
const PLENTY = { burst: 500, perSecond: 0.001 };

const platform = givenPlatform({ limits: { recovery: PLENTY } });
const acme = givenTenant(platform, 'acme');
const globex = givenTenant(platform, 'globex');
let username: string;
let email: string;
let userId: string;
let here: TestBrowser;

beforeEach(async () => {
  await platform.database.query('DELETE FROM sign_in_attempts');
  username = `user-${randomUUID()}`;
  email = `${username}@acme.test`;
  userId = await newUser({ email_verified: true });
  here = new TestBrowser();
});

async function newUser(more: object, tenant = 'acme'): Promise<string> {
  const user = { username, password: OLD, email, ...more };
  return (await platform.operator.create<{ id: string }>(`/tenants/${tenant}/users`, user)).id;
}

async function ask(identifier: string, browser = here, from = '/forgot-password'): Promise<Page> {
  return browser.submit(await browser.open(`${acme.issuer}${from}`), 'forgot-form', { identifier });
}

const mail = () => lastMailTo(platform, acme, email);
const mails = () => mailsTo(platform, acme, email);
const openLink = async (browser = new TestBrowser()) => browser.open((await mail()).link ?? '');
const choose = (browser: TestBrowser, page: Page, password = NEW, more: Record<string, string> = {}) =>
  browser.submit(page, 'new-password-form', { new_password: password, new_password_again: password, ...more });
const END_SESSIONS = { end_sessions: 'on' };

async function signIn(password: string, browser = new TestBrowser(), tenant: TenantFixture = acme): Promise<boolean> {
  const page = await browser.signIn(await browser.open(`${tenant.issuer}/sign-in`), username, password);
  return page.url.endsWith('/account');
}

describe('a forgotten password', () => {
  it('is chosen anew by the link, once; the person signs in with it and goes on', async () => {
    const { challenge, verifier } = pkce();
    const params = { code_challenge: challenge, code_challenge_method: 'S256' };
    const signInPage = await here.open(authorizeUrl(acme.issuer, params));
    const [, path = ''] = /href="([^"]*forgot-password[^"]*)"/.exec(signInPage.text) ?? [];
    const sent = await here.submit(await here.open(new URL(path, acme.issuer).href), 'forgot-form', {
      identifier: username,
    });
    expect([sent.status, sent.text.includes('Check your email')]).toEqual([200, true]);
    expect(await mail()).toMatchObject({
      template: 'password_reset_link',
      values: { username, minutes: 15 },
      code: expect.stringMatching(/^\d{8}$/),
      link: expect.stringMatching(/^http:\/\/localhost:\d+\/t\/acme\/reset-password\?token=[\w-]{43}$/),
    });
    const page = await openLink(here);
    expect(page.text).toContain(username);
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const done = await choose(here, page, NEW, END_SESSIONS);
      expect(done.text).toContain('Your password has been changed');
      let answer = await here.signIn(done, username, NEW);
      if (answer.text.includes('id="consent-approve"')) answer = await here.decide(answer, 'approve');
      const { code } = responseOf(answer);
      expect((await redeem(acme, { code, code_verifier: verifier })).status).toBe(200);
    });
    expect(events.find(({ type }) => type === 'user.password_reset')).toMatchObject({
      user_id: userId,
      details: { ended_sessions: true },
    });
    expect(JSON.stringify(events)).not.toMatch(/ravens|lanterns/);
    expect([await signIn(OLD), await signIn(NEW)]).toEqual([false, true]);
    expect((await mail()).template).toBe('password_reset');
    const again = await choose(here, page, 'eleven candles on the staircase');
    expect([again.status, again.text.includes('This link does not work any more')]).toEqual([400, true]);
    expect(await signIn(NEW)).toBe(true);
  });

  it('is chosen anew by the code, in the browser that asked; a mistake does not cost it', async () => {
    const sent = await ask(email);
    const { code = '' } = await mail();
    const page = await here.submit(sent, 'code-form', { code });
    expect(page.text).toContain('Choose a new password');
    const refused = await choose(here, page, 'short');
    expect([refused.status, refused.text.includes('too short')]).toEqual([400, true]);
    expect((await choose(here, refused)).text).toContain('Your password has been changed');
    expect(await signIn(NEW)).toBe(true);
  });

  it('is not chosen anew by a code in another browser', async () => {
    const sent = await ask(username);
    const { code = '' } = await mail();
    const other = new TestBrowser();
    const page = await other.open(sent.url);
    const answer = await other.submit(page, 'code-form', { code });
    expect([answer.status, answer.text.includes('This code does not work any more')]).toEqual([400, true]);
    expect((await here.submit(sent, 'code-form', { code })).text).toContain('Choose a new password');
  });

  it('on another device leads back to the browser that began', async () => {
    const asked = await here.open(authorizeUrl(acme.issuer, { client_id: 'legacy' }));
    const { request = '' } = readForm(asked, 'login-form').fields;
    await ask(username, here, `/forgot-password?request=${request}`);
    const phone = new TestBrowser();
    const done = await choose(phone, await openLink(phone));
    expect(done.text).toContain('You can go back to the browser in which you began');
    const signedIn = await here.signIn(asked, username, NEW);
    expect(signedIn.text).toContain('id="consent-approve"');
  });

  it('ends every session and grant, unless the person does not want that', async () => {
    for (const [isKept, more] of [
      [true, {}],
      [false, END_SESSIONS],
    ] as const) {
      const there = new TestBrowser();
      expect(await signIn(isKept ? OLD : NEW, there)).toBe(true);
      const { challenge, verifier } = pkce();
      const params = { code_challenge: challenge, code_challenge_method: 'S256', scope: 'openid offline_access' };
      let granted = await there.open(authorizeUrl(acme.issuer, params));
      if (granted.text.includes('id="consent-approve"')) granted = await there.decide(granted, 'approve');
      const { code } = responseOf(granted);
      const tokens = (await redeem(acme, { code, code_verifier: verifier })).json<{ access_token: string }>();
      await ask(username);
      const browser = new TestBrowser();
      const page = await openLink(browser);
      expect(page.text).toMatch(/name="end_sessions"[^>]*checked/);
      await choose(browser, page, isKept ? NEW : `${NEW} too`, more);
      expect((await there.open(`${acme.issuer}/account`)).url.endsWith('/account')).toBe(isKept);
      expect((await introspect(acme, tokens.access_token))['active']).toBe(isKept);
    }
  });
});

it('a new password by mail leaves the second factor as it is', async () => {
  const app = await givenUserWithApp(platform, acme, `app-${username}`, {
    email: `app-${email}`,
    email_verified: true,
  });
  await ask(app.username);
  const person = new TestBrowser();
  const { link = '' } = await lastMailTo(platform, acme, `app-${email}`);
  await choose(person, await person.open(link), NEW, END_SESSIONS);
  const page = await person.signIn(await person.open(`${acme.issuer}/sign-in`), app.username, NEW);
  expect(asksForCode(page)).toBe(true);
  expect(asksForCode(await person.open(`${acme.issuer}/account/second-factor`))).toBe(true);
});

describe('a link', () => {
  it('changes nothing when it is opened, any number of times, by whomever', async () => {
    await ask(username);
    for (const _ of times(3, String)) expect((await openLink()).text).toContain('Choose a new password');
    const { link = '' } = await mail();
    expect((await send(link, { method: 'HEAD' })).status).toBe(200);
    expect(await signIn(OLD)).toBe(true);
  });

  it('is not kept by caches and not told to other sites', async () => {
    await ask(username);
    const { headers, text } = await openLink();
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(text).not.toMatch(/(?:src|href)="https?:/);
  });

  it('is at the tenant’s own address, whatever the Host header says', async () => {
    const page = await here.open(`${acme.issuer}/forgot-password`);
    const form = readForm(page, 'forgot-form');
    const body = encodeForm({ ...form.fields, identifier: username });
    const forged = { host: 'evil.test', 'x-forwarded-host': 'evil.test', forwarded: 'host=evil.test' };
    const headers = { cookie: here.cookieHeader(page.url), 'sec-fetch-site': 'same-origin', ...forged };
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    await send(page.url, { method: 'POST', body, headers: { ...headers, ...type } });
    for (const { link } of await mails()) expect(link).not.toContain('evil');
    await send(page.url, { method: 'POST', body, headers: { ...headers, ...type, host: new URL(page.url).host } });
    expect((await mail()).link).toContain(`${acme.issuer}/reset-password?token=`);
  });

  it('at its host has the address of the host', async () => {
    const page = await here.open(`${acme.hostIssuer}/forgot-password`);
    await here.submit(page, 'forgot-form', { identifier: username });
    expect((await mail()).link).toContain(`${acme.hostIssuer}/reset-password?token=`);
    expect((await openLink()).text).toContain('Choose a new password');
  });

  it('of one tenant does nothing at another, nor its code or cookies', async () => {
    const sent = await ask(username);
    const { link = '', code = '' } = await mail();
    const foreign = link.replace('/t/acme/', '/t/globex/');
    const page = await here.open(foreign);
    expect([page.status, page.text.includes('This link does not work any more')]).toEqual([400, true]);
    const own = await here.open(link);
    const { token = '' } = readForm(own, 'new-password-form').fields;
    const elsewhere = await here.open(`${globex.issuer}/forgot-password`);
    const { csrf = '' } = readForm(elsewhere, 'forgot-form').fields;
    const post = (path: string, fields: Record<string, string>) =>
      here.request('POST', `${globex.issuer}${path}`, encodeForm({ csrf, ...fields }), {
        accept: 'text/html',
        'sec-fetch-site': 'same-origin',
      });
    const passwords = { new_password: NEW, new_password_again: NEW };
    expect((await post('/reset-password', { token, ...passwords })).status).toBe(400);
    const { sent: id = '' } = readForm(sent, 'code-form').fields;
    expect((await post('/forgot-password/code', { sent: id, code })).text).toContain('does not work any more');
    expect(await signIn(OLD)).toBe(true);
    expect((await here.submit(sent, 'code-form', { code })).text).toContain('Choose a new password');
  });

  it('works until the next mail, and no longer', async () => {
    await ask(username);
    const first = await openLink();
    await ask(email, new TestBrowser());
    expect((await here.open(first.url)).text).toContain('This link does not work any more');
    expect((await openLink()).text).toContain('Choose a new password');
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      'too old',
      () => platform.database.query(`UPDATE verifications SET expires_at = now() WHERE user_id = $1`, [userId]),
    ],
    ['of a password that was changed since', () => update({ password: 'twelve windows to the garden' })],
    ['of somebody who was disabled', () => update({ enabled: false })],
    ['of an address that was changed', () => update({ email: `new-${email}`, email_verified: true })],
    ['of an address that is not verified any more', () => update({ email_verified: false })],
    ['of somebody who is gone', () => platform.operator.request('DELETE', `/tenants/acme/users/${userId}`)],
  ])('does not work when it is %s, and leads on', async (_, change) => {
    await ask(username);
    const page = await openLink(here);
    await change();
    const answers = [await new TestBrowser().open(page.url), await choose(here, page)];
    for (const { status, text } of answers) {
      expect([status, text.includes('This link does not work any more')]).toEqual([400, true]);
      expect(text).toContain('/t/acme/forgot-password"');
      expect(text).toContain('/t/acme/sign-in"');
    }
  });

  it.each(['', 'x', randomUUID(), 'A'.repeat(43), '%00', 'a&token=b'])(
    'that is made up is answered: %s',
    async (token) => {
      const { status, text } = await here.open(`${acme.issuer}/reset-password?token=${token}`);
      expect([status, text.includes('This link does not work any more')]).toEqual([400, true]);
    },
  );

  it('sent fifty times at once sets one password', async () => {
    await ask(username);
    const page = await openLink(here);
    const requests = times(50, (index) => {
      const password = `${NEW} number ${index}`;
      return racingSubmit(here, page, 'new-password-form', { new_password: password, new_password_again: password });
    });
    const answers = await race([platform.config.listen.port], requests);
    const statuses = countStatuses(answers);
    expect(statuses[303]).toBe(1);
    expect(Object.keys(statuses).every((status) => ['303', '400', '503'].includes(status))).toBe(true);
    const winner = answers.findIndex(({ status }) => status === 303);
    expect(await signIn(`${NEW} number ${winner}`)).toBe(true);
    expect((await mails()).filter(({ template }) => template === 'password_reset')).toHaveLength(1);
  });
});

async function update(body: object): Promise<unknown> {
  return platform.operator.patch(`/tenants/acme/users/${userId}`, body);
}

describe('a code', () => {
  it('may be guessed five times, and then the link works still', async () => {
    const sent = await ask(username);
    const { code = '' } = await mail();
    const wrong = code.startsWith('0000') ? '1111 1111' : '0000 0000';
    const texts = [];
    for (const _ of times(6, String)) texts.push((await here.submit(sent, 'code-form', { code: wrong })).text);
    expect(texts.map((text) => text.includes('The code is not correct'))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect((await here.submit(sent, 'code-form', { code })).text).toContain('This code does not work any more');
    expect((await openLink()).text).toContain('Choose a new password');
  });

  it('guessed in parallel from many browsers is guessed no more often', async () => {
    const sent = await ask(username);
    const { code = '' } = await mail();
    const wrong = (index: number) => String((Number(code) + 1 + index) % 10 ** 8).padStart(8, '0');
    const requests = times(50, (index) => racingSubmit(here, sent, 'code-form', { code: wrong(index) }));
    const answers = await race([platform.config.listen.port], requests);
    const compared = answers.filter(({ status, text }) => status === 303 || text.includes('The code is not correct'));
    expect(compared.length).toBeLessThanOrEqual(5);
    const [row] = await platform.database.query<{ guesses: number }>(
      'SELECT guesses FROM verifications WHERE user_id = $1 ORDER BY created_at LIMIT 1',
      [userId],
    );
    expect(row?.guesses).toBe(5);
    expect((await here.submit(sent, 'code-form', { code })).text).toContain('This code does not work any more');
  });

  it('typed fifty times at once is redeemed once', async () => {
    const sent = await ask(username);
    const { code = '' } = await mail();
    const answers = await race(
      [platform.config.listen.port],
      times(50, () => racingSubmit(here, sent, 'code-form', { code })),
    );
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  });
});

describe('whoever asks', () => {
  const cases: [string, () => Promise<string>][] = [
    ['somebody unknown', async () => `nobody-${randomUUID()}`],
    ['an unknown address', async () => `nobody-${randomUUID()}@acme.test`],
    ['somebody disabled', async () => (await update({ enabled: false }), username)],
    ['somebody whose address is not verified', async () => (await update({ email_verified: false }), username)],
    ['somebody without an address', async () => (await update({ email: null }), username)],
    [
      'somebody without a password',
      async () => {
        await platform.database.query('UPDATE users SET password_hash = NULL WHERE id = $1', [userId]);
        return username;
      },
    ],
    [
      'somebody of another tenant',
      async () => ((username = `globex-${username}`), await newUser({}, 'globex'), username),
    ],
    ['an address with another one behind it', async () => `${email},eve@evil.test`],
    ['an address with a letter of another script', async () => email.replace('acme', '\u0430cme')],
    ['an address inside a quoted one', async () => `"${email} y"@evil.test`],
    ['a text that nobody is called', async () => `${'x'.repeat(300)} ' OR 1=1 \u202e`],
  ];

  it.each(cases)('for %s gets the same answer by the same work, and no mail', async (_, make) => {
    const sealed = (page: Page) =>
      page.text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|value="[^"]*"|nonce[-="\w]*/g, '…');
    await changesHeard(platform);
    const watch = new StatementWatch();
    const known = { page: undefined as Page | undefined, statements: [] as string[] };
    known.statements = await watch.during(async () => (known.page = await ask(username)));
    const identifier = await make();
    const before = (await mails()).length;
    let page: Page | undefined;
    // What the browser is shown differs in nothing, and neither does what the database is asked.
    const statements = await watch.during(async () => (page = await ask(identifier, new TestBrowser())));
    watch.restore();
    const normal = (names: string[]) => names.map((name) => name.replace('savepoint.undo', 'savepoint.keep'));
    expect(normal(statements)).toEqual(normal(known.statements));
    expect(page && sealed(page)).toBe(known.page && sealed(known.page));
    expect((await mails()).length).toBe(before);
  });

  it('writes a header of a mail into the field, is refused before anybody is looked for', async () => {
    const before = (await mails()).length;
    await changesHeard(platform);
    const watch = new StatementWatch();
    let page: Page | undefined;
    const statements = await watch.during(
      async () => (page = await ask(`${email}\r\nBcc: eve@evil.test`, new TestBrowser())),
    );
    watch.restore();
    expect([page?.status, statements, (await mails()).length]).toEqual([400, [], before]);
  });

  it('is told the same about codes', async () => {
    const sent = await ask(`nobody-${randomUUID()}`);
    const texts = [];
    for (const _ of times(6, String)) texts.push((await here.submit(sent, 'code-form', { code: '12345678' })).text);
    expect(texts.map((text) => text.includes('The code is not correct'))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  it('cannot fill a mailbox, nor take a link away by asking on', async () => {
    await ask(username);
    for (const _ of times(14, String)) await ask(username, new TestBrowser());
    expect((await mails()).length).toBe(10);
    expect((await openLink()).text).toContain('Choose a new password');
  });

  it('is in the log, with the cause', async () => {
    const events = await eventsOf(platform.operator, 'acme', async () => {
      await ask(username);
      await update({ email_verified: false });
      await ask(username);
      await ask('nobody-at-all');
    });
    const requested = events.filter(({ type }) => type === 'user.password_reset_requested');
    expect(requested.map(({ outcome, user_id, details }) => [outcome, user_id, details?.['reason']])).toEqual([
      ['success', userId, undefined],
      ['failure', userId, 'email_not_verified'],
      ['failure', null, 'unknown_user'],
    ]);
    expect(JSON.stringify(events)).not.toContain((await mail()).code);
  });

  it('too often from one network waits', async () => {
    const limits = platform.application.nest.get(NetworkLimits);
    expect(NETWORK_LIMIT_RATES.recovery).toEqual({ burst: 30, perSecond: 0.1 });
    const origin = { address: '127.0.0.1', requestId: randomUUID() };
    expect(() => {
      for (let n = 0; n <= PLENTY.burst; n += 1) limits.takeRecovery(toTenantId(acme.id), origin);
    }).toThrow('Too many requests');
    const { status, headers, text } = await ask(username);
    expect([status, Number(headers['retry-after']) > 0, text.includes('Too many requests')]).toEqual([429, true, true]);
    // Another tenant is not affected.
    const elsewhere = await here.open(`${globex.issuer}/forgot-password`);
    expect((await here.submit(elsewhere, 'forgot-form', { identifier: 'x' })).status).toBe(200);
  });
});

describe('a tenant', () => {
  const patch = (body: object) => platform.operator.patch('/tenants/globex', body);
  beforeAll(() => void (username = 'none'));
  afterAll(() => patch({ branding: { password_reset_uri: null }, policy: { password_reset: null } }));

  it('that resets passwords elsewhere leads there from every door', async () => {
    const password_reset_uri = 'https://reset.globex.test/?a=1';
    await patch({ branding: { password_reset_uri } });
    expect((await here.open(`${globex.issuer}/sign-in`)).text).toContain(`<a href="${password_reset_uri}">`);
    for (const path of ['/forgot-password', '/forgot-username']) {
      const { status, headers } = await here.request('GET', `${globex.issuer}${path}`);
      expect([status, headers.location]).toEqual([303, password_reset_uri]);
    }
    await patch({ branding: { password_reset_uri: null } });
  });

  it('that resets none says whom to ask', async () => {
    await patch({ policy: { password_reset: 'off' } });
    expect((await here.open(`${globex.issuer}/sign-in`)).text).not.toContain('forgot-password');
    const { status, text } = await here.open(`${globex.issuer}/forgot-password`);
    expect([status, text.includes('Please ask an administrator of Tenant globex')]).toEqual([404, true]);
  });
});
