import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { basic, postForm, send } from '../support/http.js';
import { changesHeard } from '../support/changes-heard.js';
import { adminOf } from '../support/management-access.js';
import { type Pair, startPair } from '../support/pair.js';
import { expectInvalid, expectProblem } from '../support/problems.js';
import {
  authorizeUrl,
  clientCredentials,
  createTenant,
  responseOf,
  type TenantFixture,
} from '../support/tenant-fixture.js';

interface Explained {
  readonly value: unknown;
  readonly from: string;
  readonly locked_by: string | null;
  readonly decided: readonly { readonly by: string; readonly value: unknown; readonly in_force: boolean }[];
}

let platform: Pair;
let acme: TenantFixture;
let globex: TenantFixture;

beforeAll(async () => {
  platform = await startPair();
  acme = await createTenant(platform, 'acme');
  globex = await createTenant(platform, 'globex');
});
afterAll(() => platform.stop());
afterEach(async () => {
  const { operator } = platform;
  for (const slug of ['acme', 'globex']) {
    await operator.patch(`/tenants/${slug}`, { policy: null, policy_locks: null, policy_template: null });
  }
  await operator.patch('/policy', { policy: null, policy_locks: null });
});

/** Both processes know of every change until now. */
const heard = async () => {
  await changesHeard(platform);
  await changesHeard(platform.second);
};
const setPlatform = (body: object) => platform.operator.patch('/policy', body);
const setTenant = (body: object) => platform.operator.patch('/tenants/acme', body);
const tryTenant = (policy: object) =>
  platform.operator.request('PATCH', '/tenants/acme', { policy }, { 'if-match': '*' });

async function explain(member: string, query = ''): Promise<Explained> {
  const path = `/tenants/acme/policy/effective?explain=true${query}`;
  const { explained } = await platform.operator.get<{ explained: Record<string, Explained> }>(path);
  const found = explained[member];
  if (!found) throw new Error(`There is no ${member}.`);
  return found;
}

async function inEffect(member: string): Promise<unknown> {
  const { policy } = await platform.operator.get<{ policy: Record<string, unknown> }>('/tenants/acme/policy/effective');
  return policy[member];
}

/** `expires_in` as each of the two processes answers it. */
async function lifetimes({ slug, secrets, api }: TenantFixture): Promise<unknown[]> {
  return Promise.all(
    platform.ports.map(async (port) => {
      const answer = await postForm(
        `http://127.0.0.1:${port}/t/${slug}/token`,
        { grant_type: 'client_credentials', resource: api },
        { authorization: basic('machine', secrets.machine), host: new URL(platform.url).host },
      );
      return answer.json()['expires_in'];
    }),
  );
}

async function template(name: string, body: object): Promise<void> {
  await platform.operator.create('/policy-templates', { name, display_name: name, ...body });
}

describe('a value', () => {
  it('comes from the lowest layer that sets it, and the layers above are named', async () => {
    await template('gold', { policy: { access_token_lifetime_seconds: 400 } });
    expect(await explain('access_token_lifetime_seconds')).toEqual({
      ...{ value: 900, from: 'built_in', locked_by: null, decided: [] },
    });
    await setPlatform({ policy: { access_token_lifetime_seconds: 300 } });
    expect(await explain('access_token_lifetime_seconds')).toMatchObject({ value: 300, from: 'platform' });
    await setTenant({ policy_template: 'gold' });
    expect(await explain('access_token_lifetime_seconds')).toMatchObject({ value: 400, from: 'template' });
    await setTenant({ policy: { access_token_lifetime_seconds: 500 } });
    expect(await explain('access_token_lifetime_seconds')).toEqual({
      value: 500,
      from: 'tenant',
      locked_by: null,
      decided: [
        { by: 'platform', value: 300, in_force: false },
        { by: 'template', value: 400, in_force: false },
        { by: 'tenant', value: 500, in_force: true },
      ],
    });
    const tenant = await platform.operator.get('/tenants/acme');
    expect(tenant).toMatchObject({
      policy_template: 'gold',
      policy: { access_token_lifetime_seconds: 500 },
      effective_policy: { access_token_lifetime_seconds: 500 },
    });
  });

  it('of the platform or a template reaches every process and tenant below at once, and no other', async () => {
    await template('silver', {});
    await setTenant({ policy_template: 'silver' });
    expect([await lifetimes(acme), await lifetimes(globex)]).toEqual([
      [900, 900],
      [900, 900],
    ]);
    await setPlatform({ policy: { access_token_lifetime_seconds: 120 } });
    await heard();
    expect([await lifetimes(acme), await lifetimes(globex)]).toEqual([
      [120, 120],
      [120, 120],
    ]);
    await platform.operator.patch('/policy-templates/silver', { policy: { access_token_lifetime_seconds: 240 } });
    await heard();
    expect([await lifetimes(acme), await lifetimes(globex)]).toEqual([
      [240, 240],
      [120, 120],
    ]);
  });

  it('that is inherited otherwise makes what was read of a tenant stale, and not what is written', async () => {
    const { etag = '' } = (await platform.operator.request('GET', '/tenants/acme')).headers;
    const again = () => platform.operator.request('GET', '/tenants/acme', undefined, { 'if-none-match': etag });
    expect((await again()).status).toBe(304);
    await setPlatform({ policy: { access_token_lifetime_seconds: 130 } });
    const fresh = await again();
    expect([fresh.status, fresh.json<{ effective_policy: object }>().effective_policy]).toEqual([
      200,
      expect.objectContaining({ access_token_lifetime_seconds: 130 }),
    ]);
    const change = (ifMatch = '') =>
      platform.operator.request('PATCH', '/tenants/acme', { display_name: 'Acme' }, { 'if-match': ifMatch });
    expect((await change(etag)).status).toBe(200);
    expect((await change(fresh.headers.etag)).status).toBe(412);
  });

  it('of how long the audit log is kept holds where the log is cleaned', async () => {
    const daysOf = async (slug: string) => {
      const text = 'SELECT r.days FROM audit_retention_of_tenants r JOIN tenants t USING (id) WHERE t.slug = $1';
      return (await platform.database.query<{ days: number }>(text, [slug]))[0]?.days;
    };
    await template('short', { policy: { audit_retention_days: 20 } });
    await setPlatform({ policy: { audit_retention_days: 30 } });
    await setTenant({ policy_template: 'short' });
    expect([await daysOf('acme'), await daysOf('globex'), await daysOf('system')]).toEqual([20, 30, 30]);
    await setTenant({ policy: { audit_retention_days: 10 } });
    expect(await daysOf('acme')).toBe(10);
    await platform.operator.patch('/policy-templates/short', { policy_locks: ['audit_retention_days'] });
    expect(await daysOf('acme')).toBe(20);
    await setPlatform({ policy: null, policy_locks: ['audit_retention_days'] });
    expect([await daysOf('acme'), await daysOf('globex')]).toEqual([365, 365]);
  });

  it('is locked without effect for what was set below, which comes back with the lock gone', async () => {
    await setTenant({ policy: { access_token_lifetime_seconds: 500 } });
    await setPlatform({
      policy: { access_token_lifetime_seconds: 300 },
      policy_locks: ['access_token_lifetime_seconds'],
    });
    expect(await explain('access_token_lifetime_seconds')).toEqual({
      value: 300,
      from: 'platform',
      locked_by: 'platform',
      decided: [
        { by: 'platform', value: 300, in_force: true },
        { by: 'tenant', value: 500, in_force: false },
      ],
    });
    expect((await clientCredentials(acme, { resource: acme.api })).json()['expires_in']).toBe(300);
    const problem = expectInvalid(
      await tryTenant({ access_token_lifetime_seconds: 600 }),
      '/policy/access_token_lifetime_seconds',
    );
    expect(problem.detail).toMatch(/is locked by the platform/);
    // What is there may be sent again, and taken away.
    expect((await tryTenant({ access_token_lifetime_seconds: 500, password_min_length: 20 })).status).toBe(200);
    await setPlatform({ policy_locks: null });
    expect((await clientCredentials(acme, { resource: acme.api })).json()['expires_in']).toBe(500);
  });

  it('is locked by the template where the template sets it, and above it by the platform', async () => {
    await template('locked', { policy: { password_min_length: 30 }, policy_locks: ['password_min_length'] });
    await setTenant({ policy_template: 'locked' });
    expectInvalid(await tryTenant({ password_min_length: 16 }), '/policy/password_min_length');
    expect(await explain('password_min_length')).toMatchObject({ value: 30, from: 'template', locked_by: 'template' });
    await setPlatform({ policy_locks: ['password_min_length'] });
    expect(await explain('password_min_length')).toEqual({
      value: 15,
      from: 'built_in',
      locked_by: 'platform',
      decided: [{ by: 'template', value: 30, in_force: false }],
    });
    const answer = await platform.operator.request(
      'PATCH',
      '/policy-templates/locked',
      { policy: { password_min_length: 40 } },
      { 'if-match': '*' },
    );
    expectInvalid(answer, '/policy/password_min_length');
  });

  it('that several layers may not hold together is replaced by the stricter one, and said so', async () => {
    await setPlatform({ policy: { second_factor: 'required' } });
    await setTenant({ policy: { password_min_length: 8 } });
    expect(await inEffect('password_min_length')).toBe(8);
    await setPlatform({ policy: { second_factor: 'optional' } });
    expect(await inEffect('password_min_length')).toBe(15);
    expect(await explain('password_min_length')).toEqual({
      value: 15,
      from: 'rule',
      locked_by: null,
      decided: [{ by: 'tenant', value: 8, in_force: false }],
    });
  });
});

describe('a client', () => {
  const withoutPkce = () => send(authorizeUrl(acme.issuer, { client_id: 'legacy' }));

  it('decides require_pkce until the tenant or a layer above it locks it', async () => {
    expect((await withoutPkce()).status).toBe(200);
    expect(await explain('require_pkce', '&client_id=legacy')).toMatchObject({ value: false, from: 'client' });
    await setTenant({ policy: { require_pkce: true }, policy_locks: ['require_pkce'] });
    expect(responseOf(await withoutPkce())).toMatchObject({ error: 'invalid_request' });
    expect(await explain('require_pkce', '&client_id=legacy')).toEqual({
      value: true,
      from: 'tenant',
      locked_by: 'tenant',
      decided: [
        { by: 'tenant', value: true, in_force: true },
        { by: 'client', value: false, in_force: false },
      ],
    });
    await setTenant({ policy: null, policy_locks: null });
    expect((await withoutPkce()).status).toBe(200);
    await setPlatform({ policy: { require_pkce: true }, policy_locks: ['require_pkce'] });
    expect(responseOf(await withoutPkce())).toMatchObject({ error: 'invalid_request' });
  });

  it('cannot be given what is locked, and shows what is in force', async () => {
    const path = '/tenants/acme/clients';
    const alg = 'id_token_signed_response_alg';
    const body = { redirect_uris: ['https://alg.test/cb'], [alg]: 'ES256' };
    const { client_id: id } = await platform.operator.create<{ client_id: string }>(path, body);
    await setTenant({ policy_locks: ['id_token_signing_alg', 'require_pkce'] });
    expect((await platform.operator.get(`${path}/${id}`))[alg]).toBe('RS256');
    const patch = (change: object) => platform.operator.request('PATCH', `${path}/${id}`, change, { 'if-match': '*' });
    expectInvalid(await patch({ [alg]: 'EdDSA' }), `/${alg}`);
    expectInvalid(await patch({ require_pkce: false }), '/require_pkce');
    expectInvalid(await platform.operator.request('POST', path, { ...body, require_pkce: true }), '/require_pkce');
    expect((await patch({ [alg]: 'ES256', client_name: 'Named' })).status).toBe(200);
    await setTenant({ policy_locks: null });
    expect((await platform.operator.get(`${path}/${id}`))[alg]).toBe('ES256');
  });

  it('is one of the tenant', async () => {
    const path = '/tenants/globex/policy/effective?client_id=';
    await platform.operator.create('/tenants/acme/clients', { client_id: 'acme-only', grant_types: [] });
    expectProblem(await platform.operator.request('GET', `${path}acme-only`), 404, 'not-found');
    expectProblem(await platform.operator.request('GET', `${path}nobody`), 404, 'not-found');
    expectInvalid(await platform.operator.request('GET', `${path}%00`), 'client_id');
  });
});

describe('a signing algorithm', () => {
  it('of a layer signs when verifiers can know its key, which the key set has at once', async () => {
    const algOf = async () =>
      decodeProtectedHeader(String((await clientCredentials(globex, { resource: globex.api })).json()['access_token']))
        .alg;
    expect(await algOf()).toBe('ES256');
    await setPlatform({ policy: { access_token_signing_alg: 'EdDSA' } });
    const { keys } = (await send(`${globex.issuer}/jwks`)).json<{ keys: { alg: string }[] }>();
    expect(keys.map(({ alg }) => alg)).toContain('EdDSA');
    expect(await algOf()).toBe('ES256');
    await platform.database.query(
      `UPDATE policy_layers SET signing_before = jsonb_set(signing_before, '{until}', '0'), version = version + 1
        WHERE signing_before IS NOT NULL`,
    );
    await heard();
    expect(await algOf()).toBe('EdDSA');
  });
});

describe('templates', () => {
  it('that tenants are of cannot be deleted', async () => {
    await template('used', {});
    await setTenant({ policy_template: 'used' });
    const path = '/policy-templates/used';
    const refused = expectProblem(await platform.operator.request('DELETE', path), 409, 'conflict');
    expect(refused.detail).toMatch(/^One tenant is of this template/);
    await setTenant({ policy_template: null });
    expect((await platform.operator.request('DELETE', path)).status).toBe(204);
    expectInvalid(
      await platform.operator.request('PATCH', '/tenants/acme', { policy_template: 'used' }, { 'if-match': '*' }),
      '/policy_template',
    );
  });

  it('make tenants', async () => {
    await template('strict', { policy: { sign_up: 'invitation', password_min_length: 24 }, policy_locks: ['sign_up'] });
    const tenant = await platform.operator.create<{ policy: object; effective_policy: object }>('/tenants', {
      ...{ slug: 'initech', display_name: 'Initech', policy_template: 'strict' },
      admin: { email: 'ada@initech.test' },
    });
    expect(tenant).toMatchObject({
      policy: {},
      policy_template: 'strict',
      effective_policy: { sign_up: 'invitation', password_min_length: 24 },
    });
    const unknown = { slug: 'umbrella', display_name: 'U', policy_template: 'nothing' };
    expectInvalid(await platform.operator.request('POST', '/tenants', unknown), '/policy_template');
  });

  it('are changed by one of two operators at once', async () => {
    await template('raced', {});
    const change = (seconds: number) =>
      platform.operator.request(
        'PATCH',
        '/policy-templates/raced',
        { policy: { access_token_lifetime_seconds: seconds } },
        { 'if-match': '"v1"' },
      );
    const statuses = (await Promise.all([change(100), change(200)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 412]);
    const without = await platform.operator.request('PATCH', '/policy-templates/raced', {});
    expectProblem(without, 428, 'version-required');
  });
});

describe('administrators of a tenant', () => {
  it('see what holds and decide their own, and change nothing above it', async () => {
    const admin = await adminOf(platform, 'acme', 'tenants:read tenants:write clients:read');
    expect((await admin.request('GET', '/tenants/acme/policy/effective?explain=true')).status).toBe(200);
    const own = { policy: { password_min_length: 20 }, policy_locks: ['require_pkce'] };
    expect((await admin.request('PATCH', '/tenants/acme', own, { 'if-match': '*' })).status).toBe(200);
    for (const [method, path, body] of [
      ['GET', '/policy', undefined],
      ['PATCH', '/policy', { policy: {} }],
      ['GET', '/policy-templates', undefined],
      ['POST', '/policy-templates', { name: 'mine', display_name: 'Mine' }],
      ['PATCH', '/tenants/acme', { policy_template: null }],
    ] as const) {
      const answer = await admin.request(method, path, body, { 'if-match': '*' });
      expect([method, path, answer.status]).toEqual([method, path, 403]);
    }
    expect((await admin.request('GET', '/tenants/globex/policy/effective')).status).toBe(404);
    const reader = await adminOf(platform, 'acme', 'tenants:read');
    expect((await reader.request('GET', '/tenants/acme/policy/effective?client_id=web')).status).toBe(403);
  });
});

describe('what is sent', () => {
  it.each([
    [{ policy: { magic: true } }, '/policy/magic'],
    [{ policy: { password_min_length: 'many' } }, '/policy/password_min_length'],
    [{ policy: { password_min_length: 8 } }, '/policy/password_min_length'],
    [{ policy: { password_grant_off_from: '2026-02-30' } }, '/policy/password_grant_off_from'],
    [{ policy_locks: ['magic'] }, '/policy_locks'],
    [{ policy_locks: ['require_pkce', 'require_pkce'] }, '/policy_locks'],
    [{ policy_locks: 'require_pkce' }, '/policy_locks'],
    [{ locks: [] }, '/locks'],
    [{ policy: [] }, '/policy'],
  ])('is refused as %j', async (body, pointer) => {
    const answer = await platform.operator.request('PATCH', '/policy', body, { 'if-match': '*' });
    const problem = expectProblem(answer, 400, 'validation-failed');
    expect(problem.errors?.[0]?.pointer).toMatch(new RegExp(`^${pointer}`));
  });

  it('is refused when it is huge', async () => {
    const names = Array.from({ length: 5000 }, () => 'require_pkce');
    const answer = await platform.operator.request('PATCH', '/policy', { policy_locks: names }, { 'if-match': '*' });
    expect(answer.status).toBe(400);
  });

  it.each(['Gold', '', 'a b', 'x'.repeat(64), '\u202egold', 7, null])('is refused as the name %j', async (name) => {
    const body = { name, display_name: 'Gold' };
    expectInvalid(await platform.operator.request('POST', '/policy-templates', body), '/name');
  });

  it('of a tenant locks only what clients decide', async () => {
    const body = { policy_locks: ['password_min_length'] };
    const answer = await platform.operator.request('PATCH', '/tenants/acme', body, { 'if-match': '*' });
    expect(expectProblem(answer, 400, 'validation-failed').errors?.[0]?.pointer).toMatch(/^\/policy_locks/);
  });

  it('is recorded with what was before and after, in the log of the operators', async () => {
    await setPlatform({ policy: { session_idle_lifetime_seconds: 600 } });
    await setPlatform({ policy: { session_idle_lifetime_seconds: 700 } });
    await platform.flushAudit();
    const { data } = await platform.operator.get<{ data: { details: Record<string, unknown>; target: string }[] }>(
      '/tenants/system/audit-events?type=policy.updated&limit=1',
    );
    expect(data[0]).toMatchObject({
      target: 'policy:platform',
      details: {
        before: { policy: { session_idle_lifetime_seconds: 600 } },
        after: { policy: { session_idle_lifetime_seconds: 700 } },
      },
    });
  });
});
