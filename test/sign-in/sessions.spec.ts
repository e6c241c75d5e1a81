import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestBrowser, readForm } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { encodeForm } from '../support/http.js';
import {
  ALICE_PASSWORD,
  authorizeUrl,
  createTenant,
  getCode,
  getTokens,
  introspect,
  pkce,
  responseOf,
} from '../support/tenant-fixture.js';

const BOB_PASSWORD = 'a long enough passphrase 7';
const DAY = 86_400;
const { challenge } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
let browser: TestBrowser;

beforeAll(async () => {
  await platform.operator.create('/tenants/acme/users', { username: 'bob', password: BOB_PASSWORD });
});
beforeEach(async () => {
  browser = new TestBrowser();
  await getCode(acme.issuer, {}, browser);
});

async function isSignedIn(by = browser): Promise<boolean> {
  const page = await by.open(authorizeUrl(acme.issuer, { ...PKCE, prompt: 'none' }));
  return responseOf(page)['error'] !== 'login_required';
}

/** Moves the past of every session further into the past. */
async function letPass(seconds: number): Promise<void> {
  const columns = ['created_at', 'auth_time', 'last_seen_at', 'expires_at'];
  const back = columns.map((column) => `${column} = ${column} - make_interval(secs => ${seconds})`);
  await platform.database.query(`UPDATE sessions SET ${back.join()}`);
}

describe('the life of a session', () => {
  it('ends when the browser was idle for the idle lifetime', async () => {
    await letPass(DAY - 60);
    expect(await isSignedIn()).toBe(true);
    await letPass(DAY + 1);
    expect(await isSignedIn()).toBe(false);
  });

  it('goes on while it is used, and ends with the absolute lifetime all the same', async () => {
    for (let half = 1; half < 14; half += 1) {
      await letPass(DAY / 2);
      expect(await isSignedIn()).toBe(true);
    }
    await letPass(DAY / 2);
    expect(await isSignedIn()).toBe(false);
  });

  it('is as long as the tenant says', async () => {
    const brief = await createTenant(platform, 'brief', {
      session_idle_lifetime_seconds: 60,
      session_absolute_lifetime_seconds: 3600,
    });
    await getCode(brief.issuer);
    const rows = await platform.database.query<{ seconds: number }>(
      'SELECT extract(epoch FROM expires_at - created_at)::int AS seconds FROM sessions WHERE tenant_id = $1',
      [brief.id],
    );
    expect(rows).toEqual([{ seconds: 3600 }]);
  });

  it('ends at once when the user is disabled, or gets a new password', async () => {
    const at = `/tenants/acme/users/${acme.aliceId}`;
    await platform.operator.patch(at, { enabled: false });
    expect(await isSignedIn()).toBe(false);
    await platform.operator.patch(at, { enabled: true });
    const again = new TestBrowser();
    await getCode(acme.issuer, {}, again);
    await platform.operator.patch(at, { password: ALICE_PASSWORD });
    expect(await isSignedIn(again)).toBe(false);
  });
});

describe('the session cookie', () => {
  it('is HttpOnly, SameSite=Lax, bound to the tenant’s path, and gone with the window', async () => {
    const fresh = new TestBrowser();
    const page = await fresh.open(authorizeUrl(acme.issuer, PKCE));
    const { action, fields } = readForm(page, 'login-form');
    const body = new URLSearchParams({ ...fields, username: 'alice', password: ALICE_PASSWORD }).toString();
    const answer = await fresh.request('POST', new URL(action, page.url).href, body, {
      'sec-fetch-site': 'same-origin',
    });
    const cookie = (answer.headers['set-cookie'] ?? []).find((line) => line.startsWith('acme-session='));
    expect(cookie).toMatch(/^acme-session=[\w-]{43}; Path=\/t\/acme; HttpOnly; SameSite=Lax$/);
  });

  it('is rotated at sign-in, and the old one is dead', async () => {
    const before = browser.cookie('session');
    const header = browser.cookieHeader(`${acme.issuer}/authorize`);
    const page = await browser.open(authorizeUrl(acme.issuer, { ...PKCE, prompt: 'login' }));
    await browser.signIn(page, 'alice', ALICE_PASSWORD);
    expect(browser.cookie('session')).not.toBe(before);
    expect(await isSignedIn()).toBe(true);
    const url = authorizeUrl(acme.issuer, { ...PKCE, prompt: 'none' });
    const answer = await new TestBrowser().open(url, { cookie: header });
    expect(responseOf(answer)['error']).toBe('login_required');
  });

  it('given to the browser before sign-in is never the one after it (fixation)', async () => {
    const victim = new TestBrowser();
    const planted = 'A'.repeat(43);
    const page = await victim.open(authorizeUrl(acme.issuer, PKCE), { cookie: `acme-session=${planted}` });
    await victim.signIn(page, 'alice', ALICE_PASSWORD);
    expect(victim.cookie('session')).toMatch(/^[\w-]{43}$/);
    expect(victim.cookie('session')).not.toBe(planted);
    const url = authorizeUrl(acme.issuer, { ...PKCE, prompt: 'none' });
    const attacker = await new TestBrowser().open(url, { cookie: `acme-session=${planted}` });
    expect(responseOf(attacker)['error']).toBe('login_required');
  });

  it('is stored as a digest', async () => {
    const rows = await platform.database.query<{ row: string }>('SELECT s::text AS row FROM sessions s');
    expect(rows.map(({ row }) => row).join()).not.toContain(browser.cookie('session'));
  });
});

describe('another person at the same browser', () => {
  it('ends the first session, and the tokens that live with it', async () => {
    const mine = await getTokens(acme, {}, browser);
    const page = await browser.open(authorizeUrl(acme.issuer, { ...PKCE, prompt: 'login' }));
    await browser.signIn(page, 'bob', BOB_PASSWORD);
    expect(await introspect(acme, String(mine['access_token']))).toEqual({ active: false });
  });
});

describe('remember_me', () => {
  const policy = (members: object) => platform.operator.patch('/tenants/acme', { policy: members });
  const signInPage = () => browser.open(`${acme.issuer}/sign-in`);

  /** @returns the line that sets the session's cookie */
  async function signIn(fields: Record<string, string>): Promise<string> {
    const form = readForm(await signInPage(), 'login-form');
    const url = new URL(form.action, acme.issuer).href;
    const body = encodeForm({ ...form.fields, username: 'alice', password: ALICE_PASSWORD, ...fields });
    const answer = await browser.request('POST', url, body, { accept: 'text/html', 'sec-fetch-site': 'same-origin' });
    return answer.headers['set-cookie']?.find((line) => line.startsWith('acme-session=')) ?? '';
  }

  beforeEach(async () => {
    browser = new TestBrowser();
    // Passwords were changed above.
    await platform.database.query("UPDATE users SET valid_from = now() - interval '1 year'");
    await policy({ remember_me: 'offered', remembered_session_lifetime_seconds: 60 * DAY });
  });
  afterAll(() => policy({ remember_me: null, remembered_session_lifetime_seconds: null }));

  it('ticked, the session outlasts the window and a long absence, up to the lifetime of the policy', async () => {
    expect((await signInPage()).text).toContain('id="remember-me"');
    const line = await signIn({ remember_me: 'on' });
    const [, maxAge] = /; Max-Age=(\d+);/.exec(line) ?? [];
    expect(Number(maxAge)).toBeGreaterThan(60 * DAY - 600);
    expect(Number(maxAge)).toBeLessThanOrEqual(60 * DAY);
    await letPass(58 * DAY);
    expect(await isSignedIn()).toBe(true);
    const tokens = await getTokens(acme, {}, browser);
    await letPass(DAY);
    expect(await introspect(acme, String(tokens['access_token']))).toMatchObject({ active: true });
    await letPass(2 * DAY);
    expect(await isSignedIn()).toBe(false);
  });

  it('not ticked, it ends with the window, and when nobody uses it', async () => {
    expect(await signIn({})).not.toContain('Max-Age');
    await letPass(2 * DAY);
    expect(await isSignedIn()).toBe(false);
  });

  it('is as it was on the page that asks again, and can be taken back there', async () => {
    await signIn({ remember_me: 'on' });
    const again = await browser.open(authorizeUrl(acme.issuer, { ...PKCE, prompt: 'login' }));
    expect(again.text).toMatch(/id="remember-me"[^>]* checked/);
    await browser.signIn(again, 'alice', ALICE_PASSWORD);
    await letPass(2 * DAY);
    expect(await isSignedIn()).toBe(false);
  });

  it('stays so when the password is changed', async () => {
    await signIn({ remember_me: 'on' });
    const form = readForm(await browser.open(`${acme.issuer}/change-password`), 'password-form');
    const next = 'nine lamps beside the quiet harbour';
    const typed = { username: 'alice', current_password: ALICE_PASSWORD, new_password: next, new_password_again: next };
    const url = new URL(form.action, acme.issuer).href;
    const headers = { accept: 'text/html', 'sec-fetch-site': 'same-origin' };
    const answer = await browser.request('POST', url, encodeForm({ ...form.fields, ...typed }), headers);
    const line = answer.headers['set-cookie']?.find((one) => one.startsWith('acme-session=')) ?? '';
    expect(Number(/; Max-Age=(\d+);/.exec(line)?.[1])).toBeGreaterThan(60 * DAY - 600);
    await platform.database.query("UPDATE users SET valid_from = now() - interval '1 year'");
    await letPass(2 * DAY);
    expect(await isSignedIn()).toBe(true);
    await platform.operator.patch(`/tenants/acme/users/${acme.aliceId}`, { password: ALICE_PASSWORD });
  });

  it('is kept on the page of a failed attempt', async () => {
    const fields = { username: 'alice', password: 'wrong', remember_me: 'on' };
    expect((await browser.submit(await signInPage(), 'login-form', fields)).text).toMatch(
      /id="remember-me"[^>]* checked/,
    );
  });

  it('off, there is no box, and a forged one says nothing', async () => {
    await policy({ remember_me: 'off' });
    expect((await signInPage()).text).not.toContain('remember-me');
    expect(await signIn({ remember_me: 'on' })).not.toContain('Max-Age');
    await letPass(2 * DAY);
    expect(await isSignedIn()).toBe(false);
  });

  it.each([
    { remember_me: 'always' },
    { remembered_session_lifetime_seconds: 3599 },
    { remembered_session_lifetime_seconds: 365 * DAY + 1 },
  ])('is refused as a policy: %j', async (members) => {
    const headers = { 'if-match': '*' };
    const answer = await platform.operator.request('PATCH', '/tenants/acme', { policy: members }, headers);
    expect([answer.status, answer.text]).toEqual([
      400,
      expect.stringContaining(`/policy/${Object.keys(members).join()}`),
    ]);
  });
});

describe('the way to sign in that a browser used last', () => {
  const order = (text: string) => text.indexOf('id="passkey-form"') - text.indexOf('id="login-form"');
  const page = async (cookie: string) => {
    const headers = { accept: 'text/html', cookie };
    return (await new TestBrowser().request('GET', `${acme.issuer}/sign-in`, undefined, headers)).text;
  };

  it('comes first', async () => {
    expect(order(await page('acme-method=passkey'))).toBeLessThan(0);
    for (const other of ['', 'acme-method=password', 'acme-method=%00', 'globex-method=passkey', 'method=passkey']) {
      expect(order(await page(other))).toBeGreaterThan(0);
    }
  });

  it('is the password again once it was used', async () => {
    const form = readForm(await browser.open(`${acme.issuer}/sign-in?again`), 'login-form');
    const url = new URL(form.action, acme.issuer).href;
    const body = encodeForm({ ...form.fields, username: 'alice', password: ALICE_PASSWORD });
    const cookie = `${browser.cookieHeader(url)}; acme-method=passkey`;
    const headers = { accept: 'text/html', 'sec-fetch-site': 'same-origin', cookie };
    const answer = await browser.request('POST', url, body, headers);
    expect(answer.headers['set-cookie']).toContainEqual(expect.stringMatching(/^acme-method=password; Max-Age=/));
  });
});
