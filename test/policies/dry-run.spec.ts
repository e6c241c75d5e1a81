import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { givenPlatform, givenTenant } from '../support/given.js';
import { adminOf } from '../support/management-access.js';
import { expectInvalid } from '../support/problems.js';

interface Impact {
  readonly tenant: string;
  readonly changes: readonly { readonly member: string }[];
  readonly clients: readonly {
    readonly client_id: string;
    readonly code: string;
    readonly last_used_at: string | null;
  }[];
  readonly users: readonly { readonly code: string; readonly affected: number; readonly sample: readonly string[] }[];
  readonly complete: boolean;
  readonly notes: readonly string[];
}
interface DryRun {
  readonly dry_run: true;
  readonly tenants_examined: number;
  readonly tenants: readonly Impact[];
  readonly next: string | null;
}

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', { allow_password_grant: true, allow_private_http_redirects: true });
const globex = givenTenant(platform, 'globex');

beforeAll(async () => {
  const { operator } = platform;
  for (const client of [
    { client_id: 'old', grant_types: ['password', 'refresh_token'], token_endpoint_auth_method: 'client_secret_basic' },
    { client_id: 'intranet', redirect_uris: ['http://10.0.0.7/cb'] },
    { client_id: 'choosy', redirect_uris: ['https://choosy.test/cb'], id_token_signed_response_alg: 'ES256' },
    { client_id: 'sleeping', redirect_uris: ['https://off.test/cb'], require_pkce: false, enabled: false },
  ]) {
    await operator.create('/tenants/acme/clients', client);
  }
  await operator.create('/tenants/acme/users', { username: 'bob', email: 'bob@acme.test' });
});
afterEach(async () => {
  await platform.operator.patch('/policy', { policy: null, policy_locks: null });
});

async function dryRun(path: string, body: object): Promise<DryRun> {
  const answer = await platform.operator.request('PATCH', path, body);
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
  return answer.json<DryRun>();
}

async function atAcme(policy: object, more: object = {}): Promise<Impact> {
  const { tenants } = await dryRun('/tenants/acme?dry_run=true', { policy, ...more });
  const [impact] = tenants;
  if (!impact) throw new Error('Nothing would change.');
  return impact;
}

const codesOf = ({ clients }: Impact) => clients.map(({ client_id: id, code }) => [id, code]);

describe('a dry run at a tenant', () => {
  it('writes nothing and says what would change', async () => {
    const before = await platform.operator.get('/tenants/acme');
    const [{ n: events } = { n: -1 }] = await platform.database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM audit_events WHERE type = 'tenant.updated'`,
    );
    const impact = await atAcme({ password_min_length: 30 });
    expect(impact).toMatchObject({
      tenant: 'acme',
      changes: [{ member: 'password_min_length', from: 15, to: 30 }],
      clients: [],
      complete: true,
      notes: [expect.stringMatching(/only digests are kept/)],
    });
    expect(await platform.operator.get('/tenants/acme')).toEqual(before);
    const [{ n: after } = { n: -1 }] = await platform.database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM audit_events WHERE type = 'tenant.updated'`,
    );
    expect(after).toBe(events);
  });

  it('names clients of a grant that goes, with their last use', async () => {
    expect(codesOf(await atAcme({ allow_password_grant: false }))).toEqual([['old', 'grant_refused']]);
    const ending = await atAcme({ password_grant_off_from: '2100-01-01' });
    expect(ending.clients).toEqual([
      expect.objectContaining({
        client_id: 'old',
        code: 'grant_ends',
        values: { grant: 'password', from: '2100-01-01' },
        last_used_at: null,
        setting: 'grant_types',
      }),
    ]);
    await platform.database.query(
      `INSERT INTO grant_usage (tenant_id, client_id, grant_type, day, uses, last_used_at, expires_at)
       VALUES ($1, 'old', 'password', '2026-01-31', 3, '2026-01-31T12:00:00Z', now())`,
      [acme.id],
    );
    const used = await atAcme({ allow_password_grant: false });
    expect(used.clients[0]?.last_used_at).toBe('2026-01-31T12:00:00.000Z');
  });

  it('names confidential clients that PKCE is asked of, and those that decide otherwise once it is locked', async () => {
    const all = codesOf(await atAcme({ require_pkce: true }));
    expect(all).toEqual(['choosy', 'intranet', 'other', 'web'].map((id) => [id, 'pkce_required']));
    const locked = codesOf(await atAcme({ require_pkce: true }, { policy_locks: ['require_pkce'] }));
    expect(locked).toContainEqual(['legacy', 'pkce_required']);
    expect(locked.map(([id]) => id)).not.toContain('sleeping');
    expect(locked.map(([id]) => id)).not.toContain('spa');
  });

  it('names clients whose ID tokens are signed otherwise, and redirect URIs that are refused', async () => {
    const changed = codesOf(await atAcme({ id_token_signing_alg: 'EdDSA' }));
    expect(changed).toContainEqual(['web', 'id_token_alg_changes']);
    expect(changed.map(([id]) => id)).not.toContain('choosy');
    const locked = codesOf(await atAcme({}, { policy_locks: ['id_token_signing_alg'] }));
    expect(locked).toEqual([['choosy', 'id_token_alg_changes']]);
    expect(codesOf(await atAcme({ allow_private_http_redirects: false }))).toEqual([
      ['intranet', 'redirect_uri_refused'],
    ]);
  });

  it('counts people who are asked for something new', async () => {
    const { users } = await atAcme({ second_factor: 'required', require_verified_email: true, terms_version: '2' });
    const [{ n: everybody } = { n: -1 }] = await platform.database.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM users WHERE tenant_id = $1 AND enabled',
      [acme.id],
    );
    expect(users.map(({ code, affected }) => [code, affected])).toEqual([
      ['second_factor_missing', everybody],
      ['email_unverified', expect.any(Number)],
      ['terms_to_accept', everybody],
    ]);
    for (const { affected, sample } of users) expect(sample).toHaveLength(Math.min(affected, 10));
    expect((await atAcme({ password_min_length: 40 })).users).toEqual([]);
  });

  it('refuses what the change itself would be refused for', async () => {
    const answer = await platform.operator.request('PATCH', '/tenants/acme?dry_run=true', {
      policy: { password_min_length: 8 },
    });
    expectInvalid(answer, '/policy/password_min_length');
    expectInvalid(await platform.operator.request('PATCH', '/tenants/acme?dry_run=perhaps', {}), 'dry_run');
  });

  it('is for who may see clients and users', async () => {
    const path = '/tenants/acme?dry_run=true';
    const body = { policy: { require_pkce: true } };
    const whole = await adminOf(platform, 'acme', 'tenants:write clients:read users:read');
    expect((await whole.request('PATCH', path, body)).status).toBe(200);
    for (const scope of [
      'tenants:write users:read',
      'tenants:write clients:read',
      'branding:write clients:read users:read',
    ]) {
      expect([scope, (await (await adminOf(platform, 'acme', scope)).request('PATCH', path, body)).status]).toEqual([
        scope,
        403,
      ]);
    }
    expect((await whole.request('PATCH', '/tenants/globex?dry_run=true', body)).status).toBe(404);
    expect((await whole.request('PATCH', '/policy?dry_run=true', body)).status).toBe(403);
  });
});

describe('a dry run above tenants', () => {
  it('goes through the tenants that inherit, page by page', async () => {
    const found: string[] = [];
    let after = '';
    do {
      const {
        tenants,
        tenants_examined: examined,
        next,
      } = await dryRun(`/policy?dry_run=true&limit=1&after=${after}`, { policy: { require_pkce: true } });
      expect(examined).toBe(1);
      found.push(...tenants.map(({ tenant }) => tenant));
      after = next ?? '';
    } while (after !== '');
    expect(found).toEqual(expect.arrayContaining(['acme', 'globex']));
  });

  it('leaves out tenants that decide otherwise, unless it is locked', async () => {
    const lax = { policy: { allow_password_grant: false } };
    const names = async (body: object) =>
      (await dryRun('/policy?dry_run=true', body)).tenants.map(({ tenant }) => tenant);
    expect(await names(lax)).toEqual([]);
    const locked = await dryRun('/policy?dry_run=true', { ...lax, policy_locks: ['allow_password_grant'] });
    const impact = locked.tenants.find(({ tenant }) => tenant === 'acme');
    expect(impact && codesOf(impact)).toEqual([['old', 'grant_refused']]);
    expect((await platform.operator.get<{ policy_locks: string[] }>('/policy')).policy_locks).toEqual([]);
  });

  it('of a template looks at its tenants alone', async () => {
    await platform.operator.create('/policy-templates', { name: 'gold', display_name: 'Gold' });
    await platform.operator.patch('/tenants/globex', { policy_template: 'gold' });
    const { tenants, tenants_examined: examined } = await dryRun('/policy-templates/gold?dry_run=true', {
      policy: { require_pkce: true },
    });
    expect([examined, tenants.map(({ tenant }) => tenant)]).toEqual([1, [globex.slug]]);
  });
});
