import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';
import type { TenantDeletion } from './tenant-deletion.js';
import { childrenFirst } from './children-first.js';

/** Tables with a tenant from which serving may delete. The log has no such table: its own upkeep empties it. */
const listTables = statement(
  'tenant_destruction.list_tables',
  `SELECT c.relname AS name, quote_ident(c.relname) AS quoted,
          ARRAY(SELECT p.relname::text FROM pg_constraint f JOIN pg_class p ON p.oid = f.confrelid
                 WHERE f.conrelid = c.oid AND f.contype = 'f') AS parents
     FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND NOT c.relispartition
      AND has_table_privilege(c.oid, 'DELETE')
      AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
    ORDER BY c.relname`,
);
const markTenant = statement(
  'tenants.mark_destroying',
  `UPDATE tenants SET destroying = true, status = 'suspended', version = version + 1 WHERE id = $1 AND deletion_id = $2
   RETURNING id`,
);
const markDeletion = statement(
  'tenant_deletions.start',
  `UPDATE tenant_deletions SET started_at = now()
    WHERE id = $1 AND withdrawn_at IS NULL AND started_at IS NULL AND due_at <= now() RETURNING id`,
);
const destroyKey = statement(
  'tenant_data_keys.destroy',
  'DELETE FROM tenant_data_keys WHERE tenant_id = $1 RETURNING tenant_id',
);
const lockDeletion = statement(
  'tenant_deletions.lock',
  `SELECT row_counts AS "rowCounts" FROM tenant_deletions
    WHERE id = $1 AND started_at IS NOT NULL AND destroyed_at IS NULL FOR UPDATE`,
);
const setCounts = statement('tenant_deletions.set_counts', 'UPDATE tenant_deletions SET row_counts = $2 WHERE id = $1');
const deleteTenant = statement('tenants.delete', 'DELETE FROM tenants WHERE id = $1 AND destroying RETURNING id');
const finish = statement(
  'tenant_deletions.finish',
  `UPDATE tenant_deletions SET destroyed_at = $2, receipt = $3, claimed_until = NULL WHERE id = $1`,
);

export interface TenantTable {
  readonly name: string;
  readonly quoted: string;
}

/** The steps of a destruction. Each is one transaction, and each may be repeated after a crash. */
@Injectable()
export class TenantDestructionRepository {
  constructor(private readonly database: Database) {}

  /** The tables of tenants, each before those that it refers to, so that nothing is deleted by a cascade. */
  async listTables(): Promise<TenantTable[]> {
    const rows = await this.database.platformQuery<TenantTable & { parents: string[] }>(listTables, []);
    return childrenFirst(rows);
  }

  /** The first step: the data key goes, and with it everything that was sealed. @returns false when it was withdrawn */
  async start({ id, tenant }: TenantDeletion): Promise<boolean> {
    const tenantId = toTenantId(tenant);
    return this.database.transaction(tenantId, async (transaction) => {
      const [marked] = await transaction.query(markTenant, [tenantId, id]);
      if (!marked) return false;
      const [started] = await transaction.query(markDeletion, [id]);
      if (!started) throw new Error(`The deletion ${id} is not due, or has begun.`);
      const keys = await transaction.query(destroyKey, [tenantId]);
      await transaction.query(setCounts, [id, { tenant_data_keys: keys.length }]);
      return true;
    });
  }

  /** @returns how many rows were destroyed, `size` at most; 0 when none is left */
  async destroyBatch({ id, tenant }: TenantDeletion, tables: readonly TenantTable[], size: number): Promise<number> {
    const tenantId = toTenantId(tenant);
    return this.database.transaction(tenantId, async (transaction) => {
      const rowCounts = await lock(id, transaction);
      if (!rowCounts) return 0;
      let left = size;
      for (const table of tables) {
        const destroyed = await destroyRows(table, { tenantId, atMost: left }, transaction);
        if (destroyed > 0) rowCounts[table.name] = (rowCounts[table.name] ?? 0) + destroyed;
        left -= destroyed;
        if (left === 0) break;
      }
      if (left < size) await transaction.query(setCounts, [id, rowCounts]);
      return size - left;
    });
  }

  /**
   * The last step: the tenant itself goes and the receipt is kept.
   * @returns false when another process did it
   */
  async finish(
    { id, tenant }: TenantDeletion,
    at: Date,
    receiptOf: (rowCounts: Readonly<Record<string, number>>) => string,
    companion: (transaction: Transaction) => Promise<void>,
  ): Promise<boolean> {
    return this.database.transaction(toTenantId(tenant), async (transaction) => {
      const [gone] = await transaction.query(deleteTenant, [tenant]);
      const rowCounts = await lock(id, transaction);
      if (!gone || !rowCounts) return false;
      await transaction.query(finish, [id, at, receiptOf(rowCounts)]);
      await companion(transaction);
      return true;
    });
  }
}

/** The counts so far; undefined when the destruction has not begun, or is done. */
async function lock(id: string, transaction: Transaction): Promise<Record<string, number> | undefined> {
  const [row] = await transaction.query<{ rowCounts: Record<string, number> }>(lockDeletion, [id]);
  return row?.rowCounts;
}

async function destroyRows(
  { name, quoted }: TenantTable,
  { tenantId, atMost }: { readonly tenantId: TenantId; readonly atMost: number },
  transaction: Transaction,
): Promise<number> {
  const text = `WITH gone AS (
      DELETE FROM ${quoted} WHERE tenant_id = $1
         AND ctid = ANY (ARRAY(SELECT ctid FROM ${quoted} WHERE tenant_id = $1 LIMIT $2)) RETURNING 1)
    SELECT count(*)::int AS destroyed FROM gone`;
  const [row] = await transaction.query<{ destroyed: number }>(statement(`tenant_destruction.${name}`, text), [
    tenantId,
    atMost,
  ]);
  return row?.destroyed ?? 0;
}
