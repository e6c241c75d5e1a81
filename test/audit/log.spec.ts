import { describe, expect, it } from '@jest/globals';
import { AuditRecorder } from '../../src/audit/audit-recorder.js';
import { UnsealedLogs } from '../../src/audit/unsealed-logs.js';
import type { AuditEventsRepository } from '../../src/audit/audit-events.repository.js';
import type { AuditEventRow } from '../../src/audit/audit-row.js';
import { RUNTIME_ROLE } from '../../src/database/runtime-role.js';
import { toTenantId } from '../../src/database/tenant-id.js';
import { listEvents } from '../support/audit.js';
import { adminOf } from '../support/management-access.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { startPlatform } from '../support/platform.js';
import { expectInvalid } from '../support/problems.js';
import { clientCredentials } from '../support/tenant-fixture.js';

const SCOPE = { scope: 'orders:read' };

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const globex = givenTenant(platform, 'globex');

describe('GET /audit-events', () => {
  it('shows the newest first, and by type', async () => {
    await clientCredentials(acme, SCOPE);
    await clientCredentials(acme, { scope: 'nothing' });
    const { data } = await platform.operator.get<{ data: { id: string; type: string }[] }>(
      '/tenants/acme/audit-events',
    );
    expect(data.slice(0, 2).map(({ type }) => type)).toEqual(['token.refused', 'token.issued']);
    expect(data.map(({ id }) => id)).toEqual(
      data
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
    const issued = await listEvents(platform.operator, 'acme', 'token.issued');
    expect(issued.length).toBeGreaterThan(0);
    expect(new Set(issued.map(({ type }) => type))).toEqual(new Set(['token.issued']));
  });

  it.each(['type=everything', 'type=a.b.c', 'type=a.b&type=c.d', 'type=%00.x', 'type='])(
    'refuses ?%s',
    async (query) => {
      expectInvalid(await platform.operator.request('GET', `/tenants/acme/audit-events?${query}`), 'type');
    },
  );

  it('shows each tenant its own events', async () => {
    await clientCredentials(acme, SCOPE);
    await clientCredentials(globex, SCOPE);
    for (const [own, other] of [
      [acme, globex],
      [globex, acme],
    ] as const) {
      const admin = await adminOf(platform, own.slug, 'audit:read');
      const text = JSON.stringify(await listEvents(admin, own.slug));
      expect(text).toContain(own.aliceId);
      expect(text).not.toContain(other.aliceId);
      expect(text).not.toContain(other.api);
    }
    const { page } = await platform.operator.get<{ page: { next: string } }>('/tenants/globex/audit-events?limit=1');
    const path = `/tenants/acme/audit-events?limit=1&after=${page.next}`;
    expectInvalid(await platform.operator.request('GET', path), 'after');
  });
});

describe('the log', () => {
  it.each([
    'UPDATE audit_events SET outcome = outcome',
    'DELETE FROM audit_events',
    'TRUNCATE audit_events',
    'ALTER TABLE audit_events DISABLE ROW LEVEL SECURITY',
    'DROP TABLE audit_events',
  ])('takes nothing back from who serves requests: %s', async (statement) => {
    await platform.database.query('BEGIN');
    await platform.database.query(`SET LOCAL ROLE ${RUNTIME_ROLE}`);
    await platform.database.query(`SELECT set_config('app.tenant_id', $1, true)`, [acme.id]);
    await expect(platform.database.query(statement)).rejects.toMatchObject({ code: '42501' });
    await platform.database.query('ROLLBACK');
  });

  it('is not touched by the sweeping of what expired', async () => {
    const count = async () => (await platform.database.query('SELECT id FROM audit_events')).length;
    const before = await count();
    await platform.database.query('SELECT sweep_expired(name, 1000) FROM expiring_tables() AS name');
    expect(await count()).toBe(before);
  });

  it('has what was recorded just before the process stopped', async () => {
    const second = await startPlatform({ beside: platform });
    const issuer = acme.issuer.replace(platform.url, second.url);
    const known = (await listEvents(platform.operator, 'acme', 'token.issued')).length;
    const answers = await Promise.all(Array.from({ length: 20 }, () => clientCredentials(acme, SCOPE, issuer)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    await second.stop();
    const rows = await platform.database.query(
      `SELECT id FROM audit_events WHERE tenant_id = $1 AND type = 'token.issued'`,
      [acme.id],
    );
    expect(rows).toHaveLength(known + 20);
  });
});

describe('AuditRecorder', () => {
  const event = {
    tenantId: toTenantId('01900000-0000-7000-8000-000000000000'),
    type: 'token.issued',
    outcome: 'success',
  } as const;

  /** A recorder on a store that does what it is told. */
  function recorderOn(append: (events: readonly AuditEventRow[]) => Promise<void>): AuditRecorder {
    return new AuditRecorder({ append } as AuditEventsRepository, new UnsealedLogs());
  }

  it('writes in batches, in order', async () => {
    const batches: string[][] = [];
    const recorder = recorderOn(async (events) => void batches.push(events.map(({ target }) => String(target))));
    const targets = Array.from({ length: 2500 }, (_, index) => `n:${index}`);
    for (const target of targets) recorder.record({ ...event, target });
    expect(batches).toEqual([]);
    await recorder.flush();
    expect(batches.map(({ length }) => length)).toEqual([1000, 1000, 500]);
    expect(batches.flat()).toEqual(targets);
  });

  it('keeps what the store did not take, and is bounded', async () => {
    let broken = true;
    let written = 0;
    const recorder = recorderOn(async (events) => {
      if (broken) throw new Error('away');
      written += events.length;
    });
    for (let index = 0; index < 30_000; index += 1) recorder.record(event);
    await recorder.flush();
    expect(written).toBe(0);
    broken = false;
    await recorder.flush();
    expect(written).toBe(20_000);
  });
});
