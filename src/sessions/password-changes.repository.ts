import { Injectable } from '@nestjs/common';
import { insertAuditEvents } from '../audit/audit-statement.js';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { type NewSession, boundedAgent } from './sessions.repository.js';

/** A password that was proven, another in its place, and the session that goes on. */
export interface PasswordChange {
  readonly passwordHash: string;
  readonly session: Omit<NewSession, 'previousDigest'>;
}

// The new session begins when everything older ends. A user who was changed since the proof is left alone.
const change = statement(
  'password_changes.change',
  `WITH changed AS (
     UPDATE users SET password_hash = $3, password_changed_at = now(), must_change_password = false,
            valid_from = clock_timestamp(), version = version + 1, updated_at = now()
      WHERE tenant_id = $1 AND id = $2 AND enabled AND valid_from <= to_timestamp($4)
     RETURNING id, valid_from
   ), ended AS (
     DELETE FROM sessions WHERE tenant_id = $1 AND user_id IN (SELECT id FROM changed)
   ), started AS (
     INSERT INTO sessions (tenant_id, id, digest, user_id, auth_time, acr, amr, expires_at, user_agent, address, factors,
                           remembered)
     SELECT $1, $5, $6, id, valid_from, $7, $8, now() + make_interval(secs => $9), $10, $11, $13, $14 FROM changed
     RETURNING id
   ), recorded AS (${insertAuditEvents('$12', {
     source: 'started',
     columns: { details: `event.details || jsonb_build_object('session', started.id)` },
   })})
   SELECT id FROM started`,
);
const wasRecent = statement(
  'password_changes.was_recent',
  `SELECT FROM users WHERE tenant_id = $1 AND username = $2 AND valid_from > now() - interval '1 minute'`,
);

/** People who change their own password. */
@Injectable()
export class PasswordChangesRepository {
  constructor(private readonly database: Database) {}

  /**
   * Ends every session and grant of the user, and begins one session anew.
   * @returns false when the user is gone, disabled or was changed after `session.authTime`
   */
  async change(
    tenantId: TenantId,
    { passwordHash, session }: PasswordChange,
    transaction: Transaction,
  ): Promise<boolean> {
    const { userId, authTime, id, digest, acr, amr, lifetimeSeconds, userAgent, address, event } = session;
    const begun = [id, digest, acr, amr, lifetimeSeconds, boundedAgent(userAgent), address ?? null, event ?? null];
    const more = [JSON.stringify(session.proofs ?? []), session.isRemembered ?? false];
    const values = [tenantId, userId, passwordHash, authTime, ...begun, ...more];
    return (await transaction.query(change, values)).length === 1;
  }

  /** Whether everything of this user ended less than a minute ago. */
  async wasRecent(tenantId: TenantId, username: string): Promise<boolean> {
    return (await this.database.query(tenantId, wasRecent, [tenantId, username])).length === 1;
  }
}
