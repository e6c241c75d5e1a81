import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AuditEventsRepository } from '../../src/audit/audit-events.repository.js';
import { AuditRecorder } from '../../src/audit/audit-recorder.js';
import { UnsealedLogs } from '../../src/audit/unsealed-logs.js';
import type { AuditEventRow } from '../../src/audit/audit-row.js';
import { toTenantId, type TenantId } from '../../src/database/tenant-id.js';
import { send } from '../support/http.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { clientCredentials } from '../support/tenant-fixture.js';

const platform = givenPlatform({ makesUpEvents: true });
const acme = givenTenant(platform, 'acme');
const trusting = givenTenant(platform, 'trusting', { allow_unrecorded_tokens: true });
let recorder: AuditRecorder;
let repository: AuditEventsRepository;

beforeAll(async () => {
  recorder = platform.application.nest.get(AuditRecorder);
  repository = platform.application.nest.get(AuditEventsRepository);
});
afterEach(() => void jest.restoreAllMocks());

const event = (target: string) =>
  ({ tenantId: toTenantId(acme.id), type: 'token.issued', outcome: 'success', target }) as const;

const targets = async (prefix: string) =>
  (
    await platform.database.query<{ target: string }>(
      `SELECT target FROM audit_events WHERE target LIKE $1 ORDER BY target`,
      [`${prefix}:%`],
    )
  ).map(({ target }) => target);

/** A recorder on a store that does what it is told. */
function recorderOn(append: (events: readonly AuditEventRow[]) => Promise<void>): AuditRecorder {
  return new AuditRecorder({ append } as AuditEventsRepository, new UnsealedLogs());
}

async function untilCalled(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

describe('Writing the audit log', () => {
  it('goes on after an answer was lost, and has each event once', async () => {
    let lost = 0;
    const forgetful = recorderOn(async (rows) => {
      await repository.append(rows);
      if ((lost += 1) <= 2) throw new Error('The answer was lost.');
    });
    for (let index = 0; index < 1500; index += 1) forgetful.record(event(`lost:${String(index).padStart(4, '0')}`));
    await forgetful.flush();
    expect(forgetful.waiting).toBe(1500);
    await forgetful.flush();
    expect([forgetful.waiting, forgetful.recorded, forgetful.lost]).toEqual([0, 1500, 0]);
    expect(await targets('lost')).toHaveLength(1500);
  });

  it('is not held up by an event that cannot be stored, which is counted', async () => {
    const own = recorderOn((rows) => repository.append(rows));
    for (let index = 0; index < 20; index += 1) own.record(event(`bad:${String(index).padStart(2, '0')}`));
    own.record({ ...event('bad:tenant'), tenantId: 'nobody' as TenantId });
    own.record({ ...event('bad:circle'), details: { number: 1n } });
    own.record({ ...event('bad:null\u0000 character'), details: { 'a\u0000': ['b\u0000', '\ud800'] } });
    own.record({ ...event('bad:user'), userId: "'; nothing of ours" });
    await own.flush();
    expect([own.waiting, own.recorded, own.lost]).toEqual([0, 22, 2]);
    expect(await targets('bad')).toHaveLength(22);
    const [row] = await platform.database.query(`SELECT details FROM audit_events WHERE target = 'bad:null character'`);
    expect(row).toEqual({ details: { a: ['b', '\ufffd'] } });
  });

  it('notices without a timer that events are overdue', async () => {
    const written: number[] = [];
    const own = recorderOn(async (rows) => void written.push(rows.length));
    const clock = jest.spyOn(performance, 'now').mockReturnValue(1000);
    own.record(event('due:1'));
    await Promise.resolve();
    expect(written).toEqual([]);
    clock.mockReturnValue(1060);
    own.record(event('due:2'));
    await Promise.resolve();
    expect(written).toEqual([2]);
  });

  it('sends the next batch while the one before is slow', async () => {
    const answers: (() => void)[] = [];
    let isSlow = true;
    const own = recorderOn(async () => {
      if (isSlow) await new Promise<void>((resolve) => answers.push(resolve));
    });
    const clock = jest.spyOn(performance, 'now').mockReturnValue(1000);
    for (let at = 1000; at < 1200; at += 60) {
      clock.mockReturnValue(at);
      own.record(event('slow:1'));
      clock.mockReturnValue(at + 55);
      own.record(event('slow:2'));
      await Promise.resolve();
    }
    expect(answers).toHaveLength(3);
    isSlow = false;
    for (const answer of answers) answer();
    await own.flush();
    expect([own.recorded, own.waiting]).toEqual([8, 0]);
  });

  it('is waited for as far as it was recorded before, also while more and more comes', async () => {
    let isBusy = true;
    const own = recorderOn(async () => {
      await Promise.resolve();
      if (isBusy) own.record(event('endless'));
    });
    for (let index = 0; index < 5000; index += 1) own.record(event('before'));
    await own.flush();
    expect(own.recorded).toBeGreaterThanOrEqual(5000);
    isBusy = false;
    await own.flush();
    expect(own.waiting).toBe(0);
  });

  it('is healthy until events have waited for seconds, and again when they are written', async () => {
    let away = true;
    const own = recorderOn(async () => {
      if (away) throw new Error('away');
    });
    const clock = jest.spyOn(performance, 'now').mockReturnValue(1000);
    own.record(event('ill:1'));
    await own.flush();
    expect(own.healthy).toBe(true);
    await own.requireRoom();
    clock.mockReturnValue(6000);
    expect(own.healthy).toBe(false);
    await expect(own.requireRoom()).rejects.toThrow('try again');
    away = false;
    await own.flush();
    expect(own.healthy).toBe(true);
    await own.requireRoom();
  });

  it('is waited for once events are older than 100 ms, so that a process that is killed loses no more', async () => {
    const answers: (() => void)[] = [];
    const own = recorderOn(() => new Promise((resolve) => answers.push(resolve)));
    const clock = jest.spyOn(performance, 'now').mockReturnValue(1000);
    own.record(event('behind:1'));
    clock.mockReturnValue(1090);
    await own.requireRoom();
    own.record(event('behind:2'));
    clock.mockReturnValue(1110);
    const steps: string[] = [];
    const issued = Promise.all([1, 2].map(() => own.requireRoom().then(() => steps.push('issued'))));
    await untilCalled(() => answers.length > 0);
    steps.push('written');
    for (const answer of answers) answer();
    await issued;
    expect(steps).toEqual(['written', 'issued', 'issued']);
    expect(own.recorded).toBe(2);
  });

  it('lets what waits for it go on after a failure as soon as it is written, and refuses it when it is not', async () => {
    let away = true;
    const own = recorderOn(async () => {
      if (away) throw new Error('away');
    });
    const clock = jest.spyOn(performance, 'now').mockReturnValue(1000);
    own.record(event('behind:1'));
    await own.flush();
    clock.mockReturnValue(1110);
    const issued = own.requireRoom();
    away = false;
    await issued;
    expect(own.recorded).toBe(1);

    away = true;
    own.record(event('behind:2'));
    clock.mockReturnValue(2000);
    const refused = expect(own.requireRoom()).rejects.toThrow('try again');
    clock.mockReturnValue(3200);
    await own.flush();
    await refused;
    away = false;
    await own.flush();
  });

  it('gives up within its limit when the process stops, and counts what is lost', async () => {
    const own = recorderOn(() => new Promise(() => undefined));
    own.record(event('stuck:1'));
    await own.close(10);
    expect(own.lost).toBe(1);
  });
});

describe('While the log is full', () => {
  const JWT = { scope: 'orders:read' };
  const OPAQUE = { scope: 'stock:read' };

  beforeAll(async () => {
    for (const tenant of [acme, trusting]) await clientCredentials(tenant, JWT);
    await recorder.flush();
  });

  it('what only it would know of is refused, unless the tenant allows it; the rest goes on', async () => {
    const append = jest.spyOn(repository, 'append').mockRejectedValue(new Error('away'));
    const known = recorder.lost;
    while (recorder.waiting < 18_000) recorder.record(event('full:1'));
    recorder.record({ ...event('full:refused'), outcome: 'failure' });
    expect(recorder.lost).toBe(known + 1);

    const refused = await clientCredentials(acme, JWT);
    expect([refused.status, refused.json()['error']]).toEqual([503, 'temporarily_unavailable']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await clientCredentials(trusting, JWT)).status).toBe(200);
    expect((await clientCredentials(acme, OPAQUE)).status).toBe(200);

    append.mockRestore();
    while (recorder.waiting > 0) await recorder.flush();
    expect(recorder.waiting).toBe(0);
    expect((await clientCredentials(acme, JWT)).status).toBe(200);
  });

  it('the process is not ready', async () => {
    jest.spyOn(recorder, 'healthy', 'get').mockReturnValue(false);
    const ready = () => send(`${platform.url}/health/ready`);
    const refused = await ready();
    expect([refused.status, refused.json()['audit']]).toEqual([503, 'unwritten']);
    jest.restoreAllMocks();
    // Other parts may have reasons of their own on a busy machine.
    expect((await ready()).json()).not.toHaveProperty('audit');
  });
});
