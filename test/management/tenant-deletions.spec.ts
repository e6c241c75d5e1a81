import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { AuditRecorder } from '../../src/audit/audit-recorder.js';
import { ChangeFeed } from '../../src/database/change-feed.js';
import { Keyring } from '../../src/keys/keyring.js';
import { TenantVault } from '../../src/keys/tenant-vault.js';
import { TenantUpkeep } from '../../src/maintenance/tenant-upkeep.js';
import { childrenFirst } from '../../src/offboarding/children-first.js';
import { TenantDeletionsRepository } from '../../src/offboarding/tenant-deletions.repository.js';
import { TenantDestruction } from '../../src/offboarding/tenant-destruction.js';
import { TenantDestructionRepository } from '../../src/offboarding/tenant-destruction.repository.js';
import { TenantResolver } from '../../src/tenants/tenant-resolver.js';
import { send } from '../support/http.js';
import { type Pair, startPair } from '../support/pair.js';
import { expectInvalid, expectProblem } from '../support/problems.js';
import { countStatuses, race, racingCall, times } from '../support/race.js';
import { type TenantFixture, createTenant, getTokens, userinfo } from '../support/tenant-fixture.js';

let platform: Pair;

beforeAll(async () => void (platform = await startPair()));
afterAll(() => platform.stop());

const call = (method: string, path: string, body?: object) => platform.operator.request(method, path, body);
const newTenant = async () => {
  const slug = `t-${randomUUID()}`;
  const { id } = await platform.operator.create<{ id: string }>('/tenants', { slug, display_name: 'Doomed' });
  return { id, slug };
};
const reaches = async (slug: string) => (await send(`${platform.url}/t/${slug}/jwks`)).status;
const deletionOf = async (id: unknown) => (await call('GET', `/tenants/deletions/${String(id)}`)).json();
const destroyDue = () => platform.application.nest.get(TenantUpkeep).destroyDue();

/** As if its time had come. */
const come = (id: unknown) =>
  platform.database.query("UPDATE tenant_deletions SET due_at = now() - interval '1 second' WHERE id = $1", [id]);

async function schedule(slug: string): Promise<string> {
  const { id } = (await call('POST', `/tenants/${slug}/deletion`, {})).json();
  return String(id);
}

/** Rows of each table of tenants. */
async function rowsOf(tenantId: string): Promise<Record<string, number>> {
  const tables = await platform.application.nest.get(TenantDestructionRepository, { strict: false }).listTables();
  const counts: Record<string, number> = {};
  for (const { name, quoted } of tables) {
    const text = `SELECT count(*)::int AS n FROM ${quoted} WHERE tenant_id = $1`;
    const [row] = await platform.database.query<{ n: number }>(text, [tenantId]);
    if (row && row.n > 0) counts[name] = row.n;
  }
  return counts;
}

describe('The deletion of a tenant', () => {
  it('suspends at once, waits for 30 days, and gives back what was there when it is withdrawn', async () => {
    const tenant = await createTenant(platform, 'acme');
    const token = (await getTokens(tenant))['access_token'] ?? '';
    const scheduled = await call('DELETE', '/tenants/acme');
    expect(scheduled.status).toBe(200);
    const { id, status, requested_by: by, scheduled_for: until } = scheduled.json();
    expect([status, by]).toEqual(['scheduled', 'client:operator@system']);
    expect(Math.round((Date.parse(String(until)) - Date.now()) / 86_400_000)).toBe(30);
    expect(scheduled.headers.location).toBe(`/api/v1/tenants/deletions/${String(id)}`);
    expect((await userinfo(tenant.issuer, token)).status).toBe(404);
    expect((await call('GET', '/tenants/acme')).json()).toMatchObject({
      status: 'suspended',
      deletion_id: id,
      deletion_scheduled_for: until,
    });
    await destroyDue();
    expect((await call('DELETE', '/tenants/acme/deletion')).status).toBe(204);
    expect((await userinfo(tenant.issuer, token)).status).toBe(200);
    expect(await deletionOf(id)).toMatchObject({
      status: 'withdrawn',
      withdrawn_by: 'client:operator@system',
      rows: {},
    });
    expectProblem(await call('DELETE', '/tenants/acme/deletion'), 404, 'not-found');
    const { data } = (await call('GET', '/tenants/acme/audit-events')).json<{ data: { type: string }[] }>();
    const types = data.map(({ type }) => type).filter((type) => type.startsWith('tenant.deletion'));
    expect(types.sort()).toEqual(['tenant.deletion_scheduled', 'tenant.deletion_withdrawn']);
  });

  it('leaves a tenant suspended that was suspended before', async () => {
    const { slug } = await newTenant();
    await call('PATCH', `/tenants/${slug}`, { status: 'suspended' });
    await schedule(slug);
    await call('DELETE', `/tenants/${slug}/deletion`);
    expect((await call('GET', `/tenants/${slug}`)).json()['status']).toBe('suspended');
  });

  it('needs no body, and with If-Match the version that was read', async () => {
    const { slug } = await newTenant();
    const stale = await platform.operator.request('DELETE', `/tenants/${slug}`, undefined, { 'if-match': '"v0"' });
    expectProblem(stale, 412, 'version-mismatch');
    expect(await reaches(slug)).toBe(200);
    expect((await call('POST', `/tenants/${slug}/deletion`)).status).toBe(201);
  });

  it('is withdrawn before the tenant is resumed, and is scheduled once', async () => {
    const { slug } = await newTenant();
    await schedule(slug);
    expectProblem(await call('PATCH', `/tenants/${slug}`, { status: 'active' }), 409, 'conflict');
    for (const again of [{}, { after_days: 5 }, { immediately: true }]) {
      expectProblem(await call('POST', `/tenants/${slug}/deletion`, again), 409, 'conflict');
    }
    expect(await reaches(slug)).toBe(404);
  });

  it.each([
    [{ after_days: 0 }, '/after_days'],
    [{ after_days: 366 }, '/after_days'],
    [{ after_days: '1' }, '/after_days'],
    [{ immediately: false }, '/immediately'],
    [{ immediately: true, after_days: 1 }, '/after_days'],
    [{ status: 'destroyed' }, '/status'],
  ])('is not scheduled with %j', async (body, pointer) => {
    const { slug } = await newTenant();
    expectInvalid(await call('POST', `/tenants/${slug}/deletion`, body), pointer);
    expect(await reaches(slug)).toBe(200);
  });

  it.each([
    ['DELETE', '/tenants/system'],
    ['POST', '/tenants/system/deletion'],
  ])('is refused for the tenant of the operators: %s %s', async (method, path) => {
    expectProblem(await call(method, path, method === 'POST' ? {} : undefined), 409, 'conflict');
  });

  it.each([`/tenants/deletions/${randomUUID()}`, '/tenants/deletions/x'])('is unknown at %s', async (path) => {
    expectProblem(await call('GET', path), 404, 'not-found');
  });

  it('asked for by fifty at once is scheduled once; withdrawn by fifty at once, withdrawn once', async () => {
    const { id, slug } = await newTenant();
    const asked = await race(
      platform.ports,
      times(50, () => racingCall(platform.operator, 'POST', `/tenants/${slug}/deletion`, {})),
    );
    expect(countStatuses(asked)[201]).toBe(1);
    const back = await race(
      platform.ports,
      times(50, () => racingCall(platform.operator, 'DELETE', `/tenants/${slug}/deletion`)),
    );
    expect(countStatuses(back)[204]).toBe(1);
    expect([...asked, ...back].filter(({ status }) => status === 500)).toEqual([]);
    const rows = await platform.database.query('SELECT withdrawn_at FROM tenant_deletions WHERE tenant = $1', [id]);
    expect(rows).toEqual([{ withdrawn_at: expect.any(Date) }]);
    expect(await reaches(slug)).toBe(200);
  });
});

describe('A tenant whose time has come', () => {
  let tenant: TenantFixture;
  beforeAll(async () => void (tenant = await createTenant(platform, 'globex')));

  it('is destroyed by the maintenance, with a receipt that its issuer’s keys verify; others lose nothing', async () => {
    await getTokens(tenant);
    const other = (await call('GET', '/tenants/acme')).json<{ id: string }>().id;
    const [own, theirs] = [await rowsOf(tenant.id), await rowsOf(other)];
    const id = await schedule(tenant.slug);
    await come(id);
    // Both processes try, and one of them has it.
    await Promise.all(
      [platform, platform.second].map(({ application }) => application.nest.get(TenantUpkeep).destroyDue()),
    );
    const deletion = await deletionOf(id);
    expect(deletion).toMatchObject({ status: 'destroyed', slug: 'globex', tenant_id: tenant.id });
    expect(deletion['rows']).toMatchObject(own);
    expect([await rowsOf(tenant.id), await rowsOf(other)]).toEqual([{}, theirs]);
    const issuer = `${platform.url}/t/system`;
    const jwks = createLocalJWKSet((await send(`${issuer}/jwks`)).json());
    const { payload } = await jwtVerify(String(deletion['receipt']), jwks, { issuer, typ: 'tenant-deletion+jwt' });
    expect(payload).toMatchObject({
      jti: id,
      tenant_id: tenant.id,
      slug: 'globex',
      requested_by: 'client:operator@system',
      rows: deletion['rows'],
    });
    expectProblem(await call('GET', `/tenants/${tenant.id}`), 404, 'not-found');
    const again = await platform.operator.create('/tenants', { slug: 'globex', display_name: 'Globex' });
    expect(again['id']).not.toBe(tenant.id);
  });

  it('cannot be kept, changed or resumed once its key is gone', async () => {
    const { id: tenantId, slug } = await newTenant();
    const id = await schedule(slug);
    await come(id);
    const crashing = destructionThatStopsAfter(1);
    await expect(crashing.destroyNext({ ms: 1000 }, id)).rejects.toThrow('killed');
    expect((await rowsOf(tenantId))['tenant_data_keys']).toBeUndefined();
    expect((await deletionOf(id))['status']).toBe('destroying');
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['DELETE', '/deletion', undefined],
      ['PATCH', '', { status: 'active' }],
      ['POST', '/users', { username: 'late' }],
    ] as const) {
      expectProblem(await call(method, `/tenants/${slug}${path}`, body), 404, 'not-found');
    }
    const { data } = (await call('GET', '/tenants?limit=200')).json<{ data: { slug: string }[] }>();
    expect(data.map((one) => one.slug)).not.toContain(slug);
    await destroyDue();
    expect((await deletionOf(id))['status']).toBe('destroyed');
  });

  it('is destroyed all the same when the process is killed between any two steps, and nothing is counted twice', async () => {
    const { id: tenantId, slug } = await newTenant();
    for (const username of ['a', 'b', 'c']) await platform.operator.create(`/tenants/${slug}/users`, { username });
    const id = await schedule(slug);
    await come(id);
    const rows = await rowsOf(tenantId);
    let killed = 0;
    const kill = async (steps: number) => {
      const run = destructionThatStopsAfter(steps).destroyNext({ ms: 10_000, batchSize: 4 }, id);
      await expect(run).rejects.toThrow('killed');
      killed += 1;
      return rowsOf(tenantId);
    };
    for (let left = await kill(1); Object.keys(left).length > 0; left = await kill(1)) {
      expect(left['tenant_data_keys']).toBeUndefined();
      expect(await deletionOf(id)).toMatchObject({ status: 'destroying', receipt: null });
    }
    expect(killed).toBeGreaterThan(2);
    await kill(1);
    expect(await deletionOf(id)).toMatchObject({ status: 'destroying', receipt: null });
    // After the last commit.
    await kill(2);
    expect(await deletionOf(id)).toMatchObject({ status: 'destroyed', rows, receipt: expect.any(String) });
    expect(await destructionThatStopsAfter(1).destroyNext({ ms: 1000 }, id)).toBe(false);
  });

  it('is either kept or destroyed when both happen at once', async () => {
    const { slug } = await newTenant();
    const id = await schedule(slug);
    await come(id);
    const [withdrawn] = await Promise.all([call('DELETE', `/tenants/${slug}/deletion`), destroyDue()]);
    await destroyDue();
    const { status } = await deletionOf(id);
    expect([withdrawn.status === 204, status]).toEqual(
      withdrawn.status === 204 ? [true, 'withdrawn'] : [false, 'destroyed'],
    );
    expect(await reaches(slug)).toBe(withdrawn.status === 204 ? 200 : 404);
  });
});

describe('The order of the tables', () => {
  it('has each table before those that it refers to, and ends with a circle too', () => {
    const of = (name: string, ...parents: string[]) => ({ name, parents });
    const order = childrenFirst([
      of('tenants'),
      of('users', 'tenants', 'users'),
      of('sessions', 'users'),
      of('keys', 'tenants'),
    ]);
    expect(order.map(({ name }) => name)).toEqual(['sessions', 'keys', 'users', 'tenants']);
    expect(childrenFirst([of('a', 'b'), of('b', 'a')])).toHaveLength(2);
  });
});

/** A process that is killed after so many steps were committed. */
function destructionThatStopsAfter(steps: number): TenantDestruction {
  const { nest } = platform.application;
  const real = nest.get(TenantDestructionRepository, { strict: false });
  let done = 0;
  const step = async <Result>(work: Promise<Result>): Promise<Result> => {
    const result = await work;
    done += 1;
    if (done === steps) throw new Error('killed');
    return result;
  };
  const killed = {
    listTables: () => real.listTables(),
    start: (...given: Parameters<TenantDestructionRepository['start']>) => step(real.start(...given)),
    destroyBatch: (...given: Parameters<TenantDestructionRepository['destroyBatch']>) =>
      step(real.destroyBatch(...given)),
    finish: (...given: Parameters<TenantDestructionRepository['finish']>) => step(real.finish(...given)),
  };
  const find = <Type>(type: abstract new (...args: never[]) => Type): Type => nest.get(type, { strict: false });
  return new TenantDestruction(
    find(TenantDeletionsRepository),
    killed as unknown as TenantDestructionRepository,
    find(TenantResolver),
    find(Keyring),
    find(TenantVault),
    find(AuditRecorder),
    find(ChangeFeed),
  );
}
