import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { SignJWT, exportJWK } from 'jose';
import { basic, postForm, send } from '../support/http.js';
import { managementPermission } from '../support/management-access.js';
import { ManagementClient } from '../support/management-client.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { expectProblem } from '../support/problems.js';
import { createTenant, introspect } from '../support/tenant-fixture.js';

const AT = '/tenants/acme/clients';
const ID = 'phoenix';
const SECRET = 'the same secret at both times';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

beforeEach(() => platform.operator.request('DELETE', `${AT}/${ID}`));

const register = (scope: string) =>
  platform.operator.create(AT, {
    client_id: ID,
    client_secret: SECRET,
    grant_types: ['client_credentials'],
    ...may(scope),
  });

/** Scopes of the management API are given with the API, those of acme's own by their names. */
const may = (scope: string) =>
  /(users|keys):/.test(scope) ? { permissions: [managementPermission(platform, scope)] } : { scope };

async function tokenFor(scope: string, resource?: string): Promise<string> {
  const form = { grant_type: 'client_credentials', scope, ...(resource !== undefined && { resource }) };
  const answer = await postForm(`${acme.issuer}/token`, form, { authorization: basic(ID, SECRET) });
  if (answer.status !== 200) throw new Error(answer.text);
  return String(answer.json()['access_token']);
}

const managementToken = async (scope: string) =>
  new ManagementClient(platform.url, await tokenFor(scope, `${platform.url}/api`));

describe('a client that is deleted and made anew under its identifier', () => {
  it('inherits no management token', async () => {
    await register('users:read');
    const before = await managementToken('users:read');
    expect((await before.request('GET', '/tenants/acme/users')).status).toBe(200);
    await platform.operator.request('DELETE', `${AT}/${ID}`);
    await register('users:read');
    expectProblem(await before.request('GET', '/tenants/acme/users'), 401, 'authentication-required');
    const after = await managementToken('users:read');
    expect((await after.request('GET', '/tenants/acme/users')).status).toBe(200);
  });

  it.each(['orders:read', 'stock:read'])('inherits no access token of its own for %s', async (scope) => {
    await register(scope);
    const token = await tokenFor(scope);
    const ask = async () => {
      const answer = await postForm(`${acme.issuer}/introspect`, { token }, { authorization: basic(ID, SECRET) });
      return answer.json()['active'];
    };
    expect(await ask()).toBe(true);
    await platform.operator.request('DELETE', `${AT}/${ID}`);
    await register(scope);
    expect(await ask()).toBe(false);
    expect((await introspect(acme, token, 'machine'))['active']).toBe(false);
  });

  it('is released no attribute of users', async () => {
    const define = (name: string, clientIds: string[]) =>
      platform.operator.create('/tenants/acme/user-attributes', {
        name,
        type: 'string',
        claim: { name, scopes: ['profile'], client_ids: clientIds },
      });
    await register('orders:read');
    await define('salary', [ID]);
    await define('desk', [ID, 'spa']);
    await define('floor', ['spa']);
    expect((await platform.operator.request('DELETE', `${AT}/${ID}`)).status).toBe(204);
    const { data } = await platform.operator.get<{ data: { name: string; claim: { client_ids: string[] } | null }[] }>(
      '/tenants/acme/user-attributes',
    );
    // Without a client the list would mean all of them.
    expect(Object.fromEntries(data.map(({ name, claim }) => [name, claim?.client_ids]))).toEqual({
      salary: undefined,
      desk: ['spa'],
      floor: ['spa'],
    });
  });

  it('inherits no answer under an Idempotency-Key', async () => {
    await register('users:write');
    const key = { 'idempotency-key': randomUUID() };
    const body = { username: 'once' };
    const before = await managementToken('users:write');
    expect((await before.request('POST', '/tenants/acme/users', body, key)).status).toBe(201);
    await platform.operator.request('DELETE', `${AT}/${ID}`);
    await register('users:write');
    const after = await managementToken('users:write');
    expectProblem(await after.request('POST', '/tenants/acme/users', body, key), 422, 'key-reused');
  });

  it('accepts no assertion that was used before', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const body = {
      client_id: ID,
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [await exportJWK(publicKey)] },
      scope: 'orders:read',
    };
    await platform.operator.create(AT, body);
    const assertion = await new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: 'ES256' })
      .setIssuer(ID)
      .setSubject(ID)
      .setAudience(acme.issuer)
      .setExpirationTime('1m')
      .sign(privateKey);
    const use = async () => {
      const form = {
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
      };
      return (await postForm(`${acme.issuer}/token`, form)).status;
    };
    expect(await use()).toBe(200);
    await platform.operator.request('DELETE', `${AT}/${ID}`);
    await platform.operator.create(AT, body);
    expect(await use()).toBe(401);
  });
});

describe('a management token', () => {
  it('keeps nothing that was taken from its client', async () => {
    await register('users:read keys:read');
    const client = await managementToken('users:read keys:read');
    expect((await client.request('GET', '/tenants/acme/keys')).status).toBe(200);
    await platform.operator.patch(`${AT}/${ID}`, may('users:read'));
    expectProblem(await client.request('GET', '/tenants/acme/keys'), 403, 'permission-denied');
    expect((await client.request('GET', '/tenants/acme/users')).status).toBe(200);
    await platform.operator.patch(`${AT}/${ID}`, { enabled: false });
    expectProblem(await client.request('GET', '/tenants/acme/users'), 401, 'authentication-required');
  });
});

describe('a tenant that is deleted and made anew under its slug', () => {
  it('accepts none of the old tokens', async () => {
    await createTenant(platform, 'brief');
    const body = { client_id: ID, client_secret: SECRET, grant_types: ['client_credentials'], ...may('users:read') };
    await platform.operator.create('/tenants/brief/clients', body);
    const form = { grant_type: 'client_credentials', scope: 'users:read', resource: `${platform.url}/api` };
    const answer = await postForm(`${platform.url}/t/brief/token`, form, { authorization: basic(ID, SECRET) });
    const client = new ManagementClient(platform.url, String(answer.json()['access_token']));
    expect((await client.request('GET', '/tenants/brief/users')).status).toBe(200);
    await platform.operator.patch('/tenants/brief', { status: 'suspended' });
    await platform.operator.request('DELETE', '/tenants/brief?immediately=true');
    await platform.operator.create('/tenants', { slug: 'brief', display_name: 'Again' });
    await platform.operator.create('/tenants/brief/clients', body);
    expectProblem(await client.request('GET', '/tenants/brief/users'), 401, 'authentication-required');
    expect((await send(`${platform.url}/t/brief/jwks`)).status).toBe(200);
  });
});
