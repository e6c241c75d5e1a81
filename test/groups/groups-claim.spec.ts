import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { TestBrowser } from '../support/browser.js';
import { basic, postForm, send } from '../support/http.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { StatementWatch } from '../support/statements.js';
import { WEB_REDIRECT, authorize, getCode, getTokens, responseOf, userinfo } from '../support/tenant-fixture.js';

const AT = '/tenants/acme';
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', { allow_implicit_grant: true });
let adminsId: string;
let secret: string;

const SCOPE = 'openid groups offline_access orders:read';
/** Clients of the demo have no scope `groups`; this one does. */
const GRAFANA = {
  client_id: 'grafana',
  redirect_uris: [WEB_REDIRECT],
  grant_types: ['authorization_code', 'refresh_token', 'implicit'],
  response_types: ['code', 'id_token', 'id_token token'],
  scope: SCOPE,
};

beforeAll(async () => {
  ({ client_secret: secret = '' } = await platform.operator.create<{ client_secret: string }>(
    `${AT}/clients`,
    GRAFANA,
  ));
  for (const name of ['zebra', 'Admins', 'team:b']) {
    const { id } = await platform.operator.create<{ id: string }>(`${AT}/groups`, { name });
    if (name !== 'zebra') await member('PUT', id);
    if (name === 'Admins') adminsId = id;
  }
});

const member = async (method: 'PUT' | 'DELETE', groupId: string) =>
  expect(
    (await platform.operator.request(method, `${AT}/groups/${groupId}/members/${acme.aliceId}`)).status,
  ).toBeLessThan(300);

const token = (form: Record<string, string>) =>
  postForm(`${acme.issuer}/token`, form, { authorization: basic('grafana', secret) });

async function tokensOfGrafana(scope = SCOPE): Promise<Record<string, string>> {
  const { code, verifier } = await getCode(acme.issuer, { client_id: 'grafana', scope });
  const form = { grant_type: 'authorization_code', redirect_uri: WEB_REDIRECT, code, code_verifier: verifier };
  return (await token(form)).json<Record<string, string>>();
}

const claimsOf = (answer: Record<string, string>, name: 'id_token' | 'access_token') => decodeJwt(String(answer[name]));

describe('the scope groups', () => {
  it('releases the names of the user’s groups in the ID token, at userinfo and to the API', async () => {
    const tokens = await tokensOfGrafana();
    const groups = ['Admins', 'team:b'];
    expect(claimsOf(tokens, 'id_token')['groups']).toEqual(groups);
    expect(claimsOf(tokens, 'access_token')['groups']).toEqual(groups);
    expect((await userinfo(acme.issuer, String(tokens['access_token']))).json()['groups']).toEqual(groups);
  });

  it('releases an empty list of who is in none, and nothing unless it was asked for', async () => {
    const without = await tokensOfGrafana('openid orders:read');
    for (const name of ['id_token', 'access_token'] as const)
      expect(claimsOf(without, name)).not.toHaveProperty('groups');
    expect((await userinfo(acme.issuer, String(without['access_token']))).json()).not.toHaveProperty('groups');
    for (const group of ['Admins', 'team:b']) await member('DELETE', await idOf(group));
    expect(claimsOf(await tokensOfGrafana(), 'id_token')['groups']).toEqual([]);
    for (const group of ['Admins', 'team:b']) await member('PUT', await idOf(group));
  });

  it('is asked again at every refresh', async () => {
    const { refresh_token: refreshToken = '' } = await tokensOfGrafana();
    const refresh = async () =>
      (await token({ grant_type: 'refresh_token', refresh_token: refreshToken })).json<Record<string, string>>();
    await member('DELETE', adminsId);
    const after = await refresh();
    expect(claimsOf(after, 'id_token')['groups']).toEqual(['team:b']);
    expect(claimsOf(after, 'access_token')['groups']).toEqual(['team:b']);
    await member('PUT', adminsId);
    expect(claimsOf(await refresh(), 'id_token')['groups']).toEqual(['Admins', 'team:b']);
  });

  it('releases groups in an ID token that comes through the browser alone, and not beside an access token', async () => {
    const asked = { client_id: 'grafana', nonce: 'n', scope: 'openid groups' };
    const alone = responseOf(await authorize(acme.issuer, { ...asked, response_type: 'id_token' }));
    expect(decodeJwt(String(alone['id_token']))['groups']).toEqual(['Admins', 'team:b']);
    const beside = responseOf(await authorize(acme.issuer, { ...asked, response_type: 'id_token token' }));
    expect(decodeJwt(String(beside['id_token']))).not.toHaveProperty('groups');
  });

  it('is left out for a client that is not registered with it, which no client is by default', async () => {
    const tokens = await getTokens(acme, { scope: 'openid groups offline_access' });
    expect(tokens['scope']).toBe('openid offline_access');
    expect(claimsOf(tokens, 'id_token')).not.toHaveProperty('groups');
    // Such a client may ask for it at every refresh, also when it was registered with it meanwhile.
    const { scope: before } = await platform.operator.get<{ scope: string }>(`${AT}/clients/web`);
    await platform.operator.patch(`${AT}/clients/web`, { scope: `${before} groups` });
    const form = { grant_type: 'refresh_token', refresh_token: tokens['refresh_token'], scope: 'openid groups' };
    const authorization = basic('web', acme.secrets.web);
    const refreshed = await postForm(`${acme.issuer}/token`, form, { authorization });
    expect(refreshed.json()).toMatchObject({ scope: 'openid' });
    await platform.operator.patch(`${AT}/clients/web`, { scope: before });
    const { scope } = await platform.operator.create<{ scope: string }>(`${AT}/clients`, {
      redirect_uris: [WEB_REDIRECT],
    });
    expect(scope).not.toContain('groups');
  });

  it('is explained where consent is asked for', async () => {
    const browser = new TestBrowser();
    const query = `client_id=grafana&redirect_uri=${encodeURIComponent(WEB_REDIRECT)}&response_type=code&scope=openid%20groups&nonce=n&prompt=consent`;
    const page = await browser.signIn(
      await browser.open(`${acme.issuer}/authorize?${query}`),
      'alice',
      'correct horse battery staple',
    );
    expect(page.text).toContain('See which groups you are in');
  });

  it('is published', async () => {
    const metadata = (await send(`${acme.issuer}/.well-known/openid-configuration`)).json<Record<string, string[]>>();
    expect(metadata['scopes_supported']).toContain('groups');
    expect(metadata['claims_supported']).toContain('groups');
  });
});

describe('a scope groups that an API had before it was a scope of ours', () => {
  it('stays that of the API, and releases nothing', async () => {
    const scopes = JSON.stringify([{ name: 'groups', description: 'Manage groups' }]);
    const [old] = await platform.database.query<{ tenant_id: string }>(
      `UPDATE apis SET scopes = scopes || $1::jsonb WHERE identifier = $2 RETURNING tenant_id`,
      [scopes, acme.opaqueApi],
    );
    expect(old).toBeDefined();
    await platform.operator.patch(`${AT}/clients/web`, { scope: 'openid groups' });
    const { scope, access_token: accessToken } = await getTokens(acme, { scope: 'openid groups' });
    expect(scope).toBe('openid groups');
    expect((await userinfo(acme.issuer, String(accessToken))).json()).not.toHaveProperty('groups');
    await platform.database.query(`UPDATE apis SET scopes = '[]' WHERE identifier = $1`, [acme.opaqueApi]);
  });

  it('cannot be registered any more', async () => {
    const body = {
      identifier: 'https://groups.test',
      display_name: 'G',
      scopes: [{ name: 'groups', description: 'G' }],
    };
    expect((await platform.operator.request('POST', `${AT}/apis`, body)).status).toBe(400);
  });
});

describe('statements for groups', () => {
  let watch: StatementWatch;
  beforeAll(() => void (watch = new StatementWatch()));
  afterAll(() => watch.restore());

  it('are one for each response that has the claim', async () => {
    const { refresh_token: refreshToken = '', access_token: accessToken = '' } = await tokensOfGrafana();
    const refreshed = await watch.during(() => token({ grant_type: 'refresh_token', refresh_token: refreshToken }));
    expect(refreshed).toEqual(['refresh_tokens.find', 'groups.names_of_user', 'refresh_tokens.extend']);
    const asked = await watch.during(() => userinfo(acme.issuer, accessToken));
    expect(asked).toEqual(['access_tokens.find_grant_of_jwt', 'groups.names_of_user']);
  });
});

async function idOf(name: string): Promise<string> {
  const { data } = await platform.operator.get<{ data: { id: string }[] }>(
    `${AT}/groups?name=${encodeURIComponent(name)}`,
  );
  return data[0]?.id ?? '';
}
