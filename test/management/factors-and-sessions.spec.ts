import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { listEvents } from '../support/audit.js';
import { TestBrowser, readForm } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { encodeForm } from '../support/http.js';
import { adminOf } from '../support/management-access.js';
import { asksForCode, givenUserWithApp } from '../support/second-factor.js';
import { countStatuses, race, racingCall, times } from '../support/race.js';
import { ALICE_PASSWORD, getTokens, userinfo } from '../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
givenTenant(platform, 'globex');
let user: Awaited<ReturnType<typeof givenUserWithApp>>;

beforeEach(async () => {
  user = await givenUserWithApp(platform, acme, `user-${randomUUID()}`);
});

const at = (tenant = 'acme') => `/tenants/${tenant}/users/${user.id}/factors`;

async function signIn() {
  const browser = new TestBrowser();
  return browser.signIn(await browser.open(`${acme.issuer}/sign-in`), user.username, ALICE_PASSWORD);
}

describe('the second factors of a user', () => {
  it('are listed', async () => {
    expect(await platform.operator.get(at())).toEqual({
      data: [
        { factor: 'totp', created_at: expect.any(String), codes_left: null },
        { factor: 'recovery-code', created_at: null, codes_left: 10 },
      ],
      remembered_browsers: 0,
    });
    expect((await platform.operator.request('GET', `/tenants/acme/users/${randomUUID()}/factors`)).status).toBe(404);
    expect((await platform.operator.request('GET', at('globex'))).status).toBe(404);
  });

  it('are reset, which is recorded, and the password is enough again', async () => {
    expect(asksForCode(await signIn())).toBe(true);
    expect((await platform.operator.request('DELETE', `${at()}/totp`)).status).toBe(204);
    expect(await platform.operator.get(at())).toMatchObject({ data: [] });
    expect(asksForCode(await signIn())).toBe(false);
    expect((await platform.operator.request('DELETE', `${at()}/totp`)).status).toBe(404);
    expect(await listEvents(platform.operator, 'acme', 'user.second_factor_removed')).toContainEqual(
      expect.objectContaining({
        user_id: user.id,
        actor: expect.any(String),
        details: expect.objectContaining({ factor: 'totp' }),
      }),
    );
  });

  it('are reset by nobody who may only read, nor of administrators by whoever has no power over them', async () => {
    const reader = await adminOf(platform, 'acme', 'users:read');
    expect((await reader.request('DELETE', `${at()}/totp`)).status).toBe(403);
    const writer = await adminOf(platform, 'acme', 'users:read users:write');
    await platform.operator.patch(`/tenants/acme/users/${user.id}`, { tenant_admin: true });
    expect((await writer.request('DELETE', `${at()}/totp`)).status).toBe(403);
    await platform.operator.patch(`/tenants/acme/users/${user.id}`, { tenant_admin: false });
    expect((await writer.request('DELETE', `${at()}/totp`)).status).toBe(204);
    expect((await platform.operator.request('DELETE', `${at()}/nothing`)).status).toBe(404);
  });
});

describe('the sessions of a user', () => {
  const sessionsAt = (tenant = 'acme') => `/tenants/${tenant}/users/${user.id}/sessions`;
  const list = async () =>
    (await platform.operator.get<{ data: { id: string; user_agent: string | null }[] }>(sessionsAt())).data;
  /** A browser that is signed in, with a code of the app. */
  async function signedIn(): Promise<TestBrowser> {
    await platform.operator.request('DELETE', `${at()}/totp`);
    const browser = new TestBrowser();
    await browser.signIn(await browser.open(`${acme.issuer}/sign-in`), user.username, ALICE_PASSWORD);
    expect(await isSignedIn(browser)).toBe(true);
    return browser;
  }
  const isSignedIn = async (browser: TestBrowser) =>
    !(await browser.open(`${acme.issuer}/account`)).text.includes('type="password"');

  it('say what browser it was without what cannot be seen', async () => {
    await platform.operator.request('DELETE', `${at()}/totp`);
    const browser = new TestBrowser();
    const form = readForm(await browser.open(`${acme.issuer}/sign-in`), 'login-form');
    const body = encodeForm({ ...form.fields, username: user.username, password: ALICE_PASSWORD });
    const headers = { accept: 'text/html', 'sec-fetch-site': 'same-origin', 'user-agent': 'A\u009b2Jn \u00adagent' };
    await browser.request('POST', `${acme.issuer}/sign-in`, body, headers);
    // Sent as UTF-8 and read as Latin-1.
    expect((await list())[0]?.user_agent).toBe('A\u00c22Jn \u00c2agent');
    await platform.operator.request('DELETE', sessionsAt());
  });

  it('are listed, the one used last first, and end one by one or all at once', async () => {
    const [first, second] = [await signedIn(), await signedIn()];
    const [newest, , oldest] = await list();
    expect(newest).toEqual({
      id: expect.any(String),
      user_agent: null,
      address: expect.any(String),
      signed_in_at: expect.any(String),
      last_seen_at: expect.any(String),
    });
    expect(oldest).toBeDefined();
    expect((await platform.operator.request('DELETE', `${sessionsAt()}/${newest?.id}`)).status).toBe(204);
    expect([await isSignedIn(first), await isSignedIn(second)]).toEqual([true, false]);
    expect((await platform.operator.request('DELETE', `${sessionsAt()}/${newest?.id}`)).status).toBe(404);
    expect((await platform.operator.request('DELETE', sessionsAt())).status).toBe(204);
    expect(await isSignedIn(first)).toBe(false);
    expect(await list()).toEqual([]);
    expect(await listEvents(platform.operator, 'acme', 'user.sessions_ended')).toContainEqual(
      expect.objectContaining({
        user_id: user.id,
        actor: expect.stringContaining('operator'),
        details: { sessions: [newest?.id], before: { sessions: [newest?.id] } },
      }),
    );
  });

  it('end with their tokens, but for those with offline access', async () => {
    const tokens: Record<string, string>[] = [];
    for (const scope of ['openid', 'openid offline_access']) {
      tokens.push(await getTokens(acme, { scope }, await signedIn()));
    }
    expect((await platform.operator.request('DELETE', sessionsAt())).status).toBe(204);
    const status = async (one: Record<string, string>) =>
      (await userinfo(acme.issuer, one['access_token'] ?? '')).status;
    expect(await Promise.all(tokens.map(status))).toEqual([401, 200]);
  });

  it('end once, also when fifty requests ask for it at once', async () => {
    await signedIn();
    const [session] = await list();
    const one = () => racingCall(platform.operator, 'DELETE', `${sessionsAt()}/${session?.id}`);
    const answers = await race([Number(new URL(platform.url).port)], times(50, one));
    expect(countStatuses(answers)).toEqual({ 204: 1, 404: 49 });
  });

  it('are neither seen nor ended from another tenant, by readers, or by who has no power over an administrator', async () => {
    await signedIn();
    const [session] = await list();
    for (const id of [session?.id, randomUUID(), 'x', '%00', '..%2f..']) {
      expect((await platform.operator.request('DELETE', `${sessionsAt('globex')}/${id}`)).status).toBe(404);
    }
    expect((await platform.operator.request('GET', sessionsAt('globex'))).status).toBe(404);
    expect((await platform.operator.request('DELETE', sessionsAt('globex'))).status).toBe(404);
    expect((await platform.operator.request('DELETE', `${sessionsAt()}/x`)).status).toBe(404);
    const stranger = await givenUserWithApp(platform, acme, `user-${randomUUID()}`);
    const foreign = `/tenants/acme/users/${stranger.id}/sessions/${session?.id}`;
    expect((await platform.operator.request('DELETE', foreign)).status).toBe(404);
    const reader = await adminOf(platform, 'acme', 'users:read');
    expect((await reader.request('GET', sessionsAt())).status).toBe(200);
    expect((await reader.request('DELETE', sessionsAt())).status).toBe(403);
    const writer = await adminOf(platform, 'acme', 'users:read users:write');
    await platform.operator.patch(`/tenants/acme/users/${user.id}`, { tenant_admin: true });
    expect((await writer.request('DELETE', sessionsAt())).status).toBe(403);
    await platform.operator.patch(`/tenants/acme/users/${user.id}`, { tenant_admin: false });
    expect((await writer.request('DELETE', sessionsAt())).status).toBe(204);
  });
});
