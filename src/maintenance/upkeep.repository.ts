import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';

const expiringTables = statement('upkeep.expiring_tables', 'SELECT expiring_tables() AS name');
const sweep = statement('upkeep.sweep', 'SELECT sweep_expired($1::text, $2::integer) AS removed');
const preparePartitions = statement('upkeep.prepare_partitions', 'SELECT prepare_audit_partitions() AS created');
const dropPartitions = statement('upkeep.drop_partitions', 'SELECT drop_audit_partitions($1) AS dropped');
const removeOldEvents = statement(
  'upkeep.remove_old_events',
  'SELECT removed, last FROM remove_old_audit_events($1, $2, $3, $4)',
);
const eraseEvents = statement('upkeep.erase_events', 'SELECT erase_audit_events($1) AS changed');

/** Maintenance for all tenants. Each method calls a function of the tables' owner that does only this. */
@Injectable()
export class UpkeepRepository {
  constructor(private readonly database: Database) {}

  /** The tables whose rows expire. */
  async expiringTables(): Promise<string[]> {
    const rows = await this.database.platformQuery<{ name: string }>(expiringTables, []);
    return rows.map(({ name }) => name);
  }

  /** Removes rows of this table that expired more than a day ago. @returns how many, `batch` at most */
  async sweep(table: string, batch: number): Promise<number> {
    const [row] = await this.database.platformQuery<{ removed: number }>(sweep, [table, batch]);
    return row?.removed ?? 0;
  }

  /** Makes the audit log's partitions of this month and the next two. @returns how many were missing */
  async preparePartitions(): Promise<number> {
    const [row] = await this.database.platformQuery<{ created: number }>(preparePartitions, []);
    return row?.created ?? 0;
  }

  /** Drops the partitions that no tenant keeps any more. @returns how many */
  async dropPartitions(longestDays: number): Promise<number> {
    const [row] = await this.database.platformQuery<{ dropped: number }>(dropPartitions, [longestDays]);
    return row?.dropped ?? 0;
  }

  /**
   * Removes what tenants do not keep any more, in the order of their ids after the given one.
   * @returns how many rows, `batch` at most, and where to go on; no `last`: all tenants were seen
   */
  async removeOldEvents(
    after: string | undefined,
    atMost: { readonly tenants: number; readonly batch: number; readonly longestDays: number },
  ): Promise<{ readonly removed: number; readonly last: string | undefined }> {
    const values = [after ?? null, atMost.tenants, atMost.batch, atMost.longestDays];
    const [row] = await this.database.platformQuery<{ removed: number; last: string | null }>(removeOldEvents, values);
    return { removed: row?.removed ?? 0, last: row?.last ?? undefined };
  }

  /** Goes on with the erasure of deleted users and tenants from the log. @returns 0 when nothing is left to do */
  async eraseEvents(batch: number): Promise<number> {
    const [row] = await this.database.platformQuery<{ changed: number }>(eraseEvents, [batch]);
    return row?.changed ?? 0;
  }
}
