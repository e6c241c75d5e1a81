import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';

const findState = statement(
  'platform_settings.find_master_key',
  `SELECT (SELECT value #>> '{}' FROM platform_settings WHERE name = 'master_key_print') AS print,
          (SELECT value FROM platform_settings WHERE name = 'master_key_unfinished') AS unfinished`,
);
const beginChange = statement(
  'platform_settings.begin_master_key_change',
  `INSERT INTO platform_settings (name, value)
   VALUES ('master_key_print', to_jsonb($1::text)), ('master_key_unfinished', to_jsonb($1::text))
   ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value`,
);
const endChange = statement(
  'platform_settings.end_master_key_change',
  `DELETE FROM platform_settings WHERE name = 'master_key_unfinished' AND value = to_jsonb($1::text)`,
);
const listTenants = statement(
  'tenants.list_ids',
  'SELECT id FROM tenants WHERE $1::uuid IS NULL OR id > $1::uuid ORDER BY id LIMIT $2',
);
const lock = statement(
  'tenant_data_keys.lock',
  'SELECT wrapped_key FROM tenant_data_keys WHERE tenant_id = $1 FOR UPDATE',
);
const replace = statement(
  'tenant_data_keys.replace',
  'UPDATE tenant_data_keys SET wrapped_key = $2 WHERE tenant_id = $1',
);

export interface MasterKeyState {
  /** Print of the key that wraps; undefined: a new database. */
  readonly print: string | undefined;
  /** Some data keys may still be under the key before that one. */
  readonly unfinished: boolean;
}

/** The wrapped data keys, and which master key they are to be under. */
@Injectable()
export class DataKeysRepository {
  constructor(private readonly database: Database) {}

  async findState(): Promise<MasterKeyState> {
    const [row] = await this.database.platformQuery<{ print: string | null; unfinished: unknown }>(findState, []);
    return { print: row?.print ?? undefined, unfinished: (row?.unfinished ?? null) !== null };
  }

  /** From now on the key of this print wraps, and data keys are on their way to it. */
  async beginChange(print: string): Promise<void> {
    await this.database.platformQuery(beginChange, [print]);
  }

  async endChange(print: string): Promise<void> {
    await this.database.platformQuery(endChange, [print]);
  }

  /** Ids in their order, after the given one. */
  async listTenants(page: { readonly after: string | null; readonly limit: number }): Promise<string[]> {
    const rows = await this.database.platformQuery<{ id: string }>(listTenants, [page.after, page.limit]);
    return rows.map(({ id }) => id);
  }

  /**
   * Replaces the wrapped key by what `change` makes of it, or leaves it when that is nothing.
   * @returns whether it was replaced
   */
  async change(tenantId: TenantId, change: (wrapped: Buffer) => Promise<Buffer | undefined>): Promise<boolean> {
    return this.database.transaction(tenantId, async (transaction) => {
      const [row] = await transaction.query<{ wrapped_key: Buffer }>(lock, [tenantId]);
      const changed = row && (await change(row.wrapped_key));
      if (!changed) return false;
      await transaction.query(replace, [tenantId, changed]);
      return true;
    });
  }
}
