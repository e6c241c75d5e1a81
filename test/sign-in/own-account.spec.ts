import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { eventsOf } from '../support/audit.js';
import { type Page, TestBrowser, readForm } from '../support/browser.js';
import { encodeForm } from '../support/http.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { countStatuses, race, racingSubmit, times } from '../support/race.js';
import { authorizeUrl, introspect, pkce, redeem, responseOf } from '../support/tenant-fixture.js';

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const OLD = 'seven ravens over the harbour';
const NEW = 'nine lanterns under the bridge';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const globex = givenTenant(platform, 'globex');
let username: string;
let userId: string;
let here: TestBrowser;
let there: TestBrowser;

beforeEach(async () => {
  await platform.database.query('DELETE FROM sign_in_attempts');
  username = `user-${randomUUID()}`;
  const user = { username, password: OLD };
  ({ id: userId } = await platform.operator.create<{ id: string }>('/tenants/acme/users', user));
  [here, there] = [new TestBrowser(), new TestBrowser()];
  await signIn(here);
  await signIn(there);
});

async function signIn(browser: TestBrowser, password = OLD, name = username): Promise<Page> {
  return browser.signIn(await browser.open(`${acme.issuer}/sign-in`), name, password);
}

const account = (browser: TestBrowser) => browser.open(`${acme.issuer}/account`);
const securityOf = (browser: TestBrowser) => browser.open(`${acme.issuer}/account/security`);
const sessionsOf = (browser: TestBrowser) => browser.open(`${acme.issuer}/account/sessions`);
const isSignedIn = async (browser: TestBrowser) => (await account(browser)).text.includes('id="sessions"');
const passwordPage = (browser = here) => browser.open(`${acme.issuer}/change-password`);
const fields = (current: string, next: string, again = next) => ({
  username,
  current_password: current,
  new_password: next,
  new_password_again: again,
});
const change = async (current: string, next: string, again = next) =>
  here.submit(await passwordPage(), 'password-form', fields(current, next, again));

/** An access token that ends with the session of this browser, or goes on without it. */
async function tokenOf(browser: TestBrowser, scope = 'openid'): Promise<string> {
  const { challenge, verifier } = pkce();
  const url = authorizeUrl(acme.issuer, { code_challenge: challenge, code_challenge_method: 'S256', scope });
  let page = await browser.open(url);
  if (page.text.includes('id="consent-approve"')) page = await browser.decide(page, 'approve');
  const { code } = responseOf(page);
  return (await redeem(acme, { code, code_verifier: verifier })).json<{ access_token: string }>().access_token;
}

const isActive = async (token: string) => (await introspect(acme, token))['active'];

describe('the list of sessions', () => {
  it('names this browser first, and says what and where the others are', async () => {
    const windows = new TestBrowser();
    const page = await windows.open(`${acme.issuer}/sign-in`);
    const form = readForm(page, 'login-form');
    const body = encodeForm({ ...form.fields, username, password: OLD });
    const headers = { accept: 'text/html', 'sec-fetch-site': 'same-origin', 'user-agent': FIREFOX };
    await windows.request('POST', `${acme.issuer}/sign-in`, body, headers);
    const { text } = await sessionsOf(here);
    expect(text.match(/This browser/g)).toHaveLength(1);
    expect(text.indexOf('This browser')).toBeLessThan(text.indexOf('Firefox on Windows'));
    expect(text).toContain('127.0.0.1');
    expect(text.match(/account\/end-session"/g)).toHaveLength(2);
  });

  it('ends one, with what was granted for as long as it lasts, and leaves the rest', async () => {
    const [ending, going] = [await tokenOf(there), await tokenOf(there, 'openid offline_access')];
    const mine = await tokenOf(here);
    const page = await sessionsOf(here);
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const done = await here.submit(page, '/account/end-session');
      expect(done.text).toContain('You have been signed out there');
    });
    const { session } = readForm(page, '/account/end-session').fields;
    expect(events).toMatchObject([
      {
        type: 'user.sessions_ended',
        user_id: userId,
        details: { sessions: [session], by_session: expect.any(String) },
      },
    ]);
    expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([true, false]);
    expect([await isActive(ending), await isActive(going), await isActive(mine)]).toEqual([false, true, true]);
  });

  it('ends all others at once, recorded once', async () => {
    const third = new TestBrowser();
    await signIn(third);
    const page = await sessionsOf(here);
    const events = await eventsOf(platform.operator, 'acme', async () => {
      await here.submit(page, '/account/end-other-sessions');
      await here.submit(page, '/account/end-other-sessions');
    });
    expect(events.map(({ type, details }) => [type, (details?.['sessions'] as string[]).length])).toEqual([
      ['user.sessions_ended', 2],
    ]);
    expect([await isSignedIn(here), await isSignedIn(there), await isSignedIn(third)]).toEqual([true, false, false]);
    expect((await sessionsOf(here)).text).not.toContain('end-other-sessions');
  });

  it('ends nothing that is not the person’s own, and not the one that asks', async () => {
    const stranger = new TestBrowser();
    await platform.operator.create('/tenants/acme/users', { username: `bob-${username}`, password: OLD });
    await signIn(stranger, OLD, `bob-${username}`);
    const [others] = await platform.database.query<{ id: string }>(
      'SELECT id FROM sessions WHERE user_id <> $1 ORDER BY created_at DESC LIMIT 1',
      [userId],
    );
    const page = await sessionsOf(here);
    const sessions = async () => platform.database.query('SELECT id FROM sessions ORDER BY id');
    const before = await sessions();
    const [own] = await platform.database.query<{ id: string }>(
      'SELECT id FROM sessions WHERE user_id = $1 ORDER BY created_at LIMIT 1',
      [userId],
    );
    const answers = [];
    for (const session of [others?.id ?? '', own?.id ?? '', randomUUID(), 'x', "' OR 1=1"]) {
      const answer = await here.submit(page, '/account/end-session', { session });
      answers.push([answer.status, answer.url]);
    }
    expect(new Set(answers.map(String)).size).toBe(1);
    expect(await sessions()).toEqual(before);
    expect(await isSignedIn(stranger)).toBe(true);
  });

  it('is of one tenant: a namesake elsewhere has their own', async () => {
    const { id } = await platform.operator.create<{ id: string }>('/tenants/globex/users', { username, password: OLD });
    const elsewhere = new TestBrowser();
    await elsewhere.signIn(await elsewhere.open(`${globex.issuer}/sign-in`), username, OLD);
    const [session] = await platform.database.query<{ id: string }>('SELECT id FROM sessions WHERE user_id = $1', [id]);
    await here.submit(await sessionsOf(here), '/account/end-session', { session: session?.id ?? '' });
    expect((await elsewhere.open(`${globex.issuer}/account`)).text).toContain('id="sessions"');
  });
});

describe('changing the password', () => {
  it('ends every other session and every grant; this browser stays signed in, with another secret', async () => {
    const tokens = [await tokenOf(there), await tokenOf(there, 'openid offline_access'), await tokenOf(here)];
    const before = here.cookie('session');
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const done = await change(OLD, NEW);
      expect([done.status, done.url]).toEqual([200, `${acme.issuer}/account?password_changed`]);
      expect(done.text).toContain('Your password has been changed');
    });
    expect(events).toMatchObject([
      { type: 'user.password_changed', user_id: userId, details: { session: expect.any(String) } },
    ]);
    expect(JSON.stringify(events)).not.toMatch(/ravens|lanterns/);
    expect(here.cookie('session')).not.toBe(before);
    expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([true, false]);
    for (const token of tokens) expect(await isActive(token)).toBe(false);
    expect((await signIn(there, OLD)).text).toContain('id="login-form"');
    expect((await signIn(there, NEW)).text).toContain('id="sessions"');
    // The management API notices that the user was changed.
    expect((await platform.operator.request('GET', `/tenants/acme/users/${userId}`)).headers.etag).toBe('"v2"');
  });

  it.each<[string, () => ReturnType<typeof fields>, string]>([
    ['a wrong password', () => fields('not the password at all', NEW), 'The current password is not correct'],
    ['two that differ', () => fields(OLD, NEW, `${NEW}!`), 'are not the same'],
    ['one that is too short', () => fields(OLD, 'short'), 'too short. It must have at least 15 characters'],
    ['one that everybody tries', () => fields(OLD, 'passwordpassword1'), 'easy to guess'],
    ['one with their own name in it', () => fields(OLD, username), 'easy to guess'],
    ['one that never ends', () => fields(OLD, 'long '.repeat(80)), 'too long'],
    ['nothing', () => fields(OLD, ''), 'fill in all three fields'],
  ])('refuses %s, and says so', async (_, filled, text) => {
    const page = await here.submit(await passwordPage(), 'password-form', filled());
    expect([page.status, page.text.includes(text)]).toEqual([400, true]);
    expect(page.text).not.toMatch(/ravens|lanterns|not the password at all/);
    expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([true, true]);
  });

  it('in German as well', async () => {
    const german = await here.open(`${acme.issuer}/language/de/change-password`, { 'sec-fetch-site': 'same-origin' });
    expect(german.text).toContain('Jetziges Passwort');
    const page = await here.submit(german, 'password-form', fields('falsch', NEW));
    expect(page.text).toContain('Das jetzige Passwort ist nicht richtig');
  });

  it('slows down who guesses the present one, like a sign-in; page and header say the same wait', async () => {
    const page = await passwordPage();
    let answer = page;
    for (let guess = 0; guess < 12 && answer.status !== 429; guess += 1) {
      answer = await here.submit(page, 'password-form', fields(`guess number ${guess}`, NEW));
    }
    expect(answer.status).toBe(429);
    const wait = Number(answer.headers['retry-after']);
    expect(wait).toBeGreaterThan(0);
    const shown = wait < 60 ? `in ${wait} second` : `in ${wait / 60} minute`;
    expect(answer.text).toContain(shown);
  });

  it('asks who is not signed in to do so first', async () => {
    expect((await passwordPage(new TestBrowser())).text).toContain('id="login-form"');
  });

  it('sent a second time, after the first was answered or before, is answered alike', async () => {
    const page = await passwordPage();
    const click = racingSubmit(here, page, 'password-form', fields(OLD, NEW));
    expect((await here.submit(page, 'password-form', fields(OLD, NEW))).url).toContain('password_changed');
    // With the cookie of before, because the first answer never arrived.
    const [late] = await race([platform.config.listen.port], [click]);
    expect([late?.status, late?.headers.location]).toEqual([303, '/t/acme/account?password_changed']);
    expect(late?.headers['set-cookie']?.join()).toContain('acme-session=');
    // A minute later the same form is an old one, and nothing it says is tried.
    await platform.database.query(`UPDATE users SET valid_from = valid_from - interval '2 minutes'`);
    const [old] = await race([platform.config.listen.port], [click]);
    expect([old?.status, old?.headers.location]).toEqual([303, '/t/acme/sign-in?signed_out=']);
  });

  it('by many at once happens once', async () => {
    const click = racingSubmit(here, await passwordPage(), 'password-form', fields(OLD, NEW));
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const answers = await race(
        [platform.config.listen.port],
        times(6, () => click),
      );
      expect(countStatuses(answers)).toEqual({ 303: 6 });
      expect(new Set(answers.map(({ headers }) => headers.location))).toEqual(
        new Set(['/t/acme/account?password_changed']),
      );
    });
    expect(events.filter(({ type }) => type === 'user.password_changed')).toHaveLength(1);
  });

  it('is of whom the form names: shown again when somebody else is signed in', async () => {
    const page = await passwordPage();
    await platform.operator.create('/tenants/acme/users', { username: `bob-${username}`, password: OLD });
    await here.submit(await account(here), '/end-session/confirm');
    await signIn(here, OLD, `bob-${username}`);
    const answer = await here.submit(page, 'password-form', fields(OLD, NEW));
    expect([answer.status, answer.text.includes(`value="bob-${username}"`)]).toEqual([200, true]);
    expect((await signIn(new TestBrowser(), OLD)).text).toContain('id="sessions"');
  });
});

describe('a forgotten password', () => {
  it('leads where the tenant says, from the sign-in page and the account', async () => {
    const password_reset_uri = 'https://reset.acme.test/?a=1';
    await platform.operator.patch('/tenants/acme', { branding: { password_reset_uri } });
    const pages = [
      await new TestBrowser().open(`${acme.issuer}/sign-in`),
      await securityOf(here),
      await passwordPage(),
    ];
    await platform.operator.patch('/tenants/acme', { branding: { password_reset_uri: null } });
    for (const { text } of pages) expect(text).toContain(`<a href="${password_reset_uri}">Forgot your password?</a>`);
    expect((await securityOf(here)).text).not.toContain('Forgot your password?');
  });
});
