import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { newAddress, submitSignUp } from '../registration/sign-up.fixture.js';
import { type Page, TestBrowser } from '../support/browser.js';
import { expectErrorPage } from '../support/expect-answer.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { lastMailTo } from '../support/mails.js';
import { encodeForm } from '../support/http.js';
import { ALICE_PASSWORD, authorizeUrl, pkce, redeem, responseOf } from '../support/tenant-fixture.js';

const PASSWORD = 'a long enough passphrase 7';
const NAMES = ['bob', 'carol', 'dave', 'erin', 'frank'];
const { challenge, verifier } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const globex = givenTenant(platform, 'globex');
const ids = new Map<string, string>();
let browser: TestBrowser;

beforeAll(async () => {
  for (const tenant of ['acme', 'globex']) {
    await platform.operator.patch(`/tenants/${tenant}`, { policy: { accounts_per_browser: 5 } });
  }
  await platform.operator.patch('/tenants/acme/clients/web', { first_party: true });
  ids.set('alice', acme.aliceId);
  for (const username of NAMES) {
    const user = await platform.operator.create<{ id: string }>('/tenants/acme/users', {
      username,
      password: PASSWORD,
    });
    ids.set(username, user.id);
  }
});

beforeEach(async () => {
  await platform.database.query('DELETE FROM sign_in_attempts');
  await platform.database.query('DELETE FROM sessions');
  browser = new TestBrowser();
});

const ask = (params: object = {}, by = browser) => by.open(authorizeUrl(acme.issuer, { ...PKCE, ...params }));
const passwordOf = (username: string) => (username === 'alice' ? ALICE_PASSWORD : PASSWORD);

async function signIn(username: string, by = browser): Promise<Page> {
  return by.signIn(await ask({ prompt: 'login' }, by), username, passwordOf(username));
}

async function signInSteps(username: string): Promise<void> {
  const named = await browser.submit(await browser.open(`${acme.issuer}/sign-in`), 'login-form', { username });
  await browser.submit(named, 'login-form', { username, password: passwordOf(username) });
}

async function signInAs(...usernames: string[]): Promise<void> {
  for (const username of usernames) await signIn(username);
}

/** Which accounts the page lets choose from, the one in use first. */
const shownOn = (page: Page) => [...page.text.matchAll(/value="sign_out">[^<]*<bdi>([^<]*)/g)].map(([, name]) => name);

/** The fields of the form for one account. */
function formFor(page: Page, username: string): { url: string; fields: Record<string, string> } {
  const forms = [...page.text.matchAll(/<form[^>]*sign-in\/continue[\s\S]*?<\/form>/g)].map(([form]) => form);
  const form = forms.find((text) => text.includes(`<bdi>${username}</bdi>`)) ?? '';
  const fields = [...form.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [
    name,
    value,
  ]);
  return { url: `${acme.issuer}/sign-in/continue`, fields: Object.fromEntries(fields) as Record<string, string> };
}

const OURS = { accept: 'text/html', 'sec-fetch-site': 'same-origin' };

async function choose(page: Page, username: string, more: Record<string, string> = {}, by = browser): Promise<Page> {
  const { url, fields } = formFor(page, username);
  const answer = await by.request('POST', url, encodeForm({ ...fields, ...more }), OURS);
  const { location = '' } = answer.headers;
  return location.startsWith('/') ? by.open(new URL(location, url).href) : answer;
}

async function subjectOf(page: Page): Promise<unknown> {
  const answer = await redeem(acme, { code: responseOf(page)['code'], code_verifier: verifier });
  return decodeJwt(answer.json<{ id_token: string }>().id_token).sub;
}

describe('the account pages', () => {
  const chooser = async () => {
    const page = await browser.open(`${acme.issuer}/account`);
    const [, path = ''] = /id="switch-account"[^>]*href="([^"]*)"/.exec(page.text) ?? [];
    expect(path).not.toBe('');
    return browser.open(new URL(path, acme.issuer).href);
  };
  const inUse = async () => {
    const { text } = await browser.open(`${acme.issuer}/account/profile`);
    return /Signed in as <bdi>([^<]*)/.exec(text)?.[1];
  };

  it('lead to the accounts of the browser, and on to the one that is chosen', async () => {
    await signInAs('bob', 'carol');
    const page = await chooser();
    expect(shownOn(page)).toEqual(['carol', 'bob']);
    expect((await choose(page, 'bob')).url).toBe(`${acme.issuer}/account`);
    expect(await inUse()).toBe('bob');
  });

  it('lead to another account, which joins those that are there', async () => {
    await signIn('bob');
    const page = await chooser();
    expect(shownOn(page)).toEqual(['bob']);
    expect((await browser.signIn(page, 'carol', PASSWORD)).url).toBe(`${acme.issuer}/account`);
    expect(await inUse()).toBe('carol');
    expect(shownOn(await chooser())).toEqual(['carol', 'bob']);
  });

  it('ask for the name first where the tenant has it so, and for no proof of the account in use', async () => {
    await platform.operator.patch('/tenants/acme', { policy: { sign_in_form: 'identifier_first' } });
    try {
      await signInSteps('bob');
      const named = await browser.submit(await chooser(), 'login-form', { username: 'carol' });
      expect([named.text.includes('id="notice"'), named.text.includes('carol')]).toEqual([false, true]);
      await browser.submit(named, 'login-form', { username: 'carol', password: PASSWORD });
      expect(await inUse()).toBe('carol');
      expect(shownOn(await chooser())).toEqual(['carol', 'bob']);
    } finally {
      await platform.operator.patch('/tenants/acme', { policy: { sign_in_form: null } });
    }
  });

  it('have no such way where a browser has one account', async () => {
    await platform.operator.patch('/tenants/acme', { policy: { accounts_per_browser: 1 } });
    try {
      await signIn('bob');
      expect((await browser.open(`${acme.issuer}/account`)).text).not.toContain('switch-account');
      expect((await browser.open(`${acme.issuer}/sign-in?choose`)).url).toBe(`${acme.issuer}/account`);
    } finally {
      await platform.operator.patch('/tenants/acme', { policy: { accounts_per_browser: 5 } });
    }
  });

  it('show no account of another tenant', async () => {
    await signIn('bob');
    const there = await browser.open(`${globex.issuer}/sign-in?choose`);
    expect([shownOn(there), there.text.includes('id="login-form"')]).toEqual([[], true]);
  });
});

describe('somebody who signs up', () => {
  const signUpHere = async () => {
    const email = newAddress();
    const waiting = await submitSignUp(browser, await browser.open(`${acme.issuer}/sign-up`), { email });
    const { code } = await lastMailTo(platform, acme, email);
    expect((await browser.submit(waiting, 'code-form', { code })).url).toBe(`${acme.issuer}/account`);
    return email;
  };

  it('joins the accounts of the browser; the one there is no room for ends', async () => {
    await platform.operator.patch('/tenants/acme', { policy: { sign_up: 'open' } });
    await signInAs('bob', 'carol', 'dave', 'erin');
    const first = await signUpHere();
    expect(shownOn(await browser.open(`${acme.issuer}/sign-in?choose`))).toEqual([
      first,
      'erin',
      'dave',
      'carol',
      'bob',
    ]);
    const second = await signUpHere();
    const shown = shownOn(await browser.open(`${acme.issuer}/sign-in?choose`));
    expect(shown).toEqual([second, first, 'erin', 'dave', 'carol']);
    const sessions = await platform.database.query('SELECT FROM sessions WHERE user_id = $1', [ids.get('bob')]);
    expect(sessions).toEqual([]);
  });
});

const silently = async (params: object = {}) => ask({ prompt: 'none', ...params });
const errorOf = (page: Page) => responseOf(page)['error'];

describe('several accounts in one browser', () => {
  it('are kept side by side, and chosen where nothing says which', async () => {
    await signInAs('alice', 'bob');
    const page = await ask();
    expect(shownOn(page)).toEqual(['bob', 'alice']);
    expect(page.text).toContain('id="login-form"');
    expect(await subjectOf(await choose(page, 'alice'))).toBe(ids.get('alice'));
    expect(shownOn(await ask())).toEqual(['alice', 'bob']);
  });

  it('another one can be used, and comes to the others', async () => {
    await signInAs('alice', 'bob');
    expect(await subjectOf(await browser.signIn(await ask(), 'carol', PASSWORD))).toBe(ids.get('carol'));
    expect(shownOn(await ask({ prompt: 'select_account' }))).toEqual(['carol', 'bob', 'alice']);
  });

  it('login_hint and id_token_hint pick one of them, and the pages that follow are its', async () => {
    await signInAs('alice');
    const { code } = responseOf(await silently());
    const tokens = (await redeem(acme, { code, code_verifier: verifier })).json<{ id_token: string }>();
    await signInAs('bob', 'carol');
    expect(await subjectOf(await ask({ login_hint: 'BOB' }))).toBe(ids.get('bob'));
    expect(await subjectOf(await ask({ id_token_hint: tokens.id_token }))).toBe(ids.get('alice'));
    const consent = await ask({ client_id: 'other', login_hint: 'alice' });
    expect(consent.text).toContain('Alice Archer');
    expect(responseOf(await browser.decide(consent, 'approve'))).toHaveProperty('code');
    expect(shownOn(await ask({ login_hint: 'nobody' }))).toEqual(['alice', 'carol', 'bob']);
  });

  it('who signs in for a request is who it is about, whatever its hint', async () => {
    await signInAs('alice', 'bob');
    const page = await ask({ login_hint: 'alice', prompt: 'login' });
    expect(await subjectOf(await browser.signIn(page, 'carol', PASSWORD))).toBe(ids.get('carol'));
    expect(await subjectOf(await choose(await ask({ login_hint: 'x' }), 'bob'))).toBe(ids.get('bob'));
  });

  it('Core §3.1.2.6: prompt=none gets the one in use, one that is named, or account_selection_required', async () => {
    await signInAs('alice', 'bob');
    expect(await subjectOf(await silently())).toBe(ids.get('bob'));
    expect(await subjectOf(await silently({ login_hint: 'alice' }))).toBe(ids.get('alice'));
    expect(await subjectOf(await silently())).toBe(ids.get('bob'));
    await choose(await ask(), 'bob', { decision: 'sign_out' });
    expect(errorOf(await silently())).toBe('account_selection_required');
    await choose(await ask(), 'alice', { decision: 'sign_out' });
    expect(errorOf(await silently())).toBe('login_required');
  });

  it('one can be signed out of, in use or not, and the others stay', async () => {
    await signInAs('alice', 'bob', 'carol');
    expect(shownOn(await choose(await ask(), 'alice', { decision: 'sign_out' }))).toEqual(['carol', 'bob']);
    expect(shownOn(await choose(await ask(), 'carol', { decision: 'sign_out' }))).toEqual(['bob']);
    const rows = await platform.database.query('SELECT user_id FROM sessions');
    expect(rows).toEqual([{ user_id: ids.get('bob') }]);
  });

  it('a logout request ends the session of its id_token_hint', async () => {
    await signInAs('alice');
    const { code } = responseOf(await silently());
    const tokens = (await redeem(acme, { code, code_verifier: verifier })).json<{ id_token: string }>();
    await signInAs('bob');
    await browser.open(`${acme.issuer}/end-session?${encodeForm({ id_token_hint: tokens.id_token })}`);
    expect(await platform.database.query('SELECT user_id FROM sessions')).toEqual([{ user_id: ids.get('bob') }]);
    expect(await subjectOf(await ask())).toBe(ids.get('bob'));
  });

  it('lead to the account pages as well', async () => {
    await signInAs('alice', 'bob');
    await choose(await ask(), 'bob', { decision: 'sign_out' });
    const page = await browser.open(`${acme.issuer}/account/sessions`);
    expect(shownOn(page)).toEqual(['alice']);
    expect((await choose(page, 'alice')).url).toBe(`${acme.issuer}/account/sessions`);
  });

  it('are five at most: the session of the one that was used longest ago ends', async () => {
    await signInAs('alice', ...NAMES);
    expect(shownOn(await ask())).toEqual([...NAMES].reverse());
    expect(await platform.database.query('SELECT FROM sessions')).toHaveLength(5);
  });

  it('signing in again keeps one session, whose secret of before is void', async () => {
    await signInAs('alice', 'bob');
    const secret = browser.cookie('accounts');
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    await signInAs('alice');
    expect(await platform.database.query('SELECT FROM sessions')).toHaveLength(2);
    const headers = { accept: 'text/html', cookie: `acme-session=${secret}` };
    const page = await new TestBrowser().request(
      'GET',
      authorizeUrl(acme.issuer, { ...PKCE, prompt: 'none' }),
      undefined,
      headers,
    );
    expect(errorOf(page)).toBe('login_required');
  });
});

describe('a form of the chooser', () => {
  const sessionsNow = () => platform.database.query('SELECT id, digest FROM sessions ORDER BY id');

  it('without its token, from elsewhere or of another browser changes nothing', async () => {
    await signInAs('alice', 'bob');
    const { url, fields } = formFor(await ask(), 'alice');
    const before = await sessionsNow();
    const cookies = browser.cookieHeader(url);
    for (const decision of ['', 'sign_out']) {
      const form = { ...fields, decision };
      expectErrorPage(
        await browser.request('POST', url, encodeForm({ ...form, csrf: 'x' }), OURS),
        403,
        'invalid_request',
      );
      const foreign = { accept: 'text/html', 'sec-fetch-site': 'cross-site' };
      expectErrorPage(await browser.request('POST', url, encodeForm(form), foreign), 403, 'invalid_request');
      expectErrorPage(await new TestBrowser().request('POST', url, encodeForm(form), OURS), 403, 'invalid_request');
    }
    expect(await sessionsNow()).toEqual(before);
    expect(browser.cookieHeader(url)).toBe(cookies);
  });

  it('for a session of another browser, or none, leads back to the page', async () => {
    const stranger = new TestBrowser();
    await signIn('carol', stranger);
    await signInAs('alice', 'bob');
    const [carols] = await platform.database.query<{ id: string }>('SELECT id FROM sessions WHERE user_id = $1', [
      ids.get('carol'),
    ]);
    const before = await sessionsNow();
    for (const account of [String(carols?.id), 'x', ids.get('alice') ?? '']) {
      for (const decision of ['', 'sign_out']) {
        expect(shownOn(await choose(await ask(), 'alice', { account, decision }))).toEqual(['bob', 'alice']);
      }
    }
    expect(await sessionsNow()).toEqual(before);
  });
});

describe('the cookie of the other accounts', () => {
  const shownWith = async (issuer: string, cookie: string) => {
    const headers = { accept: 'text/html', cookie };
    return (await new TestBrowser().request('GET', `${issuer}/sign-in`, undefined, headers)).text;
  };

  it('serves no other tenant, whatever its name', async () => {
    await signInAs('alice', 'bob');
    const secrets = `${browser.cookie('accounts')}.${browser.cookie('session')}`;
    expect(await shownWith(acme.issuer, `acme-accounts=${secrets}`)).toContain('id="accounts"');
    for (const name of ['acme-accounts', 'globex-accounts', 'accounts']) {
      expect(await shownWith(globex.issuer, `${name}=${secrets}`)).not.toContain('id="accounts"');
    }
  });

  it('may hold anything', async () => {
    for (const value of ['', '.', 'x.y', '%00', 'A'.repeat(43), Array(99).fill('A'.repeat(43)).join('.')]) {
      expect(await shownWith(acme.issuer, `acme-accounts=${value}`)).not.toContain('id="accounts"');
    }
  });

  it('says nothing where the tenant lets a browser have one account, and whoever signs in replaces who was', async () => {
    await signInAs('alice', 'bob');
    const secrets = browser.cookie('accounts');
    await platform.operator.patch('/tenants/acme', { policy: { accounts_per_browser: null } });
    expect(await shownWith(acme.issuer, `acme-accounts=${secrets}`)).not.toContain('id="accounts"');
    await signInAs('carol');
    expect(await platform.database.query('SELECT FROM sessions WHERE user_id = $1', [ids.get('bob')])).toEqual([]);
    await platform.operator.patch('/tenants/acme', { policy: { accounts_per_browser: 5 } });
    for (const accounts_per_browser of [0, 6, 1.5]) {
      const body = { policy: { accounts_per_browser } };
      expect((await platform.operator.request('PATCH', '/tenants/acme', body, { 'if-match': '*' })).status).toBe(400);
    }
  });
});
