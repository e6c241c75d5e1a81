import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient, QueryResultRow, Submittable } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { isUuid } from '../crypto/uuid.js';
import { spoilsConnection } from './database-error.js';
import type { GuardedClient } from './pool-client.js';
import type { TenantId } from './tenant-id.js';
import type { Statement, Transaction } from './statement.js';
import { type BoundStatement, type Rows, TenantBatch } from './tenant-batch.js';
import { Turns } from './turns.js';

/** Changes by administration wait for each other's locks; half of the connections is for them. */
const SHARE_OF_CHANGES = 0.5;
const CHANGE_DEADLINE_MS = 10_000;
const MAX_WAITING_CHANGES = 1000;

/**
 * The only access to rows. Tables of tenants are read and written in a transaction that names the tenant to row-level
 * security (`app.tenant_id`); without it the database returns and accepts no rows. Whatever happens to a connection
 * becomes an error that `isUnavailable` recognises: no connection in time, a broken one, or no answer. A commit whose
 * answer was lost is such an error too; whether it took effect is unknown.
 */
@Injectable()
export class Database {
  private readonly pool: Pool;
  private readonly lookups = new Map<TenantId, Asked[]>();
  private readonly changes: Turns;

  constructor(private readonly dataSource: DataSource) {
    this.pool = (dataSource.driver as unknown as { master: Pool }).master;
    this.changes = new Turns({
      atOnce: Math.max(1, Math.floor(this.pool.options.max * SHARE_OF_CHANGES)),
      deadlineMs: CHANGE_DEADLINE_MS,
      waiting: MAX_WAITING_CHANGES,
    });
  }

  /** Connections of this process: open, of those free, and requests that wait for one. */
  get poolStatistics(): { readonly total: number; readonly idle: number; readonly waiting: number } {
    const { totalCount: total, idleCount: idle, waitingCount: waiting } = this.pool;
    return { total, idle, waiting };
  }

  /** One statement for one tenant, in one round trip. */
  async query<Row extends QueryResultRow>(
    tenantId: TenantId,
    statement: Statement,
    values: readonly unknown[],
  ): Promise<Row[]> {
    const [rows] = await this.send(tenantId, [{ statement, values }]);
    return rows as Row[];
  }

  /** A read that fills a cache. Reads for the same tenant in one turn of the event loop share one round trip. */
  lookup<Row extends QueryResultRow>(
    tenantId: TenantId,
    statement: Statement,
    values: readonly unknown[],
  ): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      const asked = this.lookups.get(tenantId) ?? [];
      if (asked.length === 0) {
        this.lookups.set(tenantId, asked);
        process.nextTick(() => {
          this.lookups.delete(tenantId);
          this.answer(tenantId, asked).catch(() => undefined); // each of those who asked is told
        });
      }
      asked.push({ statement, values, answer: { resolve: (rows) => resolve(rows as Row[]), reject } });
    });
  }

  /**
   * Independent statements for one tenant, in one transaction and one round trip (pipelining). They are sent together,
   * and results are returned after the commit. So `work` must send all of them before it first waits; a later one is
   * refused.
   */
  async pipeline<Result>(tenantId: TenantId, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const asked: Asked[] = [];
    const { transaction, end } = endable({
      query: <Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]) =>
        new Promise<Row[]>((resolve, reject) => {
          asked.push({ statement, values, answer: { resolve: (rows) => resolve(rows as Row[]), reject } });
        }),
    });
    const worked = (async () => work(transaction))(); // even if it throws, what it asked for is sent
    end();
    const answered = asked.length === 0 ? undefined : this.answer(tenantId, asked);
    // Even when `work` caught an error, the transaction was rolled back.
    const [result] = await Promise.all([worked, answered]);
    return result;
  }

  /** Several statements for one tenant that hold or fail together. */
  async transaction<Result>(tenantId: TenantId, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.withClient((client) => inTransaction(client, tenantId, work));
  }

  /** The same for administration: TypeORM's repositories, in a transaction of one tenant. */
  async entities<Result>(
    tenantId: TenantId,
    work: (manager: EntityManager, transaction: Transaction) => Promise<Result>,
  ): Promise<Result> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      // TypeORM finds itself inside a transaction, so it begins none for what it writes in several statements.
      Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
      return await inTransaction(client, tenantId, (transaction) => work(runner.manager, transaction));
    } finally {
      await runner.release();
    }
  }

  /** The same for a change by administration, which takes its turn: a burst of them queues and does not fail. */
  change<Result>(
    tenantId: TenantId,
    work: (manager: EntityManager, transaction: Transaction) => Promise<Result>,
  ): Promise<Result> {
    return this.changes.take(() => this.entities(tenantId, work));
  }

  /** Platform tables only (tenants, settings): they are outside row-level security. */
  get platform(): EntityManager {
    return this.dataSource.manager;
  }

  /** A statement on platform tables, or one whose policies name no tenant. */
  async platformQuery<Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    return this.withClient((client) => onClient(client).query<Row>(statement, values));
  }

  private async answer(tenantId: TenantId, asked: readonly Asked[]): Promise<void> {
    try {
      const results = await this.send(tenantId, asked);
      asked.forEach(({ answer }, index) => answer.resolve(results[index] ?? []));
    } catch (error) {
      for (const { answer } of asked) answer.reject(error);
      throw error;
    }
  }

  private send(tenantId: TenantId, statements: readonly BoundStatement[]): Promise<readonly Rows[]> {
    return this.withClient(
      (client) =>
        new Promise((resolve, reject) => {
          const callback = (error: Error | null, results: readonly Rows[] | undefined) =>
            results ? resolve(results) : reject(error ?? new Error('The database gave no answer.'));
          client.query(new TenantBatch(tenantId, statements, callback) as unknown as Submittable);
        }),
    );
  }

  private async withClient<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    try {
      return await work(client);
    } catch (error) {
      if (spoilsConnection(error)) sever(client);
      throw error;
    } finally {
      client.release(isBroken(client));
    }
  }
}

interface Asked extends BoundStatement {
  readonly answer: {
    resolve(rows: Rows): void;
    reject(error: unknown): void;
  };
}

/**
 * Begins a transaction. BEGIN and the setting of the tenant are two messages of one packet, followed by the first
 * statements of `work`.
 */
async function inTransaction<Result>(
  client: PoolClient,
  tenantId: TenantId,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const { transaction, end } = endable(onClient(client));
  const setTenant = setTenantText(tenantId);
  try {
    const [, , result] = await inOnePacket(client, () =>
      Promise.all([client.query('BEGIN'), client.query(setTenant), work(transaction)]),
    );
    end();
    const { command } = await client.query('COMMIT');
    if (command !== 'COMMIT') throw new Error('A statement had failed unnoticed, so the transaction was undone.');
    return result;
  } catch (error) {
    end();
    if (spoilsConnection(error)) sever(client);
    // When ROLLBACK cannot be sent, the server rolls back by itself. The first error is reported.
    else await client.query('ROLLBACK').catch(() => sever(client));
    throw error;
  }
}

/**
 * Sends all statements that `send` issues in one packet. Each packet is a system call, and those are most of what a
 * statement costs this process.
 */
function inOnePacket<Result>(client: PoolClient, send: () => Result): Result {
  const { stream } = client.connection;
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}

function onClient(client: PoolClient): Transaction {
  return {
    query: async <Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]) =>
      (await client.query<Row>({ name: statement.name, text: statement.text, values: values as unknown[] })).rows,
  };
}

/** Refuses statements once COMMIT or ROLLBACK was sent: they would run outside of the transaction. */
function endable(transaction: Transaction): { readonly transaction: Transaction; readonly end: () => void } {
  let ended = false;
  return {
    transaction: {
      query: (statement, values) => {
        const late = () => Promise.reject(new Error(`${statement.name} came after the commit.`));
        const answer = ended ? late() : transaction.query(statement, values);
        answer.catch(() => undefined); // whoever asked may have stopped waiting for an earlier one's failure
        return answer as never;
      },
    },
    end: () => (ended = true),
  };
}

/** `SET` takes no parameters, so the value is checked before it becomes part of the text. */
function setTenantText(tenantId: TenantId): string {
  if (!isUuid(tenantId)) throw new Error('A tenant id must be a lower-case UUID.');
  return `SET LOCAL app.tenant_id = '${tenantId}'`;
}

/** Closes the connection, so that it is not used again. */
function sever(client: PoolClient): void {
  (client as unknown as GuardedClient).sever();
}

function isBroken(client: PoolClient): boolean {
  return (client as unknown as GuardedClient).isBroken;
}
