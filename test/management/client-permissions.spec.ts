import { describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { TestBrowser } from '../support/browser.js';
import { expectOAuthError } from '../support/expect-answer.js';
import { type HttpAnswer, basic, postForm } from '../support/http.js';
import { ManagementClient } from '../support/management-client.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { expectProblem } from '../support/problems.js';
import { WEB_REDIRECT, authorizeUrl, getCode, introspect, pkce, responseOf } from '../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
let counter = 0;

type Shape = Record<string, unknown>;
type Machine = ReturnType<typeof newMachine> extends Promise<infer Client> ? Client : never;

const uniqueHost = () => `https://api${(counter += 1)}.acme.test`;

async function newApi(names: readonly string[], identifier = uniqueHost()) {
  const scopes = names.map((name) => ({ name, description: name }));
  const body = { identifier, display_name: identifier, scopes };
  const { id } = await platform.operator.create<{ id: string }>('/tenants/acme/apis', body);
  return { id, identifier, path: `/tenants/acme/apis/${id}` };
}

async function newMachine(metadata: Shape, tenant = 'acme') {
  const body = { grant_types: ['client_credentials'], ...metadata };
  const client = await platform.operator.create<Shape>(`/tenants/${tenant}/clients`, body);
  const id = String(client['client_id']);
  return { id, secret: String(client['client_secret']), path: `/tenants/${tenant}/clients/${id}`, client };
}

function token({ id, secret }: Machine, form: Record<string, string> = {}, tenant = 'acme'): Promise<HttpAnswer> {
  const authorization = basic(id, secret);
  return postForm(
    `${platform.url}/t/${tenant}/token`,
    { grant_type: 'client_credentials', ...form },
    { authorization },
  );
}

function audienceOf(answer: HttpAnswer): unknown {
  return answer.status === 200 ? decodeJwt(String(answer.json()['access_token'])).aud : answer.text;
}

const refuse = async (body: Shape, tenant = 'acme') =>
  expectProblem(
    await platform.operator.request('POST', `/tenants/${tenant}/clients`, {
      grant_types: ['client_credentials'],
      ...body,
    }),
    400,
    'validation-failed',
  );

describe('A client of an API whose scopes are called like those of the management API', () => {
  it('does not reach the management API', async () => {
    const crm = await newApi(['users:read', 'users:write']);
    const machine = await newMachine({ scope: 'users:read users:write' });
    expect(machine.client['permissions']).toEqual([{ api: crm.identifier, scopes: ['users:read', 'users:write'] }]);
    const resource = `${platform.url}/api`;
    expectOAuthError(await token(machine, { resource }), 400, 'invalid_target');
    expectOAuthError(await token(machine, { resource, scope: 'users:read' }), 400, 'invalid_target');
    expect(audienceOf(await token(machine, { scope: 'users:read' }))).toBe(crm.identifier);
    const stolen = new ManagementClient(
      platform.url,
      String((await token(machine, { scope: 'users:read' })).json()['access_token']),
    );
    expect((await stolen.request('GET', '/tenants/acme/users')).status).toBe(401);
  });

  it('does not reach it with an administrator’s help either', async () => {
    await newApi(['keys:read']);
    const body = { redirect_uris: [WEB_REDIRECT], first_party: true, scope: 'openid keys:read' };
    const { client_id } = await platform.operator.create<Shape>('/tenants/acme/clients', body);
    await platform.operator.patch(`/tenants/acme/users/${acme.aliceId}`, { tenant_admin: true });
    const params = { client_id: String(client_id), scope: 'openid keys:read', resource: `${platform.url}/api` };
    await expect(getCode(acme.issuer, params)).rejects.toThrow(/invalid_target/);
    await platform.operator.patch(`/tenants/acme/users/${acme.aliceId}`, { tenant_admin: false });
  });
});

describe('The management API', () => {
  it.each(['acme', 'system'])('is never reached by a name alone, in %s', async (tenant) => {
    const problem = await refuse({ scope: 'tenants:read' }, tenant);
    expect(problem.errors?.[0]?.pointer).toBe('/scope');
    expect(problem.detail).toContain(`"permissions": [{"api":"${platform.url}/api","scopes":["tenants:read"]}]`);
  });

  it('is reached by who was given the pair', async () => {
    const permissions = [{ api: `${platform.url}/api`, scopes: ['tenants:read'] }];
    const machine = await newMachine({ permissions });
    expect(machine.client).toMatchObject({ scope: 'tenants:read', permissions });
    expect(audienceOf(await token(machine))).toBe(`${platform.url}/api`);
    expect((await platform.operator.get(machine.path))['permissions']).toEqual(permissions);
  });
});

describe('A second API with the scopes of the first', () => {
  it('changes nothing for the clients of the first, and none of them reaches it', async () => {
    const billing = await newApi(['invoices:read']);
    const biller = await newMachine({ scope: 'invoices:read' });
    const web = { redirect_uris: [WEB_REDIRECT], first_party: true, scope: 'openid invoices:read' };
    const { client_id } = await platform.operator.create<Shape>('/tenants/acme/clients', web);
    const second = await newApi(['invoices:read']);
    const forms: Record<string, string>[] = [{}, { scope: 'invoices:read' }, { resource: billing.identifier }];
    for (const form of forms) {
      expect(audienceOf(await token(biller, form))).toBe(billing.identifier);
    }
    expectOAuthError(await token(biller, { resource: second.identifier }), 400, 'invalid_target');
    expect(await getCode(acme.issuer, { client_id: String(client_id), scope: 'openid invoices:read' })).toHaveProperty(
      'code',
    );
    const elsewhere = { client_id: String(client_id), scope: 'invoices:read', resource: second.identifier };
    await expect(getCode(acme.issuer, elsewhere)).rejects.toThrow(/invalid_target/);
  });

  it('makes the name ambiguous for new clients, who say which one they mean', async () => {
    const [first, second] = [await newApi(['parcels:read']), await newApi(['parcels:read'])];
    const { detail } = await refuse({ scope: 'parcels:read' });
    expect(detail).toContain(first.identifier);
    expect(detail).toContain(second.identifier);
    const permissions = [first, second].map(({ identifier }) => ({ api: identifier, scopes: ['parcels:read'] }));
    const machine = await newMachine({ permissions });
    const unclear = await token(machine);
    expectOAuthError(unclear, 400, 'invalid_target');
    expect(unclear.text).toContain(`resource: ${first.identifier} or ${second.identifier}`);
    expect(audienceOf(await token(machine, { resource: second.identifier }))).toBe(second.identifier);
    await platform.operator.patch(machine.path, { permissions: permissions.slice(1) });
    expect(audienceOf(await token(machine))).toBe(second.identifier);
    expectOAuthError(await token(machine, { resource: first.identifier }), 400, 'invalid_target');
  });
});

describe('A name that no API has', () => {
  it('is not bound to one that comes later', async () => {
    const early = await newMachine({ scope: 'ships:read' });
    expect(early.client).toMatchObject({ scope: '', permissions: [] });
    const ships = await newApi(['ships:read']);
    expectOAuthError(await token(early, { scope: 'ships:read' }), 400, 'invalid_scope');
    expectOAuthError(await token(early, { resource: ships.identifier }), 400, 'invalid_target');
    await platform.operator.patch(early.path, { scope: 'ships:read' });
    expect(audienceOf(await token(early, { scope: 'ships:read' }))).toBe(ships.identifier);
  });
});

describe('An API that is deleted and made anew', () => {
  it('gives nothing to the clients, the grants and the consents of the old one', async () => {
    const old = await newApi(['boats:read']);
    const machine = await newMachine({ scope: 'boats:read' });
    const web = {
      client_id: 'boats',
      redirect_uris: [WEB_REDIRECT],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
      scope: 'openid offline_access boats:read',
    };
    await platform.operator.create('/tenants/acme/clients', web);
    const request = { client_id: 'boats', scope: web.scope };
    const browser = new TestBrowser();
    const { code, verifier } = await getCode(acme.issuer, request, browser);
    const ask = (form: Record<string, string>) => postForm(`${acme.issuer}/token`, { client_id: 'boats', ...form });
    const exchange = { grant_type: 'authorization_code', redirect_uri: WEB_REDIRECT, code, code_verifier: verifier };
    const tokens = (await ask(exchange)).json();

    await platform.operator.request('DELETE', old.path);
    expect(await platform.operator.get('/tenants/acme/clients/boats')).toMatchObject({
      scope: 'openid offline_access',
      permissions: [],
    });
    const anew = await newApi(['boats:read'], old.identifier);
    expectOAuthError(await token(machine, { scope: 'boats:read' }), 400, 'invalid_scope');
    const refresh = { grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']) };
    const resource = anew.identifier;
    const { challenge } = pkce();
    expectOAuthError(await ask({ ...refresh, resource }), 400, 'invalid_target');
    // Given again, the permission is for the new API. What was granted and allowed for the old one is not.
    await platform.operator.patch('/tenants/acme/clients/boats', { scope: web.scope });
    expectOAuthError(await ask({ ...refresh, resource }), 400, 'invalid_target');
    const again = authorizeUrl(acme.issuer, { ...request, code_challenge: challenge, code_challenge_method: 'S256' });
    const page = await browser.open(again);
    expect(page.text).toContain('boats:read');
    await browser.decide(page, 'approve');
    expect(responseOf(await browser.open(again))).toHaveProperty('code');
  });
});

describe('An API with the identifier of a deleted one', () => {
  it('learns nothing of the tokens of the old one', async () => {
    const body = {
      identifier: uniqueHost(),
      display_name: 'Wells',
      scopes: [{ name: 'wells:read', description: 'x' }],
      access_token_format: 'opaque',
      introspection_client_ids: ['orders-api'],
    };
    const register = () => platform.operator.create<{ id: string }>('/tenants/acme/apis', body);
    const { id } = await register();
    const answer = await token(await newMachine({ scope: 'wells:read' }), { scope: 'wells:read' });
    const old = String(answer.json()['access_token']);
    expect(await introspect(acme, old, 'orders-api')).toMatchObject({ active: true });
    // As if it had been issued a while ago.
    await platform.database.query(`UPDATE access_tokens SET created_at = created_at - interval '1 minute'`);
    await platform.operator.request('DELETE', `/tenants/acme/apis/${id}`);
    await register();
    expect(await introspect(acme, old, 'orders-api')).toEqual({ active: false });
  });
});

describe('A scope that is taken from an API and comes back', () => {
  it('is not given to the clients that had it', async () => {
    const api = await newApi(['trains:read', 'trains:write']);
    const machine = await newMachine({ scope: 'trains:read trains:write' });
    const scopes = [{ name: 'trains:read', description: 'x' }];
    await platform.operator.patch(api.path, { scopes });
    await platform.operator.patch(api.path, { scopes: [...scopes, { name: 'trains:write', description: 'x' }] });
    const permissions = [{ api: api.identifier, scopes: ['trains:read'] }];
    expect(await platform.operator.get(machine.path)).toMatchObject({ scope: 'trains:read', permissions });
    expect((await token(machine)).json()['scope']).toBe('trains:read');
    expectOAuthError(await token(machine, { scope: 'trains:write' }), 400, 'invalid_scope');
    await platform.operator.patch(api.path, { scopes: null });
    expect(await platform.operator.get(machine.path)).toMatchObject({ scope: '', permissions: [] });
  });
});

describe('A body with permissions', () => {
  it.each<[string, unknown, string]>([
    ['no list', { api: 'x' }, '/permissions'],
    ['no object', ['x'], '/permissions'],
    ['no API', [{ scopes: ['x'] }], '/permissions/0/api'],
    ['an unknown API', [{ api: 'https://nobody.test', scopes: ['x'] }], '/permissions/0/api'],
    ['the stored name of the management API', [{ api: 'management', scopes: ['users:read'] }], '/permissions/0/api'],
    ['no scopes', [{ api: 'API', scopes: [] }], '/permissions/0/scopes'],
    ['a scope that the API does not have', [{ api: 'API', scopes: ['moon:walk'] }], '/permissions/0/scopes'],
    ['a malformed scope', [{ api: 'API', scopes: ['a b'] }], '/permissions/0/scopes'],
    ['a scope twice', [{ api: 'API', scopes: ['orders:read', 'orders:read'] }], '/permissions/0/scopes'],
    ['an unknown member', [{ api: 'API', scopes: ['orders:read'], more: 1 }], '/permissions/0/more'],
    ['an API twice', [1, 2].map(() => ({ api: 'API', scopes: ['orders:read'] })), '/permissions'],
  ])('is refused for %s', async (_, permissions, pointer) => {
    const text = JSON.stringify(permissions).replaceAll('"API"', JSON.stringify(acme.api));
    const { errors } = await refuse({ permissions: JSON.parse(text) as unknown });
    expect(errors?.[0]?.pointer).toBe(pointer);
  });
});
