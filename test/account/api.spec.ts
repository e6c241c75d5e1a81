import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ACCOUNT_OPERATIONS } from '../../src/endpoints/account-api/account-description.js';
import { findRoutes } from '../isolation/routes.js';
import { accountToken } from '../support/account-tokens.js';
import { eventsOf } from '../support/audit.js';
import { TestBrowser } from '../support/browser.js';
import { changesHeard } from '../support/changes-heard.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { type HttpAnswer, send } from '../support/http.js';
import { mailsTo } from '../support/mails.js';
import { codeOf, forgetSteps, givenUserWithApp, submitCode } from '../support/second-factor.js';
import { ALICE_PASSWORD, clientCredentials, getTokens } from '../support/tenant-fixture.js';

const PASSWORD = 'seven ravens over the harbour';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', { account_deletion: 'on' });
const globex = givenTenant(platform, 'globex');
let username: string;
let userId: string;
let token: string;

beforeEach(async () => {
  await platform.database.query('DELETE FROM sign_in_attempts');
  username = `user-${randomUUID()}`;
  const user = { username, password: PASSWORD, email: `${username}@old.test`, email_verified: true, gender: 'female' };
  ({ id: userId } = await platform.operator.create<{ id: string }>('/tenants/acme/users', user));
  token = await tokenOf('openid account:read account:write');
});

const tokenOf = (scope: string, browser = new TestBrowser()) =>
  accountToken(platform, acme, { scope, username, password: PASSWORD, browser });

function call(method: string, path: string, body?: unknown, { by = token, issuer = acme.issuer } = {}) {
  return send(`${issuer}/account/api${path}`, {
    method,
    headers: {
      ...(by !== '' && { authorization: `Bearer ${by}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const makeStale = () =>
  platform.database.query(`UPDATE grants SET auth_time = auth_time - interval '1 hour' WHERE user_id = $1`, [userId]);
const problem = (answer: HttpAnswer) => ({
  status: answer.status,
  mediaType: answer.headers['content-type'],
  ...answer.json<{ title: string; detail?: string; errors?: { pointer: string }[] }>(),
});

describe('the account API', () => {
  it('shows and changes the profile, as far as the tenant lets people', async () => {
    const before = (await call('GET', '/profile')).json();
    expect(before).toMatchObject({ id: userId, username, email: `${username}@old.test`, email_verified: true });
    expect(before).not.toHaveProperty('gender');
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const change = { name: 'Ada', address: { locality: 'Bern' }, phone_number: '+41 44 123 45 67', nickname: null };
      const after = await call('PATCH', '/profile', change);
      expect([after.status, after.json()]).toEqual([
        200,
        {
          ...before,
          name: 'Ada',
          address: { locality: 'Bern' },
          phone_number: '+41441234567',
          phone_number_verified: false,
        },
      ]);
    });
    expect(events).toMatchObject([{ type: 'user.profile_changed', user_id: userId }]);
  });

  it.each<[string, object, string]>([
    ['a member that is hidden', { gender: 'male' }, '/gender'],
    ['a member that there is not', { tenant_admin: true }, '/tenant_admin'],
    ['a member that there is not, as a text', { tenant_admin: 'yes' }, '/tenant_admin'],
    ['a number', { name: 7 }, '/name'],
    ['a picture without https', { picture: 'http://x.test/a.png' }, '/picture'],
    ['an address that is a text', { address: 'Bern' }, '/address'],
    ['an address with another member', { address: { planet: 'Earth' } }, '/address/planet'],
  ])('refuses %s and says where', async (_, body, pointer) => {
    const answer = problem(await call('PATCH', '/profile', body));
    expect([answer.status, answer.mediaType]).toEqual([400, 'application/problem+json; charset=utf-8']);
    expect(answer.errors?.[0]?.pointer).toBe(pointer);
  });

  it('refuses bodies that are none, without a 500', async () => {
    for (const [body, type] of [
      ['{', 'application/json'],
      ['[]', 'application/json'],
      ['name=Ada', 'application/x-www-form-urlencoded'],
      [`{"name":"${'x'.repeat(300_000)}"}`, 'application/json'],
    ] as const) {
      const headers = { authorization: `Bearer ${token}`, 'content-type': type };
      const answer = await send(`${acme.issuer}/account/api/profile`, { method: 'PATCH', headers, body });
      expect([400, 413, 415]).toContain(answer.status);
    }
  });

  it('lists and ends sessions of the person alone', async () => {
    const [browser, stranger] = [new TestBrowser(), new TestBrowser()];
    await browser.signIn(await browser.open(`${acme.issuer}/sign-in`), username, PASSWORD);
    await stranger.signIn(await stranger.open(`${acme.issuer}/sign-in`), 'alice', 'correct horse battery staple');
    const [foreign] = await platform.database.query<{ id: string }>(
      'SELECT id FROM sessions WHERE user_id = $1 LIMIT 1',
      [acme.aliceId],
    );
    const { data } = (await call('GET', '/sessions')).json<{ data: { id: string }[] }>();
    expect(data).toHaveLength(2);
    expect(data.map(({ id }) => id)).not.toContain(foreign?.id);
    for (const id of [foreign?.id, randomUUID(), 'x', '%27']) {
      expect((await call('DELETE', `/sessions/${id}`)).status).toBe(404);
    }
    // The first one is the newest, and the token's own session goes on.
    expect((await call('DELETE', `/sessions/${data[0]?.id}`)).status).toBe(204);
    expect((await browser.open(`${acme.issuer}/account`)).text).toContain('id="login-form"');
    expect((await stranger.open(`${acme.issuer}/account`)).text).toContain('id="sessions"');
    expect((await call('DELETE', '/sessions')).status).toBe(204);
    // The token ends with the session it was given in.
    expect((await call('GET', '/sessions')).status).toBe(401);
  });

  it('lists and withdraws what the person allowed', async () => {
    await platform.operator.patch(`/tenants/acme/clients/other`, { client_name: 'Other' });
    await platform.database.query(
      `INSERT INTO consents (tenant_id, id, user_id, client_id, resource, scopes)
       VALUES ($1, $2, $3, 'other', '', '{openid}')`,
      [acme.id, randomUUID(), userId],
    );
    expect((await call('GET', '/applications')).json()).toMatchObject({
      data: [{ client_id: 'other', client_name: 'Other', access: [{ resource: null, scopes: ['openid'] }] }],
    });
    expect((await call('DELETE', '/applications/other')).status).toBe(204);
    expect((await call('DELETE', '/applications/other')).status).toBe(404);
    expect((await call('DELETE', '/applications/..%2fx')).status).toBe(404);
    expect((await call('GET', '/applications')).json()).toEqual({ data: [] });
  });

  it('knows no application by a name that is none', async () => {
    for (const name of ['%00', '%20', 'x'.repeat(300), '%E2%80%AE']) {
      expect([name, (await call('DELETE', `/applications/${name}`)).status]).toEqual([name, 404]);
    }
  });

  it('lists events by pages, with cursors of its own list alone', async () => {
    await call('PATCH', '/profile', { name: 'Ada' });
    const first = (await call('GET', '/events?limit=1')).json<{ data: { type: string }[]; page: { next: string } }>();
    expect(first.data).toMatchObject([{ type: 'user.profile_changed', outcome: 'success', by_administrator: false }]);
    const second = (await call('GET', `/events?limit=1&after=${first.page.next}`)).json<{ data: object[] }>();
    expect(second.data).toMatchObject([{ type: 'user.signed_in' }]);
    for (const query of ['limit=0', 'limit=x', 'after=x', 'user_id=1']) {
      expect((await call('GET', `/events?${query}`)).status).toBe(400);
    }
  });

  it('changes the e-mail address by a code, in the application that asked', async () => {
    const address = `${username}@new.test`;
    const begun = await call('POST', '/email-change', { email: address });
    const { change } = begun.json<{ change: string }>();
    expect(begun.status).toBe(202);
    const [mail] = await mailsTo(platform, acme, address);
    const code = mail?.code ?? '';
    const [id = ''] = change.split('.');
    for (const foreign of [`${id}.${'x'.repeat(43)}`, id, 'x', `${randomUUID()}.${'x'.repeat(43)}`]) {
      expect(problem(await call('POST', '/email-change/confirm', { change: foreign, code })).status).toBe(409);
    }
    const wrong = code.startsWith('1') ? '2'.repeat(8) : '1'.repeat(8);
    expect((await call('POST', '/email-change/confirm', { change, code: wrong })).status).toBe(409);
    const done = await call('POST', '/email-change/confirm', { change, code });
    expect([done.status, done.json()]).toMatchObject([200, { email: address, email_verified: true }]);
    expect((await call('PATCH', '/profile', { email: 'x@y.test' })).status).toBe(409);
    expect((await call('POST', '/email-change', { email: 'nobody' })).status).toBe(400);
    expect((await call('POST', '/email-change', { mail: 'a@b.test' })).status).toBe(400);
  });

  it('schedules and withdraws the deletion, which an administrator sees and can withdraw too', async () => {
    const at = `/tenants/acme/users/${userId}`;
    expect((await call('GET', '/deletion')).json()).toEqual({
      deletion_scheduled_for: null,
      possible: true,
      grace_days: 14,
    });
    const scheduled = (await call('POST', '/deletion', {})).json();
    expect(scheduled['deletion_scheduled_for']).toEqual(expect.any(String));
    expect((await call('POST', '/deletion', {})).json()).toEqual(scheduled);
    expect(await platform.operator.get(at)).toMatchObject({
      deletion_scheduled_for: scheduled['deletion_scheduled_for'],
    });
    expect((await call('DELETE', '/deletion')).json()).toMatchObject({ deletion_scheduled_for: null });

    await call('POST', '/deletion', {});
    const events = await eventsOf(platform.operator, 'acme', async () => {
      expect((await platform.operator.request('DELETE', `${at}/scheduled-deletion`)).status).toBe(204);
    });
    expect(events).toMatchObject([{ type: 'user.deletion_withdrawn', target: `user:${userId}` }]);
    expect(events[0]?.actor).toContain('client:operator');
    expect((await platform.operator.request('DELETE', `${at}/scheduled-deletion`)).status).toBe(404);
    expect(await platform.operator.get(at)).not.toHaveProperty('deletion_scheduled_for');
  });

  it('gives everything that is held about the person', async () => {
    expect((await call('GET', '/data')).json()).toMatchObject({ profile: { id: userId, gender: 'female' } });
  });
});

describe('whoever may use it', () => {
  it('has a token of a user, with the scope, for this tenant alone', async () => {
    const readOnly = await tokenOf('openid account:read');
    expect((await call('GET', '/profile', undefined, { by: readOnly })).status).toBe(200);
    const refused = await call('PATCH', '/profile', { name: 'x' }, { by: readOnly });
    expect([refused.status, refused.headers['www-authenticate']]).toEqual([
      403,
      'Bearer error="insufficient_scope", scope="account:write"',
    ]);
    const writeOnly = await tokenOf('openid account:write');
    expect((await call('GET', '/profile', undefined, { by: writeOnly })).status).toBe(403);
    const plain = String((await getTokens(acme, { scope: 'openid profile' }))['access_token']);
    expect((await call('GET', '/profile', undefined, { by: plain })).status).toBe(403);
    const machine = (await clientCredentials(acme, { scope: 'orders:read' })).json<{ access_token: string }>()
      .access_token;
    const bad = ['', 'x', `x${token}`, machine];
    for (const by of bad) expect((await call('GET', '/profile', undefined, { by })).status).toBe(401);
    const none = await call('GET', '/profile', undefined, { by: '' });
    expect(none.headers['www-authenticate']).toBe('Bearer realm="account"');
    const elsewhere = await call('GET', '/profile', undefined, { issuer: globex.issuer });
    expect([elsewhere.status, elsewhere.headers['www-authenticate']]).toEqual([401, 'Bearer error="invalid_token"']);
    expect((await call('GET', '/profile', undefined, { issuer: acme.hostIssuer })).status).toBe(200);
  });

  it('is not whoever runs an API that a token is for as well', async () => {
    await platform.operator.patch('/tenants/acme/clients/settings', {
      scope: 'openid profile account:read account:write orders:read',
    });
    const both = await tokenOf('openid account:read account:write orders:read');
    const { scope } = JSON.parse(Buffer.from(both.split('.')[1] ?? '', 'base64url').toString()) as { scope: string };
    expect(scope.split(' ').sort()).toEqual(['openid', 'orders:read']);
    expect((await call('GET', '/profile', undefined, { by: both })).status).toBe(401);
    await platform.operator.patch('/tenants/acme/clients/settings', {
      scope: 'openid profile account:read account:write',
    });
  });

  it('was given the scope by an administrator; no client has it by default', async () => {
    const made = await platform.operator.create<{ scope: string }>('/tenants/acme/clients', {
      redirect_uris: ['https://rp.test/cb'],
    });
    expect(made.scope).not.toContain('account');
    await expect(getTokens(acme, { scope: 'openid account:read' })).rejects.toThrow('error=invalid_scope');
    const machine = await clientCredentials(acme, { scope: 'account:read' });
    expect(machine.json()['error']).toBe('invalid_scope');
  });

  it('loses it with the scope, with the sign-out and with the account', async () => {
    const settings = '/tenants/acme/clients/settings';
    await platform.operator.patch(settings, { scope: 'openid profile account:read' });
    const refused = await call('PATCH', '/profile', { name: 'x' });
    await platform.operator.patch(settings, { scope: 'openid profile account:read account:write' });
    expect(refused.status).toBe(403);
    await platform.operator.patch(`/tenants/acme/users/${userId}`, { enabled: false });
    expect((await call('GET', '/profile')).status).toBe(401);
  });

  it('signed in recently, for what protects the account (RFC 9470 §3)', async () => {
    const old = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { auth_time: number };
    expect(old.auth_time).toBeGreaterThan(0);
    // A session whose sign-in was an hour ago gives tokens that say so.
    const browser = new TestBrowser();
    await tokenOf('openid account:read', browser);
    await platform.database.query(`UPDATE sessions SET auth_time = auth_time - interval '1 hour' WHERE user_id = $1`, [
      userId,
    ]);
    await makeStale();
    const stale = await tokenOf('openid account:read account:write', browser);
    for (const [method, path, body] of [
      ['POST', '/email-change', { email: 'a@new.test' }],
      ['POST', '/deletion', {}],
      ['GET', '/data', undefined],
    ] as const) {
      const answer = await call(method, path, body, { by: stale });
      expect([answer.status, answer.headers['www-authenticate']]).toEqual([
        401,
        'Bearer error="insufficient_user_authentication", error_description="A more recent authentication is required", max_age="600"',
      ]);
    }
    expect((await call('GET', '/profile', undefined, { by: stale })).status).toBe(200);
  });

  it('proved the second factor, where a remembered browser alone stood for it', async () => {
    const app = await givenUserWithApp(platform, acme, `app-${randomUUID()}`);
    await forgetSteps(platform);
    const browser = new TestBrowser();
    const at = (path: string) => browser.open(`${acme.issuer}${path}`);
    const challenge = await browser.signIn(await at('/sign-in'), app.username, ALICE_PASSWORD);
    await submitCode(browser, challenge, await codeOf(app.secret), { remember: 'yes' });
    const strong = await accountToken(platform, acme, { browser });
    expect((await call('GET', '/data', undefined, { by: strong })).status).toBe(200);
    await browser.submit(await at('/end-session'), 'logout-confirm');
    await browser.signIn(await at('/sign-in'), app.username, ALICE_PASSWORD);
    const weak = await accountToken(platform, acme, { browser });
    expect((await call('GET', '/profile', undefined, { by: weak })).status).toBe(200);
    const refused = await call('GET', '/data', undefined, { by: weak });
    expect([refused.status, refused.headers['www-authenticate']]).toEqual([
      401,
      expect.stringMatching(/error="insufficient_user_authentication".*acr_values="2"/),
    ]);
    expect((await call('POST', '/email-change', { email: 'a@new.test' }, { by: weak })).status).toBe(401);
  });

  it('keeps an API of before that has a scope of the same name', async () => {
    await platform.database.query(
      `UPDATE apis SET scopes = scopes || '[{"name": "account:read", "description": "See bank accounts"}]'
        WHERE tenant_id = $1 AND identifier = $2`,
      [globex.id, globex.api],
    );
    await changesHeard(platform);
    await platform.operator.patch('/tenants/globex/clients/machine', {
      permissions: [{ api: globex.api, scopes: ['account:read', 'orders:read'] }],
    });
    const answer = (await clientCredentials(globex, { scope: 'account:read' })).json<Record<string, string>>();
    expect(answer['scope']).toBe('account:read');
    const claims = JSON.parse(
      Buffer.from((answer['access_token'] ?? '').split('.')[1] ?? '', 'base64url').toString(),
    ) as {
      aud: string;
    };
    expect(claims.aud).toBe(globex.api);
    const refused = await platform.operator.request('POST', '/tenants/globex/apis', {
      identifier: 'https://new.test',
      display_name: 'New',
      scopes: [{ name: 'account:write', description: 'x' }],
    });
    expect(refused.text).toContain('is a scope of the account API');
  });
});

describe('its description', () => {
  it('is OpenAPI at the tenant’s address, and has every route', async () => {
    const document = (await send(`${acme.hostIssuer}/account/api/openapi.json`)).json<{
      servers: { url: string }[];
      paths: Record<string, object>;
    }>();
    expect(document.servers).toEqual([{ url: `${acme.hostIssuer}/account/api` }]);
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} /account/api${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    const routes = findRoutes(platform).filter((route) => / \/account\/api\/(?!openapi)/.test(route));
    expect(described.sort()).toEqual(routes.sort());
    expect(Object.keys(ACCOUNT_OPERATIONS).length).toBeGreaterThan(8);
  });

  it('and the API can be asked by a page of another origin, with a token and no cookie', async () => {
    const headers = { origin: 'https://app.test', 'access-control-request-method': 'PATCH' };
    const preflight = await send(`${acme.issuer}/account/api/profile`, { method: 'OPTIONS', headers });
    expect(preflight.headers['access-control-allow-methods']).toContain('PATCH');
    expect(preflight.headers['access-control-allow-origin']).toBe('*');
    expect(preflight.headers['access-control-allow-credentials']).toBeUndefined();
    const pages = await send(`${acme.issuer}/account/profile`, { method: 'GET', headers });
    expect(pages.headers['access-control-allow-origin']).toBeUndefined();
  });
});
