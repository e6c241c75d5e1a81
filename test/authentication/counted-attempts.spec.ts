import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { type Attempt, AttemptLimiter } from '../../src/authentication/attempt-limiter.js';
import { Database } from '../../src/database/database.js';
import { statement } from '../../src/database/statement.js';
import { type TenantId, toTenantId } from '../../src/database/tenant-id.js';
import { givenPlatform } from '../support/given.js';

const NETWORK = '192.0.2.1';
const ELSEWHERE = '198.51.100.1';

const platform = givenPlatform();
let limiter: AttemptLimiter;
let tenantId: TenantId;

beforeAll(async () => {
  limiter = platform.application.nest.get(AttemptLimiter);
  const tenant = { slug: 'acme', display_name: 'Acme' };
  tenantId = toTenantId((await platform.operator.create<{ id: string }>('/tenants', tenant)).id);
});
beforeEach(() => platform.database.query('DELETE FROM sign_in_attempts'));

function attempt(over: Partial<Attempt> = {}): Attempt {
  return { identifier: 'alice', address: NETWORK, device: undefined, ...over };
}

function begin(over?: Partial<Attempt>) {
  const database = platform.application.nest.get(Database);
  return database.pipeline(tenantId, (transaction) => limiter.begin(tenantId, attempt(over), transaction));
}

function succeed({ counted }: Awaited<ReturnType<typeof begin>>) {
  const database = platform.application.nest.get(Database);
  return database.pipeline(tenantId, (transaction) => limiter.succeed(tenantId, counted, transaction));
}

/** What is counted at `NETWORK` and with the device `own`. */
async function failures() {
  const text = 'SELECT failures FROM sign_in_attempts WHERE tenant_id = $1 AND bucket = $2';
  const of = async (bucket: string) => {
    const digest = createHash('sha256').update(bucket).digest();
    return (await platform.database.query<{ failures: number }>(text, [tenantId, digest]))[0]?.failures ?? 0;
  };
  return {
    device: await of('device\nown\nalice'),
    origin: await of(`origin\n${NETWORK}\nalice`),
    address: await of(`address\n${NETWORK}`),
    account: await of('account\nalice'),
  };
}

describe('An attempt', () => {
  it('counts for the network, the account, and both together', async () => {
    await begin({ device: 'own' });
    expect(await failures()).toEqual({ device: 0, origin: 1, address: 1, account: 1 });
  });

  it('counts for the network, but not for the account, where its owner signed in before', async () => {
    await succeed(await begin());
    await begin({ device: 'own' });
    expect(await failures()).toEqual({ device: 0, origin: 1, address: 1, account: 0 });
  });

  it('counts for nothing but the device with which its owner signed in before, wherever it is', async () => {
    await succeed(await begin({ device: 'own', address: ELSEWHERE }));
    await begin({ device: 'own' });
    expect(await failures()).toEqual({ device: 1, origin: 0, address: 0, account: 0 });
  });

  it('counts for the network when the device is known for another account only', async () => {
    await succeed(await begin({ device: 'own', identifier: 'mallory' }));
    await begin({ device: 'own' });
    expect(await failures()).toEqual({ device: 0, origin: 1, address: 1, account: 1 });
  });
});

describe('What was counted', () => {
  const hoursPass = (hours: number) =>
    platform.database.query(
      `UPDATE sign_in_attempts SET next_attempt_at = next_attempt_at - make_interval(hours => $1),
              faded_at = faded_at - make_interval(hours => $1), expires_at = expires_at - make_interval(hours => $1)`,
      [hours],
    );
  const fill = async (count: number) => {
    for (let guess = 0; guess < count; guess += 1) await begin({ identifier: `guess-${guess}` });
  };

  it('at a network fades by a hundred a day, though attempts go on', async () => {
    await fill(60);
    for (const left of [49, 37, 26, 14, 3, 1]) {
      await hoursPass(3); // 12.5 fade, and the half is not lost
      const { waitSeconds } = await begin();
      expect([waitSeconds, (await failures()).address]).toEqual([undefined, left]);
      await platform.database.query('DELETE FROM sign_in_attempts WHERE allowance <> 100');
    }
  });

  it('lets a network that is slowed down try freely again, though it is tried on and on', async () => {
    await fill(104);
    expect((await begin({ identifier: 'bob' })).waitSeconds).toBeGreaterThan(0);
    await hoursPass(1);
    for (let attempts = 0; attempts < 3; attempts += 1) {
      expect((await begin({ identifier: `carol-${attempts}` })).waitSeconds).toBeUndefined();
    }
  });

  it('fades by ten a day for an account from one network, and not at once', async () => {
    for (let guess = 0; guess < 10; guess += 1) expect((await begin()).waitSeconds).toBeUndefined();
    expect((await begin()).waitSeconds).toBeGreaterThan(0);
    await hoursPass(5); // 2.1 fade
    for (const free of [true, true, false]) expect((await begin()).waitSeconds === undefined).toBe(free);
  });

  it('fades for an account from one network while each attempt there is refused', async () => {
    for (let guess = 0; guess < 10; guess += 1) await begin();
    for (let hour = 0; hour < 8; hour += 1) {
      await hoursPass(1);
      await platform.database.query(
        `UPDATE sign_in_attempts SET next_attempt_at = now() + interval '1 minute' WHERE allowance = 10`,
      );
      expect((await begin()).waitSeconds).toBeGreaterThan(0);
    }
    expect((await failures()).origin).toBe(7); // 3.3 fade
  });

  it('does not grow for an attempt that began before the one it waited for', async () => {
    const database = platform.application.nest.get(Database);
    const clock = statement('test.clock', 'SELECT now()');
    await database.transaction(tenantId, async (transaction) => {
      await transaction.query(clock, []);
      await begin();
      await limiter.begin(tenantId, attempt(), transaction);
    });
    expect(await failures()).toEqual({ device: 0, origin: 2, address: 2, account: 2 });
  });
});

describe('A success', () => {
  it.each<[string, Partial<Attempt>, object]>([
    ['an unknown place', {}, { address: 2, account: 2 }],
    ['a known network', { address: NETWORK, device: 'another' }, { address: 2, account: 0 }],
    ['a known device', { address: ELSEWHERE, device: 'own' }, { address: 2, account: 2 }],
  ])('at %s takes back its own attempt and no more', async (_, before, left) => {
    if (before.address !== undefined) await succeed(await begin(before));
    for (let guesses = 0; guesses < 2; guesses += 1) await begin();
    await succeed(await begin({ device: 'own' }));
    expect(await failures()).toEqual({ device: 0, origin: 0, ...left });
  });

  it('takes it back although another one made the place known meanwhile', async () => {
    const both = [await begin({ device: 'own' }), await begin({ device: 'own' })];
    expect(await failures()).toEqual({ device: 0, origin: 2, address: 2, account: 2 });
    for (const each of both) await succeed(each);
    expect(await failures()).toEqual({ device: 0, origin: 0, address: 0, account: 0 });
  });
});
