import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantDeletion } from './tenant-deletion.js';

const COLUMNS = `id, tenant, slug, status_before AS "statusBefore", requested_at AS "requestedAt",
  requested_by AS "requestedBy", due_at AS "dueAt", withdrawn_at AS "withdrawnAt", withdrawn_by AS "withdrawnBy",
  started_at AS "startedAt", destroyed_at AS "destroyedAt", row_counts AS "rowCounts", receipt`;
const IS_PENDING = 'withdrawn_at IS NULL AND destroyed_at IS NULL';

const create = statement(
  'tenant_deletions.create',
  `INSERT INTO tenant_deletions (id, tenant, slug, status_before, requested_by, due_at)
   VALUES ($1, $2, $3, $4, $5, now() + make_interval(days => $6::integer)) RETURNING ${COLUMNS}`,
);
const find = statement('tenant_deletions.find', `SELECT ${COLUMNS} FROM tenant_deletions WHERE id = $1`);
const list = statement(
  'tenant_deletions.list',
  `SELECT ${COLUMNS} FROM tenant_deletions WHERE $1::uuid IS NULL OR id > $1::uuid ORDER BY id LIMIT $2`,
);
const withdraw = statement(
  'tenant_deletions.withdraw',
  `UPDATE tenant_deletions SET withdrawn_at = now(), withdrawn_by = $2
    WHERE id = $1 AND ${IS_PENDING} AND started_at IS NULL RETURNING ${COLUMNS}`,
);
const claim = statement(
  'tenant_deletions.claim',
  `UPDATE tenant_deletions SET claimed_until = now() + make_interval(secs => $1::integer)
    WHERE id = (SELECT id FROM tenant_deletions
                 WHERE ${IS_PENDING} AND due_at <= now() AND coalesce(claimed_until, '-infinity') < now()
                   AND ($2::uuid IS NULL OR id = $2::uuid)
                 ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
   RETURNING ${COLUMNS}`,
);
const release = statement('tenant_deletions.release', 'UPDATE tenant_deletions SET claimed_until = NULL WHERE id = $1');

export interface NewTenantDeletion extends Pick<
  TenantDeletion,
  'id' | 'tenant' | 'slug' | 'statusBefore' | 'requestedBy'
> {
  readonly inDays: number;
}

/** Deletions of tenants, a table of the platform: for operators, who see those of all tenants. */
@Injectable()
export class TenantDeletionsRepository {
  constructor(private readonly database: Database) {}

  /** @throws a unique violation when the tenant has a pending one */
  async create(deletion: NewTenantDeletion, transaction: Transaction): Promise<TenantDeletion | undefined> {
    const { id, tenant, slug, statusBefore, requestedBy, inDays } = deletion;
    const values = [id, tenant, slug, statusBefore, requestedBy, inDays];
    return (await transaction.query<TenantDeletion>(create, values))[0];
  }

  async find(id: string): Promise<TenantDeletion | undefined> {
    return (await this.database.platformQuery<TenantDeletion>(find, [id]))[0];
  }

  /** In the order in which they were asked for (ids are time-ordered), after the given id. */
  async list(page: { readonly after: string | undefined; readonly limit: number }): Promise<TenantDeletion[]> {
    return this.database.platformQuery<TenantDeletion>(list, [page.after ?? null, page.limit]);
  }

  /** @returns undefined when it has begun or is no longer pending */
  async withdraw(id: string, by: string, transaction: Transaction): Promise<TenantDeletion | undefined> {
    return (await transaction.query<TenantDeletion>(withdraw, [id, by]))[0];
  }

  /** One deletion whose time has come, for this process alone. @param id a certain one */
  async claim(seconds: number, id?: string): Promise<TenantDeletion | undefined> {
    return (await this.database.platformQuery<TenantDeletion>(claim, [seconds, id ?? null]))[0];
  }

  async release(id: string): Promise<void> {
    await this.database.platformQuery(release, [id]);
  }
}
