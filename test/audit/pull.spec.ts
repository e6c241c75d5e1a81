import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEventsRepository } from '../../src/audit/audit-events.repository.js';
import { AuditRecorder } from '../../src/audit/audit-recorder.js';
import { type AuditEventRow, toRow } from '../../src/audit/audit-row.js';
import { UnsealedLogs } from '../../src/audit/unsealed-logs.js';
import { AuditSealer, startAt } from '../../src/audit-chain/audit-sealer.js';
import { type TenantId, toTenantId } from '../../src/database/tenant-id.js';
import { AuditUpkeep } from '../../src/maintenance/audit-upkeep.js';
import { exportLog, parsed } from '../support/exported-log.js';
import { type Pulled, pull, pullAll } from '../support/followed-log.js';
import { adminOf } from '../support/management-access.js';
import { type Pair, startPair } from '../support/pair.js';
import type { Platform } from '../support/platform.js';
import { expectProblem } from '../support/problems.js';

let platform: Pair;
const ids: Record<string, TenantId> = {};

beforeAll(async () => {
  platform = await startPair();
  for (const slug of ['acme', 'globex', 'raced']) {
    const made = await platform.operator.create<{ id: string }>('/tenants', { slug, display_name: slug });
    ids[slug] = toTenantId(made.id);
  }
});
afterAll(() => platform.stop());

const idOf = (slug: string) => ids[slug] ?? toTenantId('');
const nest = () => platform.application.nest;
const rename = (slug = 'acme') => platform.operator.patch(`/tenants/${slug}`, { display_name: `n-${randomInt(1e9)}` });

/** An event of a process that ends before it has sealed it. */
async function leaveBehind(slug: string, age = 0, target?: string): Promise<AuditEventRow> {
  const row = toRow({ tenantId: idOf(slug), type: 'token.issued', outcome: 'success', target });
  const { id } = startAt(Date.now() - age);
  const time = new Date(Date.now() - age).toISOString();
  const left = age === 0 ? row : { ...row, id: `${id.slice(0, 24)}${row.id.slice(24)}`, occurred_at: time };
  await nest().get(AuditEventsRepository).append([left]);
  return left;
}

describe('A consumer', () => {
  it('gets the oldest first, in the order of the chain, and a cursor to go on from', async () => {
    await rename();
    const first = await pull(platform.operator, 'acme', { limit: '1' });
    expect(first.data.map(({ type }) => type)).toEqual(['tenant.created']);
    expect(first.page).toEqual({ next: expect.stringMatching(/^[\w-]+$/), has_more: true });
    const rest = await pullAll(platform.operator, 'acme', { after: first.page.next, limit: '2' });
    const lines = parsed(await exportLog(platform.operator, 'acme')).filter(({ kind }) => kind === 'event');
    expect([...first.data, ...rest.data].map(({ id }) => id)).toEqual(lines.map(({ id }) => id));
  });

  it('gets the same cursor when there is nothing new, and goes on with it', async () => {
    const { next } = await pullAll(platform.operator, 'acme');
    expect(await pull(platform.operator, 'acme', { after: next })).toEqual({
      data: [],
      page: { next, has_more: false },
    });
    await rename();
    const { data } = await pull(platform.operator, 'acme', { after: next });
    expect(data.map(({ type }) => type)).toEqual(['tenant.updated']);
  });

  it('may begin after the newest event', async () => {
    await rename();
    const begun = await pull(platform.operator, 'acme', { start: 'newest' });
    expect(begun).toEqual({ data: [], page: { next: expect.any(String), has_more: false } });
    await rename();
    expect((await pull(platform.operator, 'acme', { after: begun.page.next })).data).toHaveLength(1);
  });

  it('goes on with filters, also where nothing fits', async () => {
    const { next } = await pullAll(platform.operator, 'acme');
    await rename();
    const { client_id: clientId } = await platform.operator.create<{ client_id: string }>('/tenants/acme/clients', {
      grant_types: ['client_credentials'],
    });
    const nothing = await pullAll(platform.operator, 'acme', { after: next, outcome: 'failure' });
    expect(nothing.data).toEqual([]);
    expect(nothing.next).not.toBe(next);
    for (const filter of [{ type: 'client.created' }, { client_id: clientId }] as Record<string, string>[]) {
      const { data } = await pullAll(platform.operator, 'acme', { after: next, limit: '1', ...filter });
      expect(data.map(({ type }) => type)).toEqual(['client.created']);
    }
    const { id } = await platform.operator.create<{ id: string }>('/tenants/acme/users', { username: 'ada' });
    const { data } = await pullAll(platform.operator, 'acme', { after: nothing.next, user_id: id });
    expect(data.map(({ type }) => type)).toEqual(['user.created']);
    expect(await pullAll(platform.operator, 'acme', { after: next, address: '192.0.2.1' })).toMatchObject({ data: [] });
  });

  it('sees no event of another tenant, and cannot go on with its cursor', async () => {
    const admin = await adminOf(platform, 'globex', 'audit:read');
    await rename();
    const { data, next } = await pullAll(admin, 'globex');
    expect(JSON.stringify(data)).not.toContain(idOf('acme'));
    expectProblem(await admin.request('GET', '/tenants/acme/audit-events/pull'), 404, 'not-found');
    const path = `/tenants/acme/audit-events/pull?after=${next}`;
    const refused = await platform.operator.request('GET', path);
    expectProblem(refused, 410, 'cursor-expired');
    expect(refused.json()).toMatchObject({ missed: null, next: expect.any(String) });
  });

  it.each([
    ['after=x', 'after is not a cursor of this log'],
    [`after=${'A'.repeat(201)}`, 'after'],
    ['after=1&after=2', 'after'],
    [`after=${Buffer.from('1.01.AAAAAAAAAAAAAAAA').toString('base64url')}`, 'after is not a cursor'],
    [`after=${Buffer.from('2.1.AAAAAAAAAAAAAAAA').toString('base64url')}`, 'after is not a cursor'],
    ['start=middle', 'start'],
    ['limit=1001', 'limit'],
    ['limit=0', 'limit'],
    ['type=%00', 'type'],
    ['since=2026-01-31T12:00:00Z', 'since'],
  ])('is told what is wrong with %s', async (query, detail) => {
    const answer = await platform.operator.request('GET', `/tenants/acme/audit-events/pull?${query}`);
    expect(expectProblem(answer, 400, 'validation-failed').detail).toContain(detail);
  });

  it.each([999_999_999_999_999, 1_000_000])('cannot go on from a place that is not there: %d', async (seq) => {
    const after = Buffer.from(`1.${seq}.AAAAAAAAAAAAAAAA`).toString('base64url');
    const answer = await platform.operator.request('GET', `/tenants/acme/audit-events/pull?after=${after}`);
    expectProblem(answer, 410, 'cursor-expired');
  });
});

describe('While several processes write', () => {
  const WRITES = 25;
  const wanted = { after: '', data: [] as string[] };

  async function follow(isOver: () => boolean): Promise<void> {
    for (let over = false; !over;) {
      over = isOver();
      const { data, next } = await pullAll(platform.operator, 'raced', { after: wanted.after, limit: '7' });
      wanted.data.push(...data.map(({ id }) => id));
      wanted.after = next;
    }
  }

  const write = ({ operator }: Platform) => operator.create('/tenants/raced/groups', { name: `group-${randomUUID()}` });

  /** Events get their ids now, and are written later, in another order, by a process that does not seal them. */
  async function writeLate(): Promise<void> {
    const rows = Array.from({ length: WRITES }, () =>
      toRow({ tenantId: idOf('raced'), type: 'token.issued', outcome: 'success' }),
    );
    while (rows.length > 0) {
      await write(platform);
      await nest()
        .get(AuditEventsRepository)
        .append(rows.splice(randomInt(rows.length), 3));
    }
  }

  it('every event arrives exactly once', async () => {
    const buffered = [platform, platform.second].map(async ({ application }) => {
      for (let turn = 0; turn < WRITES; turn += 1) {
        application.nest
          .get(AuditRecorder)
          .record({ tenantId: idOf('raced'), type: 'token.issued', outcome: 'success' });
        await write(platform.second);
      }
    });
    let over = false;
    const writing = Promise.all([writeLate(), writeLate(), ...buffered]).finally(() => (over = true));
    await Promise.all([writing, follow(() => over)]);
    await platform.flushAudit();
    await follow(() => true);
    const stored = await platform.database.query<{ id: string }>('SELECT id FROM audit_events WHERE tenant_id = $1', [
      idOf('raced'),
    ]);
    expect(stored.length).toBeGreaterThan(WRITES * 6);
    expect(wanted.data.toSorted()).toEqual(stored.map(({ id }) => id).sort());
  });
});

describe('What a process left behind', () => {
  it('arrives, although others have sealed later events', async () => {
    const { next } = await pullAll(platform.operator, 'acme');
    const early = await leaveBehind('acme', 10_000);
    await rename();
    const { data } = await pullAll(platform.operator, 'acme', { after: next });
    expect(data.map(({ id }) => id)).toContain(early.id);
  });

  it('arrives after the next upkeep when it is older', async () => {
    await rename('globex');
    await nest().get(AuditSealer).sealRecent(idOf('globex'));
    const { next } = await pullAll(platform.operator, 'globex');
    const early = await leaveBehind('globex', 1_500_000);
    const late = await leaveBehind('globex');
    await nest().get(AuditSealer).sealRecent(idOf('globex'));
    const times = `settled_at = now() - interval '40 minutes', checkpoint_seq = seq`;
    await platform.database.query(`UPDATE audit_chains SET ${times} WHERE tenant_id = $1`, [idOf('globex')]);
    const sealer = nest().get(AuditSealer);
    await sealer.recover();
    for (let round = 0; round < 2; round += 1) await sealer.sealAll();
    const { data } = await pullAll(platform.operator, 'globex', { after: next });
    expect(data.map(({ id }) => id)).toEqual(expect.arrayContaining([early.id, late.id]));
    await sealer.recover();
    const [chain] = await platform.database.query<{ lag: number }>(
      'SELECT extract(epoch FROM now() - settled_at)::float AS lag FROM audit_chains WHERE tenant_id = $1',
      [idOf('globex')],
    );
    expect(chain?.lag).toBeLessThan(300);
  });
});

describe('A cursor that the retention has overtaken', () => {
  let admin: Awaited<ReturnType<typeof adminOf>>;
  const refusedAt = async (after: string) => {
    const answer = await admin.request('GET', `/tenants/brief/audit-events/pull?after=${after}`);
    expectProblem(answer, 410, 'cursor-expired');
    return answer.json<{ missed: number | null; next: string }>();
  };

  it('is told, with how many are missing and where to go on', async () => {
    const policy = { audit_retention_days: 7 };
    const made = await platform.operator.create<{ id: string }>('/tenants', {
      slug: 'brief',
      display_name: 'Brief',
      policy,
    });
    ids['brief'] = toTenantId(made.id);
    const old: AuditEventRow[] = [];
    for (const days of [9, 8.5, 8, 3]) old.push(await leaveBehind('brief', days * 86_400_000));
    admin = await adminOf(platform, 'brief', 'audit:read');
    nest().get(UnsealedLogs).add(old);
    for (let round = 0; round < 2; round += 1) await nest().get(AuditSealer).sealAll();
    const pages: Pulled[] = [];
    for (let after = '', more = true; more;) {
      const page = await pull(admin, 'brief', { after, limit: '1' });
      pages.push(page);
      [after, more] = [page.page.next, page.page.has_more];
    }
    const places = pages.flatMap(({ data, page }) => data.map(({ id }) => ({ id, cursor: page.next })));
    const gone = new Set(old.slice(0, 3).map(({ id }) => id));
    expect(places.filter(({ id }) => gone.has(id))).toHaveLength(3);
    await nest().get(AuditUpkeep).retain();

    const first = places.findIndex(({ id }) => gone.has(id));
    let { next: after } = await refusedAt(first > 0 ? (places[first - 1]?.cursor ?? '') : (places[0]?.cursor ?? ''));
    const kept: string[] = [];
    for (let over = false; !over;) {
      const answer = await admin.request('GET', `/tenants/brief/audit-events/pull?after=${after}`);
      const body = answer.json<Pulled & { next: string }>();
      if (answer.status === 200) kept.push(...body.data.map(({ id }) => id));
      over = answer.status === 200 && !body.page.has_more;
      after = answer.status === 200 ? body.page.next : body.next;
    }
    const since = places.slice(first).map(({ id }) => id);
    expect(kept.slice(0, since.length - 3)).toEqual(since.filter((id) => !gone.has(id)));
  });

  it('is the same where the events are gone and their places are not yet', async () => {
    await platform.operator.patch('/tenants/brief', { display_name: 'A' });
    const { next } = (await pull(admin, 'brief', { start: 'newest' })).page;
    for (const name of ['B', 'C', 'D']) await platform.operator.patch('/tenants/brief', { display_name: name });
    const { data } = await pullAll(admin, 'brief', { after: next, type: 'tenant.updated' });
    const [one, two, three] = data.map(({ id }) => id);
    await platform.database.query('DELETE FROM audit_events WHERE id IN ($1, $2)', [one, two]);
    const told = await refusedAt(next);
    expect(told).toMatchObject({ missed: 2 });
    expect((await pullAll(admin, 'brief', { after: told.next })).data[0]?.id).toBe(three);
    expect((await pull(admin, 'brief', { start: 'newest' })).page.has_more).toBe(false);
  });

  it('without a cursor it begins with what is kept', async () => {
    const kept = () =>
      platform.database.query<{ id: string }>(
        `SELECT l.event_id AS id FROM audit_links l JOIN audit_events e ON e.id = l.event_id
          WHERE l.tenant_id = $1 ORDER BY l.seq LIMIT 2`,
        [idOf('brief')],
      );
    const oldest = (await kept()).map(({ id }) => id);
    await platform.database.query('DELETE FROM audit_events WHERE id = ANY ($1)', [oldest]);
    const [first] = await kept();
    expect((await pull(admin, 'brief', { limit: '2' })).data[0]?.id).toBe(first?.id);
  });
});
