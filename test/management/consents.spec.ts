import { beforeEach, describe, expect, it } from '@jest/globals';
import { TestBrowser } from '../support/browser.js';
import { givenPlatform } from '../support/given.js';
import { expectInvalid, expectProblem } from '../support/problems.js';
import {
  type TenantFixture,
  createTenant,
  getSpaTokens,
  getTokens,
  refresh,
  userinfo,
} from '../support/tenant-fixture.js';

interface Consent {
  readonly id: string;
  readonly client_id: string;
  readonly resource: string | null;
  readonly scopes: string[];
}

const platform = givenPlatform();
let acme: TenantFixture;
let count = 0;

beforeEach(async () => {
  acme = await createTenant(platform, `acme-${(count += 1)}`);
});

const at = (rest = '') => `/tenants/${acme.slug}/consents${rest}`;
const list = async (query = '') => (await platform.operator.get<{ data: Consent[] }>(at(query))).data;

describe('GET /consents', () => {
  it('shows who allowed what to whom, for each protected resource', async () => {
    await getTokens(acme, { scope: 'openid email orders:read' });
    const consents = await list();
    const common = {
      id: expect.stringMatching(/^[0-9a-f]{8}-/),
      user_id: acme.aliceId,
      client_id: 'web',
      declined_scopes: [],
      created_at: expect.any(String),
      updated_at: expect.any(String),
    };
    expect(consents).toHaveLength(2);
    expect(consents).toContainEqual({ ...common, resource: null, scopes: ['openid', 'email'] });
    expect(consents).toContainEqual({ ...common, resource: acme.api, scopes: ['orders:read'] });
    const [first] = consents;
    expect(await platform.operator.get(at(`/${first?.id}`))).toEqual(first);
  });

  it('lists by user or by client', async () => {
    await getTokens(acme);
    await getSpaTokens(acme);
    expect((await list('?client_id=spa')).map(({ client_id: id }) => id)).toEqual(['spa']);
    expect((await list(`?user_id=${acme.aliceId}`)).map(({ client_id: id }) => id).sort()).toEqual(['spa', 'web']);
    expect(await list('?user_id=01900000-0000-7000-8000-000000000000')).toEqual([]);
    expect(await list('?client_id=nobody')).toEqual([]);
  });

  it.each([
    ['user_id=alice', 'user_id'],
    ['client_id=a%00b', 'client_id'],
    ['client_id=a&client_id=b', 'client_id'],
    ['user=x', 'user'],
  ])('refuses ?%s', async (query, parameter) => {
    expectInvalid(await platform.operator.request('GET', at(`?${query}`)), parameter);
  });
});

describe('DELETE /apis/{api_id}', () => {
  it('ends what was allowed there: an API made anew under its identifier inherits no consent', async () => {
    await getTokens(acme, { scope: 'openid orders:read' });
    const { data } = await platform.operator.get<{ data: { id: string; identifier: string }[] }>(
      `/tenants/${acme.slug}/apis`,
    );
    const api = data.find(({ identifier }) => identifier === acme.api);
    expect((await platform.operator.request('DELETE', `/tenants/${acme.slug}/apis/${api?.id}`)).status).toBe(204);
    expect((await list()).map(({ resource }) => resource)).toEqual([null]);
  });
});

describe('DELETE /consents/{consent_id}', () => {
  it('ends the consent and every token under it, at once', async () => {
    const tokens = await getSpaTokens(acme);
    const others = await getTokens(acme);
    const [consent] = await list('?client_id=spa');
    expect((await platform.operator.request('DELETE', at(`/${consent?.id}`))).status).toBe(204);
    expect((await userinfo(acme.issuer, String(tokens['access_token']))).status).toBe(401);
    const refreshed = await refresh(acme, String(tokens['refresh_token']));
    expect([refreshed.status, refreshed.json()['error']]).toEqual([400, 'invalid_grant']);
    expect((await userinfo(acme.issuer, String(others['access_token']))).status).toBe(200);
    expect((await list()).map(({ client_id: id }) => id)).toEqual(['web']);
    expectProblem(await platform.operator.request('DELETE', at(`/${consent?.id}`)), 404, 'not-found');
  });

  it('makes the user be asked again', async () => {
    const browser = new TestBrowser();
    await getTokens(acme, {}, browser);
    const [consent] = await list();
    await platform.operator.request('DELETE', at(`/${consent?.id}`));
    await getTokens(acme, {}, browser);
    expect((await list())[0]?.id).not.toBe(consent?.id);
  });

  it.each(['nobody', '01900000-0000-7000-8000-000000000000', 'a%00b'])('answers 404 for the id %s', async (id) => {
    for (const method of ['GET', 'DELETE']) {
      expectProblem(await platform.operator.request(method, at(`/${id}`)), 404, 'not-found');
    }
  });
});
