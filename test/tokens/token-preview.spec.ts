import { beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { changesHeard } from '../support/changes-heard.js';
import { expectInvalid } from '../support/problems.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { tokenFor } from '../support/grants.js';
import { encodeForm } from '../support/http.js';
import { adminOf } from '../support/management-access.js';
import type { ManagementClient } from '../support/management-client.js';
import {
  ALICE_PASSWORD,
  type TokenAnswer,
  authorizeUrl,
  getTokens,
  introspect,
  pkce,
  responseOf,
  userinfo,
} from '../support/tenant-fixture.js';
import { TestBrowser } from '../support/browser.js';

/** Management API `previewTokens`: what is told is compared with tokens that are issued for the same question. */

const AT = '/tenants/acme';
const ALL = ['id_token', 'userinfo', 'access_token'];
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', { allow_password_grant: true });
const globex = givenTenant(platform, 'globex');

type Claims = Record<string, unknown>;
interface Shown {
  readonly header: Claims | null;
  readonly claims: Claims;
  readonly origins: { claim: string; kind: string; names: string[]; changes: boolean; hidden: boolean }[];
}
interface Preview {
  readonly allowed: boolean;
  readonly refusal: { error: string; description: string; detail: string | null } | null;
  readonly steps: string[];
  readonly consent: { missing: object[]; declined: object[] } | null;
  readonly scopes: { name: string; state: string; reason: string | null; resources: string[] }[];
  readonly access_token: (Shown & { format: string; lifetime_seconds: number }) | null;
  readonly id_token: Shown | null;
  readonly userinfo: Shown | null;
  readonly refresh_token: boolean;
}
type Question = Record<string, string | undefined>;

beforeAll(async () => {
  const { operator } = platform;
  const { data: apis } = await operator.get<{ data: { id: string; identifier: string }[] }>(`${AT}/apis`);
  const api = apis.find(({ identifier }) => identifier === acme.api)?.id ?? '';
  await operator.patch(`${AT}/apis/${api}`, { roles_in_tokens: 'claims_and_scope' });
  const role = { api_id: api, name: 'reader', scopes: ['orders:read'] };
  const { id: reader } = await operator.create<{ id: string }>(`${AT}/api-roles`, role);
  await operator.request('PUT', `${AT}/api-roles/${reader}/users/${acme.aliceId}`);
  await operator.request('PUT', `${AT}/api-roles/${reader}/clients/machine`);
  const { id: group } = await operator.create<{ id: string }>(`${AT}/groups`, { name: 'editors' });
  await operator.request('PUT', `${AT}/groups/${group}/members/${acme.aliceId}`);
  const define = (name: string, more: object) =>
    operator.create(`${AT}/user-attributes`, { name, type: 'string', ...more });
  await define('department', { claim: { name: 'department', scopes: ['profile'] } });
  await define('site', { claim: { name: 'https://acme.test/site', scopes: ['openid', 'orders:read'], tokens: ALL } });
  await operator.patch(`${AT}/users/${acme.aliceId}`, { attributes: { department: 'Sales', site: 'Bern' } });
  const scope = 'openid profile email address phone offline_access groups orders:read orders:write stock:read';
  await operator.patch(`${AT}/clients/web`, {
    scope,
    grant_types: ['authorization_code', 'refresh_token', 'password'],
  });
  await changesHeard(platform);
  expect((await preview({ scope: 'openid' })).id_token?.header).toMatchObject({ kid: null });
  await getTokens(acme, { scope: 'openid orders:read' });
});

async function preview(question: Question, client = 'web', caller: ManagementClient = platform.operator) {
  const query = encodeForm({ ...(client !== 'machine' && { user_id: acme.aliceId }), ...question });
  const answer = await caller.request('GET', `${AT}/clients/${client}/token-preview?${query}`);
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  return answer.json<Preview>();
}

/** The names are the same, and so are the values of those that no other token has otherwise. */
function compare(told: Shown | null, real: Claims, header?: Claims): void {
  expect(Object.keys(told?.claims ?? {}).sort()).toEqual(Object.keys(real).sort());
  const changing = told?.origins.filter(({ changes }) => changes).map(({ claim }) => claim) ?? [];
  const lasting = (claims: Claims) =>
    Object.fromEntries(Object.entries(claims).filter(([name]) => !changing.includes(name)));
  expect(lasting(told?.claims ?? {})).toEqual(lasting(real));
  for (const name of changing) expect([name, typeof told?.claims[name]]).toEqual([name, typeof real[name]]);
  const { exp, iat } = told?.claims ?? {};
  if (exp !== undefined) expect(Number(exp) - Number(iat)).toBe(Number(real['exp']) - Number(real['iat']));
  if (header) expect(told?.header).toEqual(header);
}

async function compareAll(told: Preview, tokens: TokenAnswer, client: 'web' | 'machine' = 'web'): Promise<void> {
  const access = String(tokens['access_token']);
  const isJwt = access.includes('.');
  const claims = isJwt ? decodeJwt(access) : await introspect(acme, access, client);
  compare(told.access_token, claims, isJwt ? decodeProtectedHeader(access) : undefined);
  expect(told.access_token?.format).toBe(isJwt ? 'jwt' : 'opaque');
  expect(told.access_token?.lifetime_seconds).toBe(tokens.expires_in);
  expect(told.refresh_token).toBe(tokens['refresh_token'] !== undefined);
  const idToken = tokens['id_token'];
  expect(told.id_token === null).toBe(idToken === undefined);
  if (idToken !== undefined) compare(told.id_token, decodeJwt(idToken), decodeProtectedHeader(idToken));
  const answer = await userinfo(acme.issuer, access);
  expect(told.userinfo === null).toBe(answer.status !== 200);
  if (told.userinfo) compare(told.userinfo, answer.json());
}

describe('what tokens would hold', () => {
  it.each<[string, Record<string, string | undefined>]>([
    ['claims of the scopes of OpenID Connect', { scope: 'openid profile email' }],
    ['nothing but the subject', { scope: 'openid' }],
    ['groups, and an attribute', { scope: 'openid profile groups' }],
    ['roles and permissions of an API, within which its scope is', { scope: 'openid groups orders:read orders:write' }],
    ['an API and a refresh token', { scope: 'openid offline_access orders:read' }],
    ['a name that nothing here has', { scope: 'openid nothing:here orders:read' }],
    ['no OpenID Connect', { scope: 'orders:read' }],
    ['no scope', { scope: '' }],
  ])('is what they hold: %s', async (_, asked) => {
    const told = await preview(asked);
    expect(told).toMatchObject({ allowed: true, refusal: null });
    await compareAll(told, await getTokens(acme, asked));
  });

  it('is what they hold for a resource, for several, and for an opaque token', async () => {
    for (const asked of [
      { scope: 'openid orders:read', resource: [acme.api] },
      { scope: 'openid profile', resource: [acme.issuer] },
      { scope: 'openid stock:read', resource: [acme.opaqueApi] },
      { scope: 'openid orders:read stock:read', resource: [acme.api, acme.opaqueApi] },
      { scope: 'openid stock:read' },
    ]) {
      const told = await preview({ ...asked, resource: asked.resource?.join(' ') });
      await compareAll(told, await getTokens(acme, asked));
    }
  });

  it('is what a client gets for itself', async () => {
    for (const asked of [
      { resource: acme.api },
      { scope: 'orders:read orders:write' },
      { scope: 'stock:read', resource: acme.opaqueApi },
    ]) {
      const grant = { grant_type: 'client_credentials' };
      const told = await preview({ ...asked, scope: asked.scope ?? '' }, 'machine');
      const answer = await tokenFor(acme, 'machine', { ...grant, ...asked });
      await compareAll(told, answer.json<TokenAnswer>(), 'machine');
    }
  });

  it('is what the password grant gives', async () => {
    const grant = { grant_type: 'password', scope: 'openid email orders:read' };
    const told = await preview(grant);
    const credentials = { username: 'alice', password: ALICE_PASSWORD };
    await compareAll(told, (await tokenFor(acme, 'web', { ...grant, ...credentials })).json<TokenAnswer>());
  });

  it('is what a slim ID token holds, and one of another algorithm', async () => {
    const change = { slim_id_token: true, id_token_signed_response_alg: 'RS256' };
    await platform.operator.patch(`${AT}/clients/other`, change);
    await changesHeard(platform);
    const told = await preview({ scope: 'openid profile' }, 'other');
    expect(told.id_token?.header).toMatchObject({ alg: 'RS256' });
    const { verifier, challenge } = pkce();
    const browser = new TestBrowser();
    const request = { client_id: 'other', scope: 'openid profile', code_challenge: challenge };
    let page = await browser.open(authorizeUrl(acme.issuer, { ...request, code_challenge_method: 'S256' }));
    page = await browser.signIn(page, 'alice', ALICE_PASSWORD);
    page = await browser.decide(page, 'approve');
    const { code } = responseOf(page);
    const form = {
      grant_type: 'authorization_code',
      redirect_uri: 'https://rp.test/cb',
      code,
      code_verifier: verifier,
    };
    const tokens = (await tokenFor(acme, 'other', form)).json<TokenAnswer>();
    compare(told.id_token, decodeJwt(String(tokens['id_token'])));
  });
});

describe('a preview', () => {
  it('says where claims come from', async () => {
    const {
      access_token: access,
      id_token: id,
      userinfo: info,
    } = await preview({
      scope: 'openid profile groups orders:read',
    });
    const originOf = (shown: Shown | null, claim: string) => {
      const { kind, names } = shown?.origins.find((one) => one.claim === claim) ?? {};
      return [kind, ...(names ?? [])];
    };
    expect(originOf(id, 'name')).toEqual(['scope', 'profile']);
    expect(originOf(id, 'department')).toEqual(['attribute', 'department']);
    expect(originOf(info, 'groups')).toEqual(['groups', 'groups']);
    expect(originOf(access, 'roles')).toEqual(['api_roles', 'roles_in_tokens']);
    expect(originOf(access, 'exp')).toEqual(['policy', 'access_token_lifetime_seconds']);
    expect(originOf(access, 'iss')).toEqual(['protocol']);
    for (const shown of [access, id, info]) {
      expect(shown?.origins.filter(({ kind, names }) => kind === 'scope' && names.length === 0)).toEqual([]);
    }
  });

  it('says what becomes of each scope', async () => {
    const { scopes } = await preview({ scope: 'openid orders:read orders:write nothing:here' });
    expect(scopes.map(({ name, state, reason }) => [name, state, reason])).toEqual([
      ['openid', 'granted', null],
      ['orders:read', 'granted', null],
      ['orders:write', 'withheld', 'not_in_api_roles'],
      ['nothing:here', 'ignored', 'unknown'],
    ]);
    expect(scopes[1]?.resources).toEqual([acme.api]);
  });

  it('asks for everything that the client may have, when nothing is named', async () => {
    const everything = await preview({ resource: `${acme.api} ${acme.opaqueApi}` });
    expect(everything.scopes.map(({ name }) => name)).toContain('stock:read');
    expect((await preview({}, 'machine')).scopes.map(({ name }) => name).sort()).toEqual([
      'orders:read',
      'orders:write',
      'stock:read',
    ]);
  });

  it('says what the person would be asked', async () => {
    const asked = { scope: 'openid stock:read' };
    const { id } = await platform.operator.create<{ id: string }>(`${AT}/users`, { username: 'bob' });
    const first = await preview({ ...asked, user_id: id });
    expect(first.steps).toEqual(['consent']);
    expect(first.consent?.missing).toEqual([
      { resource: '', scopes: ['openid'] },
      { resource: acme.opaqueApi, scopes: ['stock:read'] },
    ]);
    await platform.operator.patch(AT, { policy: { require_verified_email: true, second_factor: 'required' } });
    await changesHeard(platform);
    const strict = await preview({ ...asked, user_id: id });
    expect(strict.steps).toEqual(['enrol', 'verify-address', 'consent']);
    expect(strict.id_token?.claims['amr']).toContain('mfa');
    await platform.operator.patch(AT, { policy: { require_verified_email: false, second_factor: 'optional' } });
    await changesHeard(platform);
    expect((await preview({ scope: 'openid profile' })).consent).toMatchObject({ missing: [] });
  });

  it('refuses what the endpoints refuse, with the same error', async () => {
    const authorized = async (asked: Record<string, string | undefined>) => {
      const { challenge } = pkce();
      const url = authorizeUrl(acme.issuer, { ...asked, code_challenge: challenge, code_challenge_method: 'S256' });
      return responseOf(await new TestBrowser().open(url));
    };
    for (const asked of [
      { scope: 'openid account:read' },
      { scope: 'openid', resource: 'https://nowhere.test' },
      { scope: 'orders:read', resource: acme.opaqueApi },
      { scope: 'orders:read stock:read' },
      { scope: 'nothing:here' },
    ]) {
      const told = await preview(asked);
      const { error, error_description: description } = await authorized(asked);
      expect(told).toMatchObject({
        allowed: false,
        refusal: { error, description },
        access_token: null,
        id_token: null,
      });
    }
    const told = await preview({ scope: 'openid account:read nothing:here' });
    expect(told.scopes.map(({ name, state }) => [name, state])).toEqual([
      ['openid', 'possible'],
      ['account:read', 'refused'],
      ['nothing:here', 'ignored'],
    ]);
    const grant = { grant_type: 'client_credentials' };
    const asked = { scope: 'openid orders:read' };
    const real = (await tokenFor(acme, 'machine', { ...grant, ...asked })).json();
    const machine = await preview(asked, 'machine');
    expect(machine.refusal).toMatchObject({ error: real['error'], description: real['error_description'] });
    expect((await preview({ grant_type: 'password' }, 'spa')).refusal?.error).toBe('unauthorized_client');
  });

  it('refuses for who is disabled: the user, and the client', async () => {
    const user = { username: 'carol', enabled: false };
    const { id } = await platform.operator.create<{ id: string }>(`${AT}/users`, user);
    const told = await preview({ scope: 'openid', user_id: id });
    expect(told.refusal).toMatchObject({ error: 'invalid_grant', detail: 'user disabled' });
    await platform.operator.patch(`${AT}/clients/native`, { enabled: false });
    await changesHeard(platform);
    expect((await preview({ scope: 'openid' }, 'native')).refusal).toMatchObject({ error: 'invalid_client' });
  });

  it('leaves no trace', async () => {
    const rows = () =>
      platform.database.query(
        `SELECT (SELECT count(*) FROM grants) AS grants, (SELECT count(*) FROM access_tokens) AS tokens,
                (SELECT count(*) FROM refresh_tokens) AS refresh, (SELECT count(*) FROM consents) AS consents,
                (SELECT count(*) FROM sessions) AS sessions, (SELECT count(*) FROM signing_keys) AS keys,
                (SELECT count(*) FROM authorization_requests) AS requests,
                (SELECT count(*) FROM audit_events WHERE type LIKE 'token.%' OR type LIKE 'auth%') AS events`,
      );
    const before = await rows();
    await preview({ scope: 'openid profile stock:read offline_access' });
    await preview({ grant_type: 'password', scope: 'openid stock:read' });
    await preview({ scope: 'stock:read', resource: acme.opaqueApi }, 'machine');
    expect(await rows()).toEqual(before);
  });

  it('shows nothing that administrators do not see', async () => {
    const claim = { name: 'nickname_of_mine', scopes: ['openid'], tokens: ALL, self_asserted: true };
    const own = { name: 'secret_hobby', type: 'string', readable_by: ['user'], editable_by: ['user'], claim };
    await platform.operator.create(`${AT}/user-attributes`, own);
    await changesHeard(platform);
    const [attribute] = await platform.database.query<{ key: string }>(
      `SELECT a.value->>'key' AS key FROM tenants t, jsonb_array_elements(t.user_attributes) a
        WHERE t.slug = 'acme' AND a.value->>'name' = 'secret_hobby'`,
    );
    await platform.database.query(
      `UPDATE users SET attributes = attributes || jsonb_build_object($1::text, 'knitting') WHERE id = $2`,
      [attribute?.key, acme.aliceId],
    );
    const told = await preview({ scope: 'openid' });
    expect(JSON.stringify(told)).not.toContain('knitting');
    for (const shown of [told.id_token, told.userinfo]) {
      expect(shown?.origins.find(({ claim: name }) => name === claim.name)).toMatchObject({ hidden: true });
    }
  });

  it('takes what reads the client, the user and the consents', async () => {
    const path = `${AT}/clients/web/token-preview`;
    for (const [scope, query, status] of [
      ['clients:read users:read consents:read', `?user_id=${acme.aliceId}`, 200],
      ['clients:read consents:read', `?user_id=${acme.aliceId}`, 403],
      ['clients:read users:read', `?user_id=${acme.aliceId}`, 403],
      ['users:read consents:read', `?user_id=${acme.aliceId}`, 403],
    ] as const) {
      const caller = await adminOf(platform, 'acme', scope);
      expect([scope, (await caller.request('GET', path + query)).status]).toEqual([scope, status]);
    }
    const caller = await adminOf(platform, 'acme', 'clients:read');
    expect((await caller.request('GET', `${AT}/clients/machine/token-preview`)).status).toBe(200);
    expect((await caller.request('GET', `/tenants/globex/clients/machine/token-preview`)).status).toBe(404);
  });

  it.each([
    ['user_id', ''],
    ['user_id', 'alice'],
    ['user_id', '01a20ccb-5908-7421-b495-92cb052cefe0'],
    ['scope', 'open"id'],
    ['scope', 'a\u0000b'],
    ['scope', 'a'.repeat(3000)],
    ['resource', 'a b c d e f g h i j k'],
    ['resource', 'a\u0007'],
    ['grant_type', 'implicit'],
    ['unknown', 'x'],
  ])('refuses %s %j', async (name, value) => {
    const query = encodeForm({ user_id: acme.aliceId, [name]: value });
    const answer = await platform.operator.request('GET', `${AT}/clients/web/token-preview?${query}`);
    expectInvalid(answer, name);
  });

  it('knows no user of another tenant, and no client that is not there', async () => {
    const foreign = `${AT}/clients/web/token-preview?user_id=${globex.aliceId}`;
    expect((await platform.operator.request('GET', foreign)).status).toBe(400);
    const nowhere = `${AT}/clients/nobody/token-preview?user_id=${acme.aliceId}`;
    expect((await platform.operator.request('GET', nowhere)).status).toBe(404);
    const forMachine = `${AT}/clients/machine/token-preview?user_id=${acme.aliceId}`;
    expect((await platform.operator.request('GET', forMachine)).status).toBe(400);
  });
});
