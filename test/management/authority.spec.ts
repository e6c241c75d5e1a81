import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MANAGEMENT_SCOPES } from '../../src/resources/management-api.js';
import type { HttpAnswer } from '../support/http.js';
import { managementPermission, operatorWith } from '../support/management-access.js';
import type { ManagementClient } from '../support/management-client.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { expectProblem } from '../support/problems.js';
import { ALICE_PASSWORD, type TenantFixture, createTenant, getTokens } from '../support/tenant-fixture.js';

const AT = '/tenants/acme/clients';
const ALL = MANAGEMENT_SCOPES.map(({ name }) => name);
const HELD = 'keys:write users:read';
const JWK = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };

let platform: Platform;
let limited: ManagementClient;
let acme: TenantFixture;

beforeAll(async () => {
  platform = await startPlatform();
  acme = await createTenant(platform, 'acme');
  limited = await operatorWith(platform, 'clients:read clients:write users:read');
});
afterAll(() => platform.stop());

const held = (scope: string) => [managementPermission(platform, scope)];
const except = (...names: string[]) => ALL.filter((name) => !names.includes(name)).join(' ');

/** A client that may do something to the platform, with two secrets. */
async function privileged(): Promise<{ path: string; secret: string }> {
  const body = { grant_types: ['client_credentials'], permissions: held(HELD) };
  const { client_id: id, client_secrets: secrets } = await platform.operator.create<{
    client_id: string;
    client_secrets: { id: string }[];
  }>(AT, body);
  await platform.operator.create(`${AT}/${id}/secrets`, {});
  return { path: `${AT}/${id}`, secret: `${AT}/${id}/secrets/${secrets[0]?.id}` };
}

type Change = (client: ManagementClient, target: { path: string; secret: string }) => Promise<HttpAnswer>;
const patch =
  (body: object): Change =>
  (client, { path }) =>
    client.request('PATCH', path, body, { 'if-match': '*' });

const CHANGES: readonly [string, Change][] = [
  ['its keys', patch({ token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [JWK] } })],
  ['keys that it does not use yet', patch({ jwks: { keys: [JWK] } })],
  [
    'its redirect URIs',
    patch({ grant_types: ['authorization_code', 'client_credentials'], redirect_uris: ['https://evil.test/cb'] }),
  ],
  ['its name', patch({ client_name: 'Other' })],
  ['its state', patch({ enabled: false })],
  ['its permissions, to nothing', patch({ permissions: [] })],
  ['a new secret', (client, { path }) => client.request('POST', `${path}/secrets`)],
  ['a secret less', (client, { secret }) => client.request('DELETE', secret)],
  ['its end', (client, { path }) => client.request('DELETE', path)],
];

describe('power over a client', () => {
  it.each(CHANGES)('takes every permission the client has: %s', async (_, change) => {
    const target = await privileged();
    for (const missing of HELD.split(' ')) {
      const refused = await change(await operatorWith(platform, except(missing)), target);
      expectProblem(refused, 403, 'permission-denied');
      expect(refused.headers['www-authenticate']).toBe(`Bearer error="insufficient_scope", scope="${missing}"`);
    }
    const untouched = await platform.operator.get(target.path);
    expect(untouched).toMatchObject({ enabled: true, permissions: held(HELD) });
    expect(untouched['client_secrets']).toHaveLength(2);
  });

  it('takes every permission the client would have', async () => {
    const { client_id: id } = await platform.operator.create(AT, { grant_types: ['client_credentials'] });
    expectProblem(
      await patch({ permissions: held('apis:write') })(limited, { path: `${AT}/${String(id)}`, secret: '' }),
      403,
      'permission-denied',
    );
    const made = await limited.request('POST', AT, {
      grant_types: ['client_credentials'],
      permissions: held('apis:write'),
    });
    expectProblem(made, 403, 'permission-denied');
  });

  it('needs no more than that, and none over an ordinary client', async () => {
    const { path } = await privileged();
    const holder = await operatorWith(platform, `clients:write ${HELD}`);
    expect((await patch({ client_name: 'Mine' })(holder, { path, secret: '' })).status).toBe(200);
    const ordinary = await limited.create(AT, { grant_types: ['client_credentials'] });
    const own = { path: `${AT}/${String(ordinary['client_id'])}`, secret: '' };
    expect((await patch({ client_name: 'Mine' })(limited, own)).status).toBe(200);
    expect((await limited.request('POST', `${own.path}/secrets`)).status).toBe(201);
    expect((await limited.request('DELETE', own.path)).status).toBe(204);
  });
});

describe('a role at an API', () => {
  it('is given to a client, and taken from it, with every permission the client has', async () => {
    const { path } = await privileged();
    const { id: apiId } = await platform.operator.create('/tenants/acme/apis', {
      identifier: 'https://stock.test',
      display_name: 'Stock',
    });
    const { id } = await platform.operator.create('/tenants/acme/api-roles', { api_id: apiId, name: 'buyer' });
    const at = `/tenants/acme/api-roles/${String(id)}/clients/${path.slice(AT.length + 1)}`;
    const weaker = await operatorWith(platform, except('keys:write'));
    expectProblem(await weaker.request('PUT', at), 403, 'permission-denied');
    expect((await platform.operator.request('PUT', at)).status).toBe(200);
    expectProblem(await weaker.request('DELETE', at), 403, 'permission-denied');
    const holder = await operatorWith(platform, `clients:write ${HELD}`);
    expect((await holder.request('DELETE', at)).status).toBe(204);
  });
});

describe('the last secret of a client', () => {
  it('stays while the client authenticates with it', async () => {
    const { client_id: id, client_secrets: secrets } = await platform.operator.create<{
      client_id: string;
      client_secrets: { id: string }[];
    }>(AT, { grant_types: ['client_credentials'] });
    const path = `${AT}/${id}/secrets/${secrets[0]?.id}`;
    expect(expectProblem(await platform.operator.request('DELETE', path), 409, 'conflict').detail).toMatch(
      /add another/,
    );
    await platform.operator.patch(`${AT}/${id}`, {
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [JWK] },
    });
    expect((await platform.operator.request('DELETE', path)).status).toBe(204);
    const back = await platform.operator.request(
      'PATCH',
      `${AT}/${id}`,
      { token_endpoint_auth_method: null },
      { 'if-match': '*' },
    );
    expect(expectProblem(back, 400, 'validation-failed').errors?.[0]?.pointer).toBe('/token_endpoint_auth_method');
  });
});

describe('the client operator of tenant system', () => {
  const path = '/tenants/system/clients/operator';

  it.each([
    { enabled: false },
    { permissions: [] },
    { permissions: null, scope: null },
    { grant_types: [] },
    { grant_types: ['authorization_code'], response_types: ['code'], redirect_uris: ['https://rp.test/cb'] },
    { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [JWK] } },
    { grant_types: [], token_endpoint_auth_method: 'none' },
    ...['clients:write', 'tenants:write', 'users:read'].map((missing) => ({ missing })),
  ])('is not stripped by %j', async (change) => {
    const body = 'missing' in change ? { permissions: held(except(change.missing)) } : change;
    const before = await platform.operator.get(path);
    expectProblem(await platform.operator.request('PATCH', path, body, { 'if-match': '*' }), 409, 'conflict');
    expect(await platform.operator.get(path)).toEqual(before);
  });

  it('is not removed, and keeps its last secret', async () => {
    expectProblem(await platform.operator.request('DELETE', path), 409, 'conflict');
    const { client_secrets: secrets } = await platform.operator.get<{ client_secrets: { id: string }[] }>(path);
    for (const { id } of secrets) {
      expectProblem(await platform.operator.request('DELETE', `${path}/secrets/${id}`), 409, 'conflict');
    }
  });

  it('may be named otherwise', async () => {
    expect((await platform.operator.patch(path, { client_name: 'The operator' }))['client_name']).toBe('The operator');
  });
});

describe('power over an administrator', () => {
  it.each([
    { password: 'violet harbour 42 lanterns' },
    { username: 'other' },
    { email: 'evil@acme.test' },
    { enabled: false },
    { tenant_admin: false },
    { nickname: 'x' },
  ])('takes every permission: %j', async (body) => {
    const { id } = await platform.operator.create('/tenants/acme/users', {
      username: `boss-${Math.random()}`,
      tenant_admin: true,
    });
    for (const missing of ['tenants:write', 'clients:write', 'audit:read']) {
      const caller = await operatorWith(platform, except(missing));
      const refused = await caller.request('PATCH', `/tenants/acme/users/${String(id)}`, body);
      expectProblem(refused, 403, 'permission-denied');
      expectProblem(await caller.request('DELETE', `/tenants/acme/users/${String(id)}`), 403, 'permission-denied');
    }
    expect((await platform.operator.request('PATCH', `/tenants/acme/users/${String(id)}`, body)).status).toBe(200);
  });

  it('takes every permission to remove a passkey', async () => {
    await platform.database.query(
      `INSERT INTO passkeys (tenant_id, id, user_id, rp_id, credential_id, public_key, counter, transports, backup_eligible,
                             backed_up, aaguid, name)
       VALUES ($1, gen_random_uuid(), $2, 'localhost', 'id', '', 0, '{}', false, false, gen_random_uuid(), 'Key')`,
      [acme.id, acme.aliceId],
    );
    const { data } = await platform.operator.get<{ data: { id: string }[] }>('/tenants/acme/passkeys');
    const path = `/tenants/acme/passkeys/${data[0]?.id}`;
    await platform.operator.patch(`/tenants/acme/users/${acme.aliceId}`, { tenant_admin: true });
    const caller = await operatorWith(platform, 'users:write users:read');
    expectProblem(await caller.request('DELETE', path), 403, 'permission-denied');
    await platform.operator.patch(`/tenants/acme/users/${acme.aliceId}`, { tenant_admin: false });
    expect((await caller.request('DELETE', path)).status).toBe(204);
  });

  it('takes every permission to withdraw a consent', async () => {
    await getTokens(acme);
    const list = `/tenants/acme/consents?user_id=${acme.aliceId}`;
    const { data } = await platform.operator.get<{ data: { id: string }[] }>(list);
    const path = `/tenants/acme/consents/${data[0]?.id}`;
    await platform.operator.patch(`/tenants/acme/users/${acme.aliceId}`, { tenant_admin: true });
    const caller = await operatorWith(platform, 'consents:write consents:read');
    expectProblem(await caller.request('DELETE', path), 403, 'permission-denied');
    await platform.operator.patch(`/tenants/acme/users/${acme.aliceId}`, { tenant_admin: false });
    expect((await caller.request('DELETE', path)).status).toBe(204);
  });
});

describe('the administrators of tenant system', () => {
  const at = '/tenants/system/users';

  it('are never none', async () => {
    const { data } = await platform.operator.get<{ data: { id: string; version: number }[] }>(at);
    const last = `${at}/${data[0]?.id}`;
    for (const body of [{ enabled: false }, { tenant_admin: false }]) {
      expectProblem(await platform.operator.request('PATCH', last, body), 409, 'conflict');
    }
    expectProblem(await platform.operator.request('DELETE', last), 409, 'conflict');
    for (const body of [{ username: 'disabled', enabled: false }, { username: 'without-password' }]) {
      await platform.operator.create(at, { ...body, tenant_admin: true });
      expectProblem(await platform.operator.request('DELETE', last), 409, 'conflict');
    }
  });

  it('do not remove each other at once', async () => {
    const { id: other } = await platform.operator.create<{ id: string }>(at, {
      username: 'other',
      tenant_admin: true,
      password: ALICE_PASSWORD,
    });
    const { data } = await platform.operator.get<{ data: { id: string }[] }>(`${at}?identifier=admin`);
    const answers = await Promise.all(
      [other, data[0]?.id].map((id) => platform.operator.request('DELETE', `${at}/${id}`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  });
});
