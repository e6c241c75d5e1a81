import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEventsRepository } from '../../src/audit/audit-events.repository.js';
import { AuditRecorder } from '../../src/audit/audit-recorder.js';
import { toRow } from '../../src/audit/audit-row.js';
import { toTenantId } from '../../src/database/tenant-id.js';
import { AuditUpkeep } from '../../src/maintenance/audit-upkeep.js';
import { TestBrowser } from '../support/browser.js';
import { type Pair, startPair } from '../support/pair.js';
import { type TenantFixture, authorizeUrl, createTenant, getTokens } from '../support/tenant-fixture.js';

let platform: Pair;
let acme: TenantFixture;
let globex: TenantFixture;

beforeAll(async () => {
  platform = await startPair();
  acme = await createTenant(platform, 'acme');
  globex = await createTenant(platform, 'globex');
  for (const tenant of [acme, globex]) await leaveTraces(tenant);
});
afterAll(() => platform.stop());

/** A failed and a successful sign-in, tokens, and a change of her data. */
async function leaveTraces({ issuer, slug, aliceId, ...rest }: TenantFixture): Promise<void> {
  const browser = new TestBrowser();
  await browser.signIn(await browser.open(authorizeUrl(issuer, { client_id: 'legacy' })), 'alice', 'not her password');
  await getTokens({ issuer, slug, aliceId, ...rest }, {}, browser);
  const data = { email: `archer@${slug}.test`, name: 'Alice Archer-Smith' };
  await platform.operator.patch(`/tenants/${slug}/users/${aliceId}`, data);
  await platform.flushAudit();
}

const eventsOf = async (tenantId: string) =>
  JSON.stringify(
    await platform.database.query('SELECT * FROM audit_events WHERE tenant_id = $1 ORDER BY id', [tenantId]),
  );
const concerning = (userId: string) =>
  platform.database.query<{ type: string; actor: string | null; address: string | null; details: object | null }>(
    'SELECT * FROM audit_events WHERE user_id = $1 ORDER BY id',
    [userId],
  );
const erasures = () => platform.database.query('SELECT tenant_id, subject FROM audit_erasures ORDER BY requested_at');
/** As any process does it, also one that did not take the request. */
const followUp = () => platform.second.application.nest.get(AuditUpkeep).erase();

describe('A user who is deleted', () => {
  it('leaves what happened in the log, without names, data and addresses', async () => {
    const before = await concerning(acme.aliceId);
    const others = await eventsOf(globex.id);
    expect(JSON.stringify(before)).toMatch(/archer@acme\.test.*/);
    await platform.operator.request('DELETE', `/tenants/acme/users/${acme.aliceId}`, undefined, { 'if-match': '*' });
    // Decided with the deletion, so that a process that dies now leaves nothing behind.
    expect(await erasures()).toEqual([{ tenant_id: acme.id, subject: acme.aliceId }]);
    await followUp();

    const after = await concerning(acme.aliceId);
    expect(after.map(({ type }) => type)).toEqual([...before.map(({ type }) => type), 'user.deleted']);
    expect(JSON.stringify(after)).not.toMatch(/archer|Archer|"identifier"|alice@/);
    for (const { actor, address } of after) expect(address).toBe(actor === null ? null : '127.0.0.1');
    const updated = after.find(({ type }) => type === 'user.updated');
    expect(updated?.details).toEqual({ changed: ['email', 'name'] });
    expect(await eventsOf(globex.id)).toBe(others);
  });

  it('is followed up once more, for what was still being written', async () => {
    await platform.operator.request('DELETE', `/tenants/acme/users/${await newUser()}`, undefined, { 'if-match': '*' });
    await followUp();
    const late = { tenantId: toTenantId(acme.id), type: 'user.sign_in_failed', outcome: 'failure' } as const;
    const recorder = platform.application.nest.get(AuditRecorder);
    recorder.record({ ...late, userId: acme.aliceId, details: { identifier: 'alice' } });
    await recorder.flush();
    await followUp();
    expect(JSON.stringify(await concerning(acme.aliceId))).toContain('"identifier":"alice"');
    await platform.database.query(`UPDATE audit_erasures SET requested_at = now() - interval '11 minutes'`);
    await followUp();
    expect(JSON.stringify(await concerning(acme.aliceId))).not.toContain('"identifier"');
    expect(await erasures()).toEqual([]);
  });

  it('who was an operator leaves no address in the logs of the tenants either', async () => {
    const { id } = await platform.operator.create<{ id: string }>('/tenants/system/users', { username: 'oper' });
    const events = platform.application.nest.get(AuditEventsRepository);
    const request = { requestId: randomUUID(), address: '203.0.113.7' };
    const change = { type: 'client.updated', outcome: 'success', origin: request, target: 'client:web' } as const;
    const acting = [acme, globex].map((tenant) =>
      toRow({ ...change, tenantId: toTenantId(tenant.id), actor: `user:${id}@system` }),
    );
    // A namesake: the same id would be that of another user in another tenant's own log.
    const namesake = toRow({ ...change, tenantId: toTenantId(globex.id), actor: `user:${id}@globex` });
    await events.append([...acting, namesake]);
    await platform.operator.request('DELETE', `/tenants/system/users/${id}`, undefined, { 'if-match': '*' });
    await followUp();
    const rows = await platform.database.query<{ actor: string; address: string | null }>(
      `SELECT actor, address FROM audit_events WHERE actor LIKE $1 ORDER BY actor`,
      [`user:${id}@%`],
    );
    expect(rows).toEqual([
      { actor: `user:${id}@globex`, address: '203.0.113.7' },
      { actor: `user:${id}@system`, address: null },
      { actor: `user:${id}@system`, address: null },
    ]);
  });
});

describe('A tenant that is deleted', () => {
  it('takes its log with it; the operators’ keeps its id and its slug', async () => {
    const others = await eventsOf(acme.id);
    await platform.operator.patch('/tenants/globex', { status: 'suspended' });
    await platform.operator.request('DELETE', '/tenants/globex?immediately=true', undefined, { 'if-match': '*' });
    // One request for the tenant, not one for each of its users.
    expect(await erasures()).toContainEqual({ tenant_id: globex.id, subject: globex.id });
    expect((await erasures()).filter((one) => (one as { tenant_id: string }).tenant_id === globex.id)).toHaveLength(1);
    await followUp();
    expect(await eventsOf(globex.id)).toBe('[]');
    expect(await eventsOf(acme.id)).toBe(others);
    const [deleted] = await platform.database.query<{ target: string; details: object }>(
      `SELECT target, details FROM audit_events WHERE type = 'tenant.deleted'`,
    );
    expect(deleted).toEqual({
      target: `tenant:${globex.id}`,
      details: { slug: 'globex', deletion: expect.any(String) },
    });
  });
});

async function newUser(): Promise<string> {
  const { id } = await platform.operator.create<{ id: string }>('/tenants/acme/users', { username: randomUUID() });
  return id;
}
