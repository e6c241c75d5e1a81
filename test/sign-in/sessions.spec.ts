import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestBrowser, readForm } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
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
