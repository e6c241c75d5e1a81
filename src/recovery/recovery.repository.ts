import { Injectable } from '@nestjs/common';
import { insertAuditEvents } from '../audit/audit-statement.js';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { USER_COLUMNS, type UserRow, type UserWithPassword, toUser } from '../users/users.repository.js';

export interface StoredReset {
  readonly userId: string;
  /** The hash that the link was made for. A password that was changed since has another. */
  readonly knownHash: string;
  readonly passwordHash: string;
  /** Every session and grant of the user ends. */
  readonly endsEverything: boolean;
  /** A parameter of events (`AuditRecorder.parameterOf`). */
  readonly event: string;
}

const find = statement(
  'recovery.find',
  `SELECT ${USER_COLUMNS}, u.password_hash FROM users u WHERE u.tenant_id = $1 AND u.id = $2`,
);
const reset = statement(
  'recovery.reset',
  `WITH changed AS (
     UPDATE users SET password_hash = $3, password_changed_at = now(), must_change_password = false,
            valid_from = CASE WHEN $5 THEN clock_timestamp() ELSE valid_from END,
            version = version + 1, updated_at = now()
      WHERE tenant_id = $1 AND id = $2 AND enabled AND password_hash = $4
     RETURNING id
   ), ended AS (
     DELETE FROM sessions WHERE tenant_id = $1 AND $5 AND user_id IN (SELECT id FROM changed)
   ), recorded AS (${insertAuditEvents('$6', { source: 'changed' })})
   SELECT id FROM changed`,
);

/** People who come back without their password. */
@Injectable()
export class RecoveryRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: TenantId, userId: string): Promise<UserWithPassword | undefined> {
    const values = [tenantId, userId];
    const [row] = await this.database.query<UserRow & { password_hash: string | null }>(tenantId, find, values);
    return row && { user: toUser(row), passwordHash: row.password_hash ?? undefined };
  }

  /** @returns false when the user is gone, disabled, or has another password by now */
  async reset(tenantId: TenantId, stored: StoredReset, transaction: Transaction): Promise<boolean> {
    const { userId, passwordHash, knownHash, endsEverything, event } = stored;
    const values = [tenantId, userId, passwordHash, knownHash, endsEverything, event];
    return (await transaction.query(reset, values)).length === 1;
  }
}
