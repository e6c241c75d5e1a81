import type { Socket } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { isUuid } from '../crypto/uuid.js';
import type { TenantId } from './tenant-id.js';
import type { Statement, Transaction } from './statement.js';

/**
 * The only way to a row. Tenants' tables are reached inside a transaction that names the tenant to row-level
 * security (`SET LOCAL app.tenant_id`); without it the database shows and takes nothing.
 */
@Injectable()
export class Database {
  private readonly pool: Pool;

  constructor(private readonly dataSource: DataSource) {
    this.pool = (dataSource.driver as unknown as { master: Pool }).master;
  }

  /** One statement for one tenant, in one round trip. */
  query<Row extends QueryResultRow>(
    tenantId: TenantId,
    statement: Statement,
    values: readonly unknown[],
  ): Promise<Row[]> {
    return this.together(tenantId, (transaction) => transaction.query<Row>(statement, values));
  }

  /**
   * Statements for one tenant that need nothing of each other's answers, in one transaction and one round trip: begin,
   * statements and commit are sent together, and the answers are given after the commit. So `work` sends all it has
   * before it first waits; what comes later is refused.
   */
  async together<Result>(tenantId: TenantId, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    try {
      const { transaction, end } = endable(onClient(client));
      // A failed statement turns the commit into a rollback, so its own error is the one to report.
      const [, result] = await inOnePacket(client, () => {
        const begun = client.query(beginFor(tenantId));
        const worked = (async () => work(transaction))(); // even if it throws, the commit follows
        const answers = [begun, worked, client.query('COMMIT')] as const;
        end();
        return Promise.all(answers);
      });
      return result;
    } finally {
      client.release();
    }
  }

  /** Several statements for one tenant that hold or fail together. */
  async transaction<Result>(tenantId: TenantId, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    try {
      const [, result] = await inOnePacket(client, () =>
        Promise.all([client.query(beginFor(tenantId)), work(onClient(client))]),
      );
      await client.query('COMMIT');
      return result;
    } catch (error) {
      // On a lost connection the server rolls back by itself, and the first error is the one to report.
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }

  /** The same for administration: TypeORM's repositories, in a transaction of one tenant. */
  async entities<Result>(
    tenantId: TenantId,
    work: (manager: EntityManager, transaction: Transaction) => Promise<Result>,
  ): Promise<Result> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query(setTenant(tenantId));
      const client = (await manager.queryRunner?.connect()) as PoolClient;
      return work(manager, onClient(client));
    });
  }

  /** Platform tables only (tenants, settings): they are outside row-level security. */
  get platform(): EntityManager {
    return this.dataSource.manager;
  }

  /** A statement on platform tables, or one whose policies name no tenant. */
  async platformQuery<Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    return (await this.pool.query<Row>(prepared(statement, values))).rows;
  }
}

/**
 * Sends what is asked within `send` together. Each message is a system call otherwise, and those are most of what a
 * statement costs this process.
 */
function inOnePacket<Result>(client: PoolClient, send: () => Result): Result {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Socket } }).connection;
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
      (await client.query<Row>(prepared(statement, values))).rows,
  };
}

/** A transaction whose commit is on its way takes no more statements: they would run outside of it. */
function endable(transaction: Transaction): { readonly transaction: Transaction; readonly end: () => void } {
  let ended = false;
  return {
    transaction: {
      query: async (statement, values) => {
        if (ended) throw new Error(`${statement.name} came after the commit.`);
        return transaction.query(statement, values);
      },
    },
    end: () => (ended = true),
  };
}

function beginFor(tenantId: TenantId): string {
  return `BEGIN; ${setTenant(tenantId)}`;
}

/** `SET` takes no parameters, so the value is checked before it becomes part of the text. */
function setTenant(tenantId: TenantId): string {
  if (!isUuid(tenantId)) throw new Error('A tenant id must be a lower-case UUID.');
  return `SET LOCAL app.tenant_id = '${tenantId}'`;
}

function prepared(statement: Statement, values: readonly unknown[]) {
  return { name: statement.name, text: statement.text, values: values as unknown[] };
}
