import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from '../../src/database/database.js';
import { isUnavailable } from '../../src/database/database-error.js';
import { statement } from '../../src/database/statement.js';
import { createServingRole } from '../support/production.js';
import { ACME, DirectDatabase } from '../support/direct-database.js';

/** Goes on until something ends it: the server's limit, or what the test does. */
const wait = statement('test.wait', 'SELECT pg_sleep(600)');
const one = statement('test.one', 'SELECT 1 AS one');
const keep = statement(
  'test.keep',
  `INSERT INTO revoked_access_tokens (tenant_id, jti, expires_at) VALUES ($1, gen_random_uuid(), now())`,
);

/** Every way to the database, with a statement that takes a while. */
const WAYS: Readonly<Record<string, (database: Database) => Promise<unknown>>> = {
  query: (database) => database.query(ACME, wait, []),
  pipeline: (database) => database.pipeline(ACME, (transaction) => transaction.query(wait, [])),
  transaction: (database) => database.transaction(ACME, (transaction) => transaction.query(wait, [])),
  'transaction, later on': (database) =>
    database.transaction(ACME, async (transaction) => {
      await transaction.query(one, []);
      await transaction.query(wait, []);
      await transaction.query(one, []);
    }),
  entities: (database) => database.entities(ACME, (manager) => manager.query(wait.text)),
  'entities, later on': (database) =>
    database.entities(ACME, async (manager, transaction) => {
      await manager.query(wait.text);
      await transaction.query(one, []);
    }),
  platform: (database) => database.platform.query(wait.text),
  platformQuery: (database) => database.platformQuery(wait, []),
};

let direct: DirectDatabase;

const works = async () => expect(await direct.database.query(ACME, one, [])).toEqual([{ one: 1 }]);
const failure = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a connection in use', () => {
  beforeAll(async () => {
    // All of them are to be under way at once, also on a machine that takes seconds to begin them.
    direct = await DirectDatabase.open({ poolSize: Object.keys(WAYS).length, statementTimeoutMs: 10_000 });
  });
  afterAll(() => direct.close());

  it.each(Object.entries(WAYS))('by %s that the server ends fails that statement and nothing else', async (_, way) => {
    const failed = failure(way(direct.database));
    const [pid] = await direct.running(wait.text);
    await direct.owner.query('SELECT pg_terminate_backend($1)', [pid]);
    expect(isUnavailable(await failed)).toBe(true);
    await works();
  });

  it.each(Object.entries(WAYS))('by %s that breaks fails that statement and nothing else', async (_, way) => {
    const failed = failure(way(direct.database));
    await direct.running(wait.text);
    direct.cable.interrupt();
    expect(isUnavailable(await failed)).toBe(true);
    direct.cable.restore();
    await works();
  });

  it('in any way that freezes is given up, and another one is used', async () => {
    const ways = Object.values(WAYS);
    const failed = Promise.all(ways.map((way) => failure(way(direct.database))));
    await direct.running(wait.text, ways.length);
    direct.cable.freeze();
    expect((await failed).map(isUnavailable)).toEqual(ways.map(() => true));
    await works();
  });
});

describe('connections that lie idle', () => {
  afterEach(() => direct.close());
  beforeEach(async () => {
    direct = await DirectDatabase.open();
    await Promise.all(Array.from({ length: 4 }, () => direct.database.query(ACME, one, [])));
    expect(direct.database.poolStatistics).toEqual({ total: 4, idle: 4, waiting: 0 });
  });

  it('and freeze cost one statement at most', async () => {
    direct.cable.freeze();
    const first = await failure(direct.database.query(ACME, one, []));
    expect(first === undefined || isUnavailable(first)).toBe(true);
    await Promise.all(Array.from({ length: 8 }, works));
  });

  it('and are ended by the server cost one statement at most', async () => {
    await direct.owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    const first = await failure(direct.database.query(ACME, one, []));
    expect(first === undefined || isUnavailable(first)).toBe(true);
    await Promise.all(Array.from({ length: 8 }, works));
  });
});

describe('a commit whose answer is lost', () => {
  afterEach(() => direct.close());
  beforeEach(async () => {
    direct = await DirectDatabase.open();
  });
  const kept = async () =>
    (await direct.owner.query<{ kept: number }>('SELECT count(*)::int AS kept FROM revoked_access_tokens'))[0]?.kept;

  it('is never reported as done, although it may be', async () => {
    const failed = await failure(
      direct.database.transaction(ACME, async (transaction) => {
        await transaction.query(keep, [ACME]);
        direct.cable.loseAnswers();
      }),
    );
    expect([isUnavailable(failed), await kept()]).toEqual([true, 1]);
  });

  it('is never reported as done through TypeORM', async () => {
    const failed = await failure(
      direct.database.entities(ACME, async (_, transaction) => {
        await transaction.query(keep, [ACME]);
        direct.cable.loseAnswers();
      }),
    );
    expect([isUnavailable(failed), await kept()]).toEqual([true, 1]);
  });
});

describe('a transaction in which a failed statement was overlooked', () => {
  afterEach(() => direct.close());
  beforeEach(async () => {
    direct = await DirectDatabase.open();
  });
  const fail = statement('test.fail', 'SELECT 1 / $1::int');

  it.each(['pipeline', 'transaction'] as const)('is not reported as done by %s', async (way) => {
    const work = direct.database[way](ACME, async (transaction) => {
      await Promise.allSettled([transaction.query(keep, [ACME]), transaction.query(fail, [0])]);
    });
    await expect(work).rejects.toThrow();
  });
});

describe('a server with fewer connections than the pool wants', () => {
  afterEach(() => direct.close());
  beforeEach(async () => {
    direct = await DirectDatabase.open({
      poolSize: 8,
      url: async (owner) => {
        const url = await createServingRole(owner);
        await owner.query(`ALTER ROLE ${new URL(url).username} CONNECTION LIMIT 2`);
        return url;
      },
    });
  });

  it('serves every request with those it has', async () => {
    await Promise.all(Array.from({ length: 16 }, works));
    expect(direct.database.poolStatistics.total).toBeLessThanOrEqual(2);
  });
});
