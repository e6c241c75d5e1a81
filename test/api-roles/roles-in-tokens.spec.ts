import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { changesHeard } from '../support/changes-heard.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { StatementWatch } from '../support/statements.js';
import {
  type TokenAnswer,
  clientCredentials,
  getSpaTokens,
  getTokens,
  introspect,
  refresh,
} from '../support/tenant-fixture.js';

const AT = '/tenants/acme';
const SCOPE = 'openid offline_access orders:read orders:write';
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
let apiId: string;
let opaqueId: string;
let reader: string;
let writer: string;
let groupId: string;

beforeAll(async () => {
  const { data } = await platform.operator.get<{ data: { id: string; identifier: string }[] }>(`${AT}/apis`);
  const idOf = (wanted: string) => data.find(({ identifier }) => identifier === wanted)?.id ?? '';
  [apiId, opaqueId] = [idOf(acme.api), idOf(acme.opaqueApi)];
  const make = async (name: string, scopes: string[]) =>
    (await platform.operator.create<{ id: string }>(`${AT}/api-roles`, { api_id: apiId, name, scopes })).id;
  [reader, writer] = [await make('reader', ['orders:read']), await make('writer', ['orders:write', 'orders:read'])];
  await make('auditor', []);
  groupId = (await platform.operator.create<{ id: string }>(`${AT}/groups`, { name: 'editors' })).id;
  await platform.operator.request('PUT', `${AT}/groups/${groupId}/members/${acme.aliceId}`);
});

async function setMode(mode: string, api = apiId): Promise<void> {
  await platform.operator.patch(`${AT}/apis/${api}`, { roles_in_tokens: mode });
  await changesHeard(platform);
}

async function give(role: string, holder: string, method: 'PUT' | 'DELETE' = 'PUT'): Promise<void> {
  const answer = await platform.operator.request(method, `${AT}/api-roles/${role}/${holder}`);
  if (answer.status >= 300) throw new Error(answer.text);
}
const take = (role: string, holder: string) => give(role, holder, 'DELETE');

const accessOf = ({ access_token: token }: TokenAnswer) => decodeJwt(String(token));
const alice = () => `users/${acme.aliceId}`;

describe('an API that says nothing of roles', () => {
  it('has tokens as before, whatever roles people have', async () => {
    await give(writer, alice());
    const tokens = await getTokens(acme, { scope: SCOPE });
    expect(tokens['scope']).toBe(SCOPE);
    for (const name of ['roles', 'permissions']) expect(accessOf(tokens)).not.toHaveProperty(name);
    await take(writer, alice());
  });
});

describe('roles_in_tokens: claims', () => {
  beforeAll(() => setMode('claims'));

  it('names the roles of the user and what they allow, and leaves the scope as it is', async () => {
    await give(reader, alice());
    const tokens = await getTokens(acme, { scope: 'openid orders:write' });
    expect(accessOf(tokens)).toMatchObject({
      scope: 'openid orders:write',
      roles: ['reader'],
      permissions: ['orders:read'],
    });
    expect(decodeJwt(String(tokens['id_token']))).not.toHaveProperty('roles');
    await take(reader, alice());
    expect(accessOf(await getTokens(acme, { scope: SCOPE }))).toMatchObject({ roles: [], permissions: [] });
  });

  it('counts the roles of groups that the user is in', async () => {
    await give(writer, `groups/${groupId}`);
    await give(reader, alice());
    const permissions = ['orders:read', 'orders:write'];
    expect(accessOf(await getTokens(acme, { scope: SCOPE }))).toMatchObject({
      roles: ['reader', 'writer'],
      permissions,
    });
    await take(reader, alice());
    await take(writer, `groups/${groupId}`);
  });

  it('says nothing to another API', async () => {
    await give(writer, alice());
    await setMode('claims', opaqueId);
    const { access_token: token } = await getTokens(acme, { scope: 'openid stock:read' });
    expect(await introspect(acme, String(token))).toMatchObject({ active: true, scope: 'openid stock:read' });
    await setMode('off', opaqueId);
    await take(writer, alice());
  });

  it('names those of a client that acts for itself', async () => {
    await give(reader, 'clients/machine');
    const answer = (await clientCredentials(acme, { scope: 'orders:write' })).json<TokenAnswer>();
    expect(accessOf(answer)).toMatchObject({ scope: 'orders:write', roles: ['reader'], permissions: ['orders:read'] });
    await take(reader, 'clients/machine');
  });
});

describe('roles_in_tokens: claims_and_scope', () => {
  beforeAll(() => setMode('claims_and_scope'));

  it('leaves of the scope what the roles allow, and says so', async () => {
    await give(reader, alice());
    const tokens = await getTokens(acme, { scope: SCOPE });
    expect(tokens['scope']).toBe('openid offline_access orders:read');
    expect(accessOf(tokens)).toMatchObject({ scope: tokens['scope'], roles: ['reader'] });
    await take(reader, alice());
    const without = await getTokens(acme, { scope: SCOPE });
    expect(without['scope']).toBe('openid offline_access');
  });

  it('gives no more than was asked for and allowed', async () => {
    await give(writer, alice());
    expect((await getTokens(acme, { scope: 'openid orders:read' }))['scope']).toBe('openid orders:read');
    await take(writer, alice());
  });

  it('asks again at every refresh: a role that is taken is gone, and one that is given is there', async () => {
    await give(writer, `groups/${groupId}`);
    const first = await getSpaTokens(acme, { scope: SCOPE });
    expect(accessOf(first)['roles']).toEqual(['writer']);
    await platform.operator.request('DELETE', `${AT}/groups/${groupId}/members/${acme.aliceId}`);
    const second = (await refresh(acme, String(first['refresh_token']))).json<TokenAnswer>();
    expect([second['scope'], accessOf(second)['roles']]).toEqual(['openid offline_access', []]);
    await give(reader, alice());
    const third = (await refresh(acme, String(second['refresh_token']))).json<TokenAnswer>();
    expect([third['scope'], accessOf(third)['roles']]).toEqual(['openid offline_access orders:read', ['reader']]);
    await platform.operator.request('DELETE', `${AT}/api-roles/${writer}`);
    await take(reader, alice());
  });

  it('narrows a client that acts for itself', async () => {
    await give(reader, 'clients/machine');
    const answer = (await clientCredentials(acme, { scope: 'orders:read orders:write' })).json<TokenAnswer>();
    expect([answer['scope'], accessOf(answer)['scope']]).toEqual(['orders:read', 'orders:read']);
    await take(reader, 'clients/machine');
    const without = (await clientCredentials(acme, { scope: 'orders:read' })).json<TokenAnswer>();
    expect(accessOf(without)).not.toHaveProperty('scope');
  });

  it('narrows opaque tokens, whose introspection says the scope', async () => {
    await setMode('claims_and_scope', opaqueId);
    const { access_token: token, scope } = await getTokens(acme, { scope: 'openid stock:read' });
    expect(scope).toBe('openid');
    expect((await introspect(acme, String(token)))['scope']).toBe('openid');
    await setMode('off', opaqueId);
  });
});

describe('statements for roles', () => {
  let watch: StatementWatch;
  beforeAll(() => void (watch = new StatementWatch()));
  afterAll(() => watch.restore());

  it('are one for each response about an API that wants them', async () => {
    const { refresh_token: token = '' } = await getSpaTokens(acme, { scope: SCOPE });
    const refreshed = await watch.during(() => refresh(acme, token));
    expect(refreshed).toEqual(['refresh_tokens.find', 'api_roles.of_user', 'refresh_tokens.rotate']);
    expect(await watch.during(() => clientCredentials(acme, { scope: 'orders:read' }))).toEqual([
      'api_roles.of_client',
    ]);
  });
});
