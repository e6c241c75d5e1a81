import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { changesHeard } from '../support/changes-heard.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { expectProblem } from '../support/problems.js';
import { StatementWatch } from '../support/statements.js';
import { type TokenAnswer, getSpaTokens, getTokens, refresh, userinfo } from '../support/tenant-fixture.js';

const AT = '/tenants/acme';
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

const ALL = ['id_token', 'userinfo', 'access_token'];

beforeAll(async () => {
  const define = (name: string, type: string, claim: object) =>
    platform.operator.create(`${AT}/user-attributes`, { name, type, claim });
  await define('department', 'string', { name: 'department', scopes: ['profile'] });
  await define('cost_center', 'number', { name: 'https://acme.test/cost', scopes: ['openid'], tokens: ALL });
  await define('sites', 'string_list', { name: 'sites', scopes: ['orders:read'], tokens: ALL });
  await define('contractor', 'boolean', { name: 'contractor', scopes: ['openid'], client_ids: ['spa'] });
  await platform.operator.create(`${AT}/user-attributes`, { name: 'internal', type: 'string' });
  await setAlice({ department: 'Sales', cost_center: 4711, sites: ['Bern'], contractor: false, internal: 'secret' });
});

const setAlice = (attributes: object) => platform.operator.patch(`${AT}/users/${acme.aliceId}`, { attributes });

async function releasedIn(tokens: TokenAnswer) {
  const own = ['department', 'https://acme.test/cost', 'sites', 'contractor', 'internal'];
  const only = (claims: object) => Object.fromEntries(Object.entries(claims).filter(([name]) => own.includes(name)));
  return {
    id: only(decodeJwt(String(tokens['id_token']))),
    access: only(decodeJwt(String(tokens['access_token']))),
    userinfo: only((await userinfo(acme.issuer, String(tokens['access_token']))).json()),
  };
}

const COST = { 'https://acme.test/cost': 4711 };

describe('claims of attributes', () => {
  it('are released by the scopes that they are for, where they are for', async () => {
    expect(await releasedIn(await getTokens(acme, { scope: 'openid' }))).toEqual({
      id: COST,
      access: {},
      userinfo: COST,
    });
    expect(await releasedIn(await getTokens(acme, { scope: 'openid profile orders:read' }))).toEqual({
      id: { department: 'Sales', ...COST, sites: ['Bern'] },
      access: { ...COST, sites: ['Bern'] },
      userinfo: { department: 'Sales', ...COST, sites: ['Bern'] },
    });
    expect(await releasedIn(await getTokens(acme, { scope: 'openid orders:write' }))).toEqual({
      id: COST,
      access: COST,
      userinfo: COST,
    });
  });

  it('are released to the clients that they are for', async () => {
    const { id, userinfo: info } = await releasedIn(await getSpaTokens(acme));
    expect([id['contractor'], info['contractor']]).toEqual([false, false]);
  });

  it('are not there without a value', async () => {
    await setAlice({ department: null });
    expect((await releasedIn(await getTokens(acme, { scope: 'openid profile' }))).id).toEqual(COST);
    await setAlice({ department: 'Sales' });
  });

  it('are those of the moment at every refresh', async () => {
    const { refresh_token: first = '' } = await getSpaTokens(acme, { scope: 'openid profile offline_access' });
    await setAlice({ department: 'Legal' });
    const renewed = (await refresh(acme, first)).json<TokenAnswer>();
    expect((await releasedIn(renewed)).id['department']).toBe('Legal');
    const path = `${AT}/user-attributes/department`;
    await platform.operator.patch(path, { claim: null });
    await changesHeard(platform);
    const again = (await refresh(acme, String(renewed['refresh_token']))).json<TokenAnswer>();
    expect((await releasedIn(again)).id).not.toHaveProperty('department');
    await platform.operator.patch(path, { claim: { name: 'department', scopes: ['profile'] } });
    await changesHeard(platform);
    await setAlice({ department: 'Sales' });
  });

  it('keep out of an ID token that is slim', async () => {
    await platform.operator.patch(`${AT}/clients/web`, { slim_id_token: true });
    await changesHeard(platform);
    const { id, userinfo: info } = await releasedIn(await getTokens(acme, { scope: 'openid profile' }));
    expect([id, info]).toEqual([{}, { department: 'Sales', ...COST }]);
    await platform.operator.patch(`${AT}/clients/web`, { slim_id_token: false });
    await changesHeard(platform);
  });

  it('leave the claims of the protocol as they are', async () => {
    const { id_token: idToken } = await getTokens(acme, { scope: 'openid profile' });
    expect(decodeJwt(String(idToken))).toMatchObject({ iss: acme.issuer, sub: acme.aliceId, aud: 'web' });
  });

  it('are not released at an API that gets the name of the scope later', async () => {
    const scopes = [{ name: 'orders:read', description: 'Read your orders' }];
    const body = { identifier: 'https://later.acme.test', display_name: 'Later', scopes };
    const refused = await platform.operator.request('POST', `${AT}/apis`, body);
    expect(expectProblem(refused, 409, 'conflict').errors).toMatchObject([{ pointer: '/scopes/0/name' }]);
    const { id } = await platform.operator.create(`${AT}/apis`, { ...body, scopes: [] });
    const path = `${AT}/apis/${String(id)}`;
    const change = (to: object) => platform.operator.request('PATCH', path, to, { 'if-match': '*' });
    expectProblem(await change({ scopes }), 409, 'conflict');
    // Somebody who says so after the API has the name means both.
    const claim = { name: 'sites', scopes: ['orders:read'], tokens: ALL };
    await platform.operator.patch(`${AT}/user-attributes/sites`, { claim: null });
    expect((await change({ scopes })).status).toBe(200);
    await platform.operator.patch(`${AT}/user-attributes/sites`, { claim });
    expect((await change({ display_name: 'Later on', scopes })).status).toBe(200);
    expect((await platform.operator.request('DELETE', path)).status).toBe(204);
  });

  it('are those of one tenant', async () => {
    const path = '/tenants/globex';
    await platform.operator.create('/tenants', { slug: 'globex', display_name: 'Globex' });
    const { data } = await platform.operator.get<{ data: object[] }>(`${path}/user-attributes`);
    expect(data).toEqual([]);
  });
});

describe('statements for attributes', () => {
  let watch: StatementWatch;
  beforeAll(() => void (watch = new StatementWatch()));
  afterAll(() => watch.restore());

  it('are none', async () => {
    const { refresh_token: token = '', access_token: access = '' } = await getSpaTokens(acme);
    const refreshed = await watch.during(() => refresh(acme, token));
    expect(refreshed).toEqual(['refresh_tokens.find', 'refresh_tokens.rotate']);
    expect(await watch.during(() => userinfo(acme.issuer, access))).toEqual(['access_tokens.find_grant_of_jwt']);
  });
});
