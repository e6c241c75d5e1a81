import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Response } from 'express';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEventsRepository } from '../../src/audit/audit-events.repository.js';
import { AuditRecorder } from '../../src/audit/audit-recorder.js';
import { toRow } from '../../src/audit/audit-row.js';
import type { AuditExport } from '../../src/audit-chain/audit-export.js';
import { AuditSealer, startAt } from '../../src/audit-chain/audit-sealer.js';
import { claimsOf } from '../../src/audit-chain/verify-log.js';
import { UnsealedLogs } from '../../src/audit/unsealed-logs.js';
import { describeReport, verifyAuditLog } from '../../src/cli/verify-audit-log.js';
import { toTenantId } from '../../src/database/tenant-id.js';
import { AuditExports } from '../../src/management/audit-events/audit-exports.js';
import type { Tenant } from '../../src/tenants/tenant.js';
import { AuditUpkeep } from '../../src/maintenance/audit-upkeep.js';
import { TestBrowser } from '../support/browser.js';
import { type TestLine, exportLog, faultOf, jwksOf, parsed, verify } from '../support/exported-log.js';
import { send } from '../support/http.js';
import { type Pair, startPair } from '../support/pair.js';
import { type TenantFixture, authorizeUrl, createTenant, getTokens } from '../support/tenant-fixture.js';

let platform: Pair;
let acme: TenantFixture;
let globex: TenantFixture;
/** A tenant with nothing but its log. */
let victim: string;
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tenantry-log-'));
  platform = await startPair();
  acme = await createTenant(platform, 'acme');
  globex = await createTenant(platform, 'globex');
  await leaveTraces(acme);
  victim = (await platform.operator.create<{ id: string }>('/tenants', { slug: 'victim', display_name: 'V' })).id;
  await platform.operator.patch('/tenants/victim', { display_name: 'Victim' });
});
afterAll(async () => {
  await platform.stop();
  rmSync(directory, { recursive: true });
});

/** A failed and a successful sign-in, tokens, and changes. */
async function leaveTraces(tenant: TenantFixture): Promise<void> {
  const browser = new TestBrowser();
  const page = await browser.open(authorizeUrl(tenant.issuer, { client_id: 'legacy' }));
  await browser.signIn(page, 'alice', 'not her password');
  await getTokens(tenant, {}, browser);
  const data = { email: `archer@${tenant.slug}.test`, name: 'Alice Archer-Smith' };
  await platform.operator.patch(`/tenants/${tenant.slug}/users/${tenant.aliceId}`, data);
  await platform.flushAudit();
}

const query = <Row extends object>(sql: string, values: readonly unknown[] = []) =>
  platform.database.query<Row & Record<string, unknown>>(sql, [...values]);
const sealers = () => [platform.application, platform.second.application].map(({ nest }) => nest.get(AuditSealer));
const TABLES = ['audit_events', 'audit_links', 'audit_chains', 'audit_checkpoints'];

/** The exported log after somebody with the database changed it; then it is as before. */
async function tampered(...statements: readonly (readonly [string, ...unknown[]])[]): Promise<string[]> {
  await exportLog(platform.operator, 'acme');
  const kept: object[] = [];
  for (const table of TABLES) {
    const rows = await query(`SELECT jsonb_agg(t) AS rows FROM ${table} t WHERE tenant_id IN ($1, $2)`, [
      acme.id,
      victim,
    ]);
    kept.push(rows[0]?.['rows'] ?? []);
  }
  try {
    for (const [sql, ...values] of statements) await query(sql, values);
    return await exportLog(platform.operator, 'acme');
  } finally {
    for (const [index, table] of TABLES.entries()) {
      await query(`DELETE FROM ${table} WHERE tenant_id IN ($1, $2)`, [acme.id, victim]);
      const rows = JSON.stringify(kept[index]);
      await query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1)`, [rows]);
    }
  }
}

/** An event in the middle of the chain. */
async function anEvent(type = 'token.issued'): Promise<{ readonly seq: number; readonly id: string }> {
  const lines = parsed(await exportLog(platform.operator, 'acme'));
  const line = lines.find(({ event }) => (event as { type?: string } | undefined)?.type === type);
  return { seq: Number(line?.['seq']), id: String(line?.['id']) };
}

describe('The chain of an audit log', () => {
  it('is built by itself, soon after the events', async () => {
    const unsealed = () =>
      query(
        `SELECT id FROM audit_events e WHERE tenant_id = $1
                AND NOT EXISTS (SELECT 1 FROM audit_links l WHERE l.event_id = e.id)`,
        [acme.id],
      );
    while ((await unsealed()).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const [chain] = await query<{ seq: string }>('SELECT seq FROM audit_chains WHERE tenant_id = $1', [acme.id]);
    expect(Number(chain?.seq)).toBeGreaterThan(5);
  });

  it('is verified offline, with the keys that the tenant publishes', async () => {
    const lines = await exportLog(platform.operator, 'acme');
    const report = await verify(lines, { jwks: await jwksOf(acme.issuer) });
    const { length } = parsed(lines).filter(({ kind }) => kind === 'event');
    expect(report).toMatchObject({
      tenantId: acme.id,
      firstSeq: 1,
      lastSeq: length,
      events: length,
      signedSeq: length,
    });
    expect(report).toMatchObject({ notKept: 0, erased: 0, unsealed: 0, older: 0, unknownKeys: [], hasMore: false });
    expect(lines.join()).not.toContain(globex.id);
  });

  it('has each event once, whatever processes seal at once', async () => {
    const recorder = platform.application.nest.get(AuditRecorder);
    const event = { tenantId: toTenantId(globex.id), type: 'token.issued', outcome: 'success' } as const;
    for (let count = 0; count < 1100; count += 1) recorder.record(event);
    const first = platform.flushAudit();
    const [one, two] = sealers();
    await Promise.all([one, two, one, two].map(async (sealer) => sealer?.seal(event.tenantId)));
    await first;
    await Promise.all(sealers().map((sealer) => sealer.seal(event.tenantId)));
    const [counts] = await query<{ events: number; links: number; last: number }>(
      `SELECT (SELECT count(*)::int FROM audit_events WHERE tenant_id = $1) AS events,
              (SELECT count(DISTINCT event_id)::int FROM audit_links WHERE tenant_id = $1) AS links,
              (SELECT max(seq)::int FROM audit_links WHERE tenant_id = $1) AS last`,
      [globex.id],
    );
    expect(counts).toEqual({ events: counts?.events, links: counts?.events, last: counts?.events });
    const [tokens] = await query<{ issued: number; counted: number }>(
      `SELECT (SELECT count(*)::int FROM audit_events WHERE tenant_id = $1 AND type = 'token.issued') AS issued,
              (SELECT sum(issued_tokens)::int FROM daily_usage WHERE tenant_id = $1) AS counted`,
      [globex.id],
    );
    expect(tokens?.counted).toBe(tokens?.issued);
    expect(await faultOf(await exportLog(platform.operator, 'globex'))).toBe('nothing');
  });

  it('is exported in parts that fit together', async () => {
    const jwks = await jwksOf(globex.issuer);
    const first = await exportLog(platform.operator, 'globex', '?limit=700');
    const second = await exportLog(platform.operator, 'globex', '?after=700');
    expect(await verify(first, { jwks })).toMatchObject({ firstSeq: 1, lastSeq: 700, events: 700, hasMore: true });
    expect(await verify(second, { jwks })).toMatchObject({ firstSeq: 701, hasMore: false });
    expect(parsed(second)[0]?.['previous_hash']).toBe(parsed(first).at(-2)?.['hash']);
  });

  it('is exported to a few at a time', async () => {
    const begun = new Promise<never>(() => undefined);
    const exports = new AuditExports(
      { begin: () => begun } as unknown as AuditExport,
      { flush: async () => undefined } as unknown as AuditRecorder,
    );
    const ask = () => {
      const response = new EventEmitter();
      const asked = exports.stream({} as Tenant, { limit: 1 }, response as unknown as Response);
      return { response, asked };
    };
    const [first] = [ask(), ask(), ask(), ask()];
    await expect(ask().asked).rejects.toMatchObject({ kind: 'too-many-requests' });
    first?.response.emit('close');
    const free = ask();
    await expect(ask().asked).rejects.toMatchObject({ kind: 'too-many-requests' });
    free.response.emit('close');
  });

  it('takes up what a process left that ended before it sealed', async () => {
    const row = toRow({ tenantId: toTenantId(globex.id), type: 'token.issued', outcome: 'success' });
    await platform.application.nest.get(AuditEventsRepository).append([row]);
    const [sealer] = sealers();
    await sealer?.recover();
    for (let round = 0; round < 2; round += 1) await sealer?.sealAll();
    expect(await query('SELECT seq FROM audit_links WHERE event_id = $1', [row.id])).toHaveLength(1);
  });
});

describe('Somebody with the database', () => {
  it('cannot change an event unnoticed', async () => {
    const { seq, id } = await anEvent();
    const expected = `Event ${seq} (${id}) was changed`;
    for (const change of [`outcome = 'failure'`, `client_id = 'other'`, `details = details || '{"scope": "all"}'`]) {
      const lines = await tampered([`UPDATE audit_events SET ${change} WHERE id = $1`, id]);
      expect([change, await faultOf(lines)]).toEqual([change, expect.stringContaining(expected)]);
    }
  });

  it('cannot change or remove a personal value unnoticed', async () => {
    const { seq, id } = await anEvent('user.sign_in_failed');
    for (const change of [`address = '192.0.2.1'`, `address = NULL`, `details = details - 'identifier'`]) {
      const lines = await tampered([`UPDATE audit_events SET ${change} WHERE id = $1`, id]);
      expect([change, await faultOf(lines)]).toEqual([
        change,
        expect.stringContaining(`Event ${seq} (${id}) was changed`),
      ]);
    }
  });

  it('cannot remove an event unnoticed, with its link or without', async () => {
    const { seq, id } = await anEvent('authorization.granted');
    const event = ['DELETE FROM audit_events WHERE id = $1', id] as const;
    expect(await faultOf(await tampered(event))).toContain(`Event ${seq} (${id}) was removed`);
    const link = ['DELETE FROM audit_links WHERE event_id = $1', id] as const;
    expect(await faultOf(await tampered(event, link))).toBe(`Event ${seq} was removed.`);
  });

  it('cannot remove the newest events once they are signed', async () => {
    const last = parsed(await exportLog(platform.operator, 'acme')).findLast(({ kind }) => kind === 'event');
    const seq = Number(last?.['seq']);
    const lines = await tampered(
      ['DELETE FROM audit_events WHERE id = $1', last?.['id']],
      ['DELETE FROM audit_links WHERE event_id = $1', last?.['id']],
      [
        `UPDATE audit_chains c SET seq = l.seq, hash = l.hash FROM audit_links l
          WHERE l.tenant_id = c.tenant_id AND c.tenant_id = $1 AND l.seq = $2`,
        acme.id,
        seq - 1,
      ],
    );
    const expected = `Events after ${seq - 1} were removed: a checkpoint has signed ${seq}.`;
    expect(await faultOf(lines, { jwks: await jwksOf(acme.issuer) })).toBe(expected);
  });

  it('cannot insert an event unnoticed', async () => {
    const id = randomUUID();
    const lines = await tampered(
      [`UPDATE audit_chains SET begun_at = now() - interval '1 day'`],
      [
        `INSERT INTO audit_events (tenant_id, id, occurred_at, type, outcome)
         VALUES ($1, $2, now() - interval '1 hour', 'token.issued', 'success')`,
        acme.id,
        id,
      ],
    );
    expect(await faultOf(lines)).toContain(`Event ${id} (token.issued`);
    const { seq } = await anEvent();
    const between = await tampered(
      ['UPDATE audit_links SET seq = seq + 100000 WHERE tenant_id = $1 AND seq >= $2', acme.id, seq],
      ['UPDATE audit_links SET seq = seq - 99999 WHERE tenant_id = $1 AND seq > 100000', acme.id],
      [
        `INSERT INTO audit_events (tenant_id, id, occurred_at, type, outcome)
         VALUES ($1, $2, now(), 'token.issued', 'success')`,
        acme.id,
        id,
      ],
      [
        `INSERT INTO audit_links (tenant_id, seq, event_id, occurred_at, digest, hash)
         SELECT $1, $3::bigint, $2, e.occurred_at, l.digest, l.hash
           FROM audit_events e, audit_links l WHERE e.id = $2 AND l.tenant_id = $1 AND l.seq = $3::bigint + 1`,
        acme.id,
        id,
        seq,
      ],
    );
    expect(await faultOf(between)).toContain(`Event ${seq} (${id})`);
  });

  it('cannot change the order unnoticed', async () => {
    const { seq } = await anEvent();
    const lines = await tampered(
      ['UPDATE audit_links SET seq = -1 WHERE tenant_id = $1 AND seq = $2', acme.id, seq],
      ['UPDATE audit_links SET seq = $2 WHERE tenant_id = $1 AND seq = $3', acme.id, seq, seq + 1],
      ['UPDATE audit_links SET seq = $2 WHERE tenant_id = $1 AND seq = -1', acme.id, seq + 1],
    );
    expect(await faultOf(lines)).toContain(`The chain breaks at event ${seq} `);
  });

  it('cannot give a tenant the events of another one', async () => {
    const { seq, id } = await anEvent();
    const foreign = parsed(await exportLog(platform.operator, 'victim')).find(({ kind }) => kind === 'event');
    const lines = parsed(await exportLog(platform.operator, 'acme'));
    const at = lines.findIndex((line) => line['id'] === id);
    expect(await faultOf(lines.with(at, { ...foreign, seq } as TestLine))).toMatch(/^Event \d+ .* is another tenant's/);
    const moved = await tampered(
      ['DELETE FROM audit_links WHERE tenant_id = $1', acme.id],
      ['DELETE FROM audit_events WHERE tenant_id = $1', acme.id],
      ['DELETE FROM audit_chains WHERE tenant_id = $1', acme.id],
      ['UPDATE audit_links SET tenant_id = $1 WHERE tenant_id = $2', acme.id, victim],
      ['UPDATE audit_events SET tenant_id = $1 WHERE tenant_id = $2', acme.id, victim],
      ['UPDATE audit_chains SET tenant_id = $1 WHERE tenant_id = $2', acme.id, victim],
    );
    expect(await faultOf(moved)).toBe('The chain does not begin as that of this tenant does.');
  });

  it('cannot make the chain anew without the tenant’s key, or against a log that was kept', async () => {
    const kept = parsed(await exportLog(platform.operator, 'acme'));
    const earlier = kept.filter(({ kind }) => kind === 'checkpoint').map(({ jws }) => claimsOf(String(jws)));
    const { seq, id } = await anEvent();
    const anew = [
      [`UPDATE audit_events SET outcome = 'failure' WHERE id = $1`, id],
      ['DELETE FROM audit_links WHERE tenant_id = $1', acme.id],
      ['UPDATE audit_chains SET seq = 0, hash = first_hash WHERE tenant_id = $1', acme.id],
    ] as const;
    const jwks = await jwksOf(acme.issuer);
    expect(await faultOf(await tampered(...anew), { jwks })).toContain('The chain was rewritten');
    const unsigned = ['DELETE FROM audit_checkpoints WHERE tenant_id = $1', acme.id] as const;
    const rebuilt = await tampered(...anew, unsigned);
    expect(await faultOf(rebuilt, { jwks })).toBe('nothing');
    expect(await faultOf(rebuilt, { jwks, earlier })).toContain('The chain was rewritten');
    expect(await faultOf(kept, { jwks, earlier })).toBe('nothing');
    expect(seq).toBeGreaterThan(0);
  });

  it('cannot sign with the key of another tenant', async () => {
    const lines = parsed(await exportLog(platform.operator, 'acme'));
    const foreign = parsed(await exportLog(platform.operator, 'globex')).findLast(({ kind }) => kind === 'checkpoint');
    const at = lines.findLastIndex(({ kind }) => kind === 'checkpoint');
    const exchanged = lines.with(at, { ...lines[at], jws: foreign?.['jws'] } as TestLine);
    expect(await faultOf(exchanged)).toContain(`of tenant ${globex.id}`);
    const others = lines.filter((line, index) => index === at || line.kind !== 'checkpoint');
    expect(await faultOf(others, { jwks: await jwksOf(globex.issuer) })).toContain('No checkpoint is signed by a key');
  });
});

describe('An exported log', () => {
  it('that was cut, or is none, is refused with what is wrong', async () => {
    const lines = await exportLog(platform.operator, 'acme');
    expect(await faultOf(lines.slice(0, -1))).toMatch(/^The file ends after event \d+, without its last line/);
    expect(await faultOf([...lines.slice(0, 3), ...lines.slice(-1)])).toMatch(/^Events 3 to \d+ were removed/);
    for (const [text, expected] of [
      ['{', 'Line 1 is not JSON'],
      ['{"kind":"constructor"}', 'Line 1 is no line'],
      ['{"kind":"event","seq":"1"}', 'Line 1 is no line'],
      ['{"kind":"end","last_seq":0,"has_more":false}', 'its first line is not of kind "log"'],
    ] as const)
      expect(await faultOf([text])).toContain(expected);
    expect(await faultOf([])).toBe('The file is empty.');
  });

  it('is verified by the command line, which says what it covers', async () => {
    const file = join(directory, 'acme.ndjson');
    writeFileSync(file, `${(await exportLog(platform.operator, 'acme')).join('\n')}\n`);
    const report = await verifyAuditLog(file, { jwks: `${acme.issuer}/jwks`, earlier: file });
    expect(describeReport(report, file)).toMatch(
      /is intact: \d+ events .*\nA key of the JWKS has signed everything up to/,
    );
    writeFileSync(file, (await exportLog(platform.operator, 'acme')).slice(0, 3).join('\n'));
    await expect(verifyAuditLog(file, {})).rejects.toThrow('The log is not intact. The file ends after event 2');
    await expect(verifyAuditLog(join(directory, 'none'), {})).rejects.toThrow('none cannot be read: ENOENT.');
    await expect(verifyAuditLog(file, { jwks: file })).rejects.toThrow('is no JWKS');
  });

  it('has checkpoints that are accepted as tokens nowhere', async () => {
    const lines = parsed(await exportLog(platform.operator, 'acme'));
    const jws = String(lines.findLast(({ kind }) => kind === 'checkpoint')?.['jws']);
    const headers = { authorization: `Bearer ${jws}` };
    expect((await send(`${acme.issuer}/userinfo`, { headers })).status).toBe(401);
    expect((await send(`${platform.url}/api/v1/tenants/acme/users`, { headers })).status).toBe(401);
  });

  it('is signed by a key that is published, also after its key was revoked', async () => {
    const signed = parsed(await exportLog(platform.operator, 'globex')).findLast(({ kind }) => kind === 'checkpoint');
    const { keys } = await jwksOf(globex.issuer);
    const [header = ''] = String(signed?.['jws']).split('.');
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
    expect(keys.map((key) => key.kid)).toContain(kid);
    await platform.operator.request('POST', `/tenants/globex/keys/${kid}/revoke`);
    const after = await exportLog(platform.operator, 'globex');
    const { signedSeq, lastSeq, unknownKeys } = await verify(after, { jwks: await jwksOf(globex.issuer) });
    expect([signedSeq, unknownKeys]).toEqual([lastSeq, [kid]]);
  });
});

describe('Erasure and retention leave a chain that is verified', () => {
  it('when a person is forgotten: values and salts are gone, and digests stay', async () => {
    await platform.operator.request('DELETE', `/tenants/acme/users/${acme.aliceId}`, undefined, { 'if-match': '*' });
    await platform.second.application.nest.get(AuditUpkeep).erase();
    const lines = await exportLog(platform.operator, 'acme');
    const report = await verify(lines, { jwks: await jwksOf(acme.issuer) });
    expect(report.erased).toBeGreaterThan(2);
    expect(lines.join()).not.toMatch(/archer|Archer/);
    for (const { digests, salts, event } of parsed(lines).filter(({ kind }) => kind === 'event')) {
      const { address } = event as { address: string | null };
      if (address === null) expect(salts).toBeNull();
      else expect(Object.keys(digests ?? {})).toContain('address');
    }
  });

  it('when old events are dropped: the chain begins later', async () => {
    const policy = { audit_retention_days: 7 };
    const { id } = await platform.operator.create<{ id: string }>('/tenants', {
      slug: 'brief',
      display_name: 'Brief',
      policy,
    });
    const tenantId = toTenantId(id);
    const old = [9, 8, 8, 3].map((days, index) => {
      const time = Date.now() - days * 86_400_000;
      const row = toRow({ tenantId, type: 'token.issued', outcome: 'success' });
      return { ...row, id: startAt(time).id.replace(/.$/, String(index)), occurred_at: new Date(time).toISOString() };
    });
    const { nest } = platform.application;
    await nest.get(AuditEventsRepository).append(old);
    nest.get(UnsealedLogs).add(old);
    // A round that is under way may not have seen them.
    for (let round = 0; round < 2; round += 1) await nest.get(AuditSealer).sealAll();
    await nest.get(AuditSealer).seal(tenantId);
    const before = await verify(await exportLog(platform.operator, 'brief'));
    expect(before).toMatchObject({ firstSeq: 1, notKept: 0 });

    await nest.get(AuditUpkeep).retain();
    const lines = await exportLog(platform.operator, 'brief');
    const left = await verify(lines, { jwks: await jwksOf(`${platform.url}/t/brief`) });
    expect(left).toMatchObject({ lastSeq: before.lastSeq, signedSeq: before.lastSeq });
    expect(left.firstSeq - 1 + left.notKept).toBe(3);
    for (const gone of old.slice(0, 3))
      expect(JSON.stringify(parsed(lines).map(({ event }) => event))).not.toContain(gone.id);
  });

  it('when a tenant is deleted: its chain goes with it', async () => {
    expect(await query('SELECT 1 FROM daily_usage WHERE tenant_id = $1', [globex.id])).not.toEqual([]);
    await platform.operator.patch('/tenants/globex', { status: 'suspended' });
    await platform.operator.request('DELETE', '/tenants/globex?immediately=true', undefined, { 'if-match': '*' });
    // Another process may have the erasure at the same moment; then it is skipped.
    const erase = () => platform.second.application.nest.get(AuditUpkeep).erase();
    const open = `SELECT 1 FROM audit_erasures WHERE subject = $1 AND`;
    while ((await query(`${open} followed_at IS NULL`, [globex.id])).length > 0) await erase();
    // Whoever looks once more for late events begins no chain anew.
    const { seq } = await platform.second.application.nest.get(AuditSealer).seal(toTenantId(globex.id));
    expect(seq).toBe(0);
    for (const table of [...TABLES, 'daily_usage']) {
      expect([table, await query(`SELECT 1 FROM ${table} WHERE tenant_id = $1`, [globex.id])]).toEqual([table, []]);
    }
    const earlier = `UPDATE audit_erasures SET requested_at = now() - interval '11 minutes' WHERE subject = $1`;
    await query(earlier, [globex.id]);
    while ((await query(`${open} true`, [globex.id])).length > 0) await erase();
  });
});
