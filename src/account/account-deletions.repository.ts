import { Injectable } from '@nestjs/common';
import { insertAuditEvents } from '../audit/audit-statement.js';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';

const schedule = statement(
  'account_deletions.schedule',
  `WITH scheduled AS (
     UPDATE users SET deletion_scheduled_for = now() + make_interval(days => $3), version = version + 1,
            updated_at = now()
      WHERE tenant_id = $1 AND id = $2 AND enabled AND NOT tenant_admin AND deletion_scheduled_for IS NULL
     RETURNING deletion_scheduled_for
   ), recorded AS (${insertAuditEvents('$4', { source: 'scheduled' })})
   SELECT deletion_scheduled_for FROM scheduled`,
);
const withdraw = statement(
  'account_deletions.withdraw',
  `WITH kept AS (
     UPDATE users SET deletion_scheduled_for = NULL, version = version + 1, updated_at = now()
      WHERE tenant_id = $1 AND id = $2 AND deletion_scheduled_for IS NOT NULL
     RETURNING id
   ), recorded AS (${insertAuditEvents('$3', { source: 'kept' })})
   SELECT id FROM kept`,
);
// Whoever withdraws at this moment holds the row, and the condition is asked again after that.
const destroy = statement(
  'account_deletions.destroy',
  `WITH gone AS (
     DELETE FROM users WHERE tenant_id = $1 AND id = $2 AND deletion_scheduled_for <= now() AND NOT tenant_admin
     RETURNING id
   ), recorded AS (${insertAuditEvents('$3', { source: 'gone' })})
   SELECT id FROM gone`,
);
const findDue = statement('account_deletions.find_due', 'SELECT tenant, person FROM due_account_deletions($1)');

/** An account whose time has come. */
export interface DueDeletion {
  readonly tenantId: TenantId;
  readonly userId: string;
}

/** Accounts whose deletion their person asked for. Events are parameters of `AuditRecorder.parameterOf`. */
@Injectable()
export class AccountDeletionsRepository {
  constructor(private readonly database: Database) {}

  /** @returns for when; undefined for an administrator, and when it is scheduled already or the account is gone */
  async schedule(
    tenantId: TenantId,
    userId: string,
    { graceDays, event }: { readonly graceDays: number; readonly event: string },
    transaction: Transaction,
  ): Promise<Date | undefined> {
    const values = [tenantId, userId, graceDays, event];
    const [row] = await transaction.query<{ deletion_scheduled_for: Date }>(schedule, values);
    return row?.deletion_scheduled_for;
  }

  /** @returns false when none is scheduled */
  async withdraw(tenantId: TenantId, userId: string, event: string | undefined, transaction?: Transaction) {
    const values = [tenantId, userId, event ?? null];
    const rows = transaction
      ? await transaction.query(withdraw, values)
      : await this.database.query(tenantId, withdraw, values);
    return rows.length === 1;
  }

  /** Deletes the account, if its time has come. @returns false when it has not, or somebody was faster */
  async destroy(tenantId: TenantId, userId: string, event: string): Promise<boolean> {
    return (await this.database.query(tenantId, destroy, [tenantId, userId, event])).length === 1;
  }

  /** Of all tenants, the oldest first. */
  async findDue(atMost: number): Promise<DueDeletion[]> {
    const rows = await this.database.platformQuery<{ tenant: string; person: string }>(findDue, [atMost]);
    return rows.map(({ tenant, person }) => ({ tenantId: toTenantId(tenant), userId: person }));
  }
}
