import { Injectable } from '@nestjs/common';
import { insertAuditEvents } from '../audit/audit-statement.js';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';
import type { AccessGrant } from './access-grant.js';

const COLUMNS = `id, version, operator, operator_registration_id AS "operatorRegistrationId", reason, ticket, reach, level, emergency, duration_seconds AS "durationSeconds",
  requested_at AS "requestedAt", begins_at AS "beginsAt", expires_at AS "expiresAt", approved_by AS "approvedBy",
  ended_at AS "endedAt", ended_by AS "endedBy"`;
const IS_OPEN = 'ended_at IS NULL AND expires_at > now()';

const create = statement(
  'access_grants.create',
  `INSERT INTO access_grants (tenant_id, id, operator, reason, ticket, reach, level, emergency, duration_seconds,
                              begins_at, expires_at, operator_registration_id)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::integer, now() + make_interval(secs => $10::float8),
           now() + make_interval(secs => coalesce($10::float8 + $9::integer, $11::float8)), $12)
   RETURNING ${COLUMNS}`,
);
const find = statement('access_grants.find', `SELECT ${COLUMNS} FROM access_grants WHERE tenant_id = $1 AND id = $2`);
const list = statement(
  'access_grants.list',
  `SELECT ${COLUMNS} FROM access_grants WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id < $2)
    ORDER BY id DESC LIMIT $3`,
);
const findGiven = statement(
  'access_grants.find_given',
  `SELECT ${COLUMNS} FROM access_grants WHERE tenant_id = $1 AND begins_at IS NOT NULL AND ${IS_OPEN}`,
);
const countOpen = statement(
  'access_grants.count_open',
  `SELECT count(*)::int AS open FROM access_grants WHERE tenant_id = $1 AND ${IS_OPEN}`,
);
// The condition is asked again when another transaction had the row.
const approve = statement(
  'access_grants.approve',
  `UPDATE access_grants SET approved_by = $3, begins_at = now(), version = version + 1,
          expires_at = now() + make_interval(secs => duration_seconds)
    WHERE tenant_id = $1 AND id = $2 AND approved_by IS NULL AND (begins_at IS NULL OR begins_at > now()) AND ${IS_OPEN}
   RETURNING ${COLUMNS}`,
);
const end = statement(
  'access_grants.end',
  `UPDATE access_grants SET ended_by = $3, ended_at = now(), version = version + 1
    WHERE tenant_id = $1 AND id = $2 AND ${IS_OPEN}
   RETURNING ${COLUMNS}`,
);
const hold = statement(
  'access_grants.hold',
  `SELECT id FROM access_grants WHERE tenant_id = $1 AND id = $2 AND begins_at <= now() AND ${IS_OPEN} FOR SHARE`,
);
const recordExpiry = statement(
  'access_grants.record_expiry',
  `WITH over AS (
     UPDATE access_grants SET expiry_recorded = true
      WHERE tenant_id = $1 AND id = $2 AND expires_at <= now() AND ended_at IS NULL AND NOT expiry_recorded
     RETURNING id
   ), recorded AS (${insertAuditEvents('$3', { source: 'over' })})
   SELECT id FROM over`,
);
const findDue = statement('access_grants.find_due', 'SELECT tenant, access_grant FROM due_access_grants($1)');

export interface NewAccessGrant extends Pick<
  AccessGrant,
  'operator' | 'operatorRegistrationId' | 'reason' | 'ticket' | 'reach' | 'level' | 'emergency' | 'durationSeconds'
> {
  /** In how many seconds it begins; null: when it is approved. */
  readonly beginsIn: number | null;
  /** After how many seconds a request lapses. */
  readonly lapsesIn: number;
}

@Injectable()
export class AccessGrantsRepository {
  constructor(private readonly database: Database) {}

  async create(tenantId: TenantId, id: string, grant: NewAccessGrant, within: Transaction): Promise<AccessGrant> {
    const { operator, operatorRegistrationId, reason, ticket, reach, level, emergency } = grant;
    const { durationSeconds, beginsIn, lapsesIn } = grant;
    const values = [tenantId, id, operator, reason, ticket, reach, level, emergency, durationSeconds];
    const [made] = await within.query<AccessGrant>(create, [...values, beginsIn, lapsesIn, operatorRegistrationId]);
    if (!made) throw new Error('The access grant was not stored.');
    return made;
  }

  async find(tenantId: TenantId, id: string): Promise<AccessGrant | undefined> {
    return (await this.database.query<AccessGrant>(tenantId, find, [tenantId, id]))[0];
  }

  /** The newest first, those before the given one. */
  list(tenantId: TenantId, page: { readonly after: string | undefined; readonly limit: number }) {
    return this.database.query<AccessGrant>(tenantId, list, [tenantId, page.after ?? null, page.limit]);
  }

  /** Those that have not ended, and need nobody to approve them any more. */
  findGiven(tenantId: TenantId): Promise<AccessGrant[]> {
    return this.database.query<AccessGrant>(tenantId, findGiven, [tenantId]);
  }

  /** Requests and grants that have not ended. */
  async countOpen(tenantId: TenantId, within: Transaction): Promise<number> {
    return (await within.query<{ open: number }>(countOpen, [tenantId]))[0]?.open ?? 0;
  }

  /** It begins now. @returns undefined when it is no request any more */
  async approve(tenantId: TenantId, id: string, by: string, within: Transaction): Promise<AccessGrant | undefined> {
    return (await within.query<AccessGrant>(approve, [tenantId, id, by]))[0];
  }

  /** @returns undefined when it has ended before */
  async end(tenantId: TenantId, id: string, by: string, within: Transaction): Promise<AccessGrant | undefined> {
    return (await within.query<AccessGrant>(end, [tenantId, id, by]))[0];
  }

  /** Keeps it as it is until the transaction ends. @returns false when it does not hold (any more) */
  async hold(tenantId: TenantId, id: string, within: Transaction): Promise<boolean> {
    return (await within.query(hold, [tenantId, id])).length === 1;
  }

  /** @param event of `AuditRecorder.parameterOf` @returns false when somebody was faster */
  async recordExpiry(tenantId: TenantId, id: string, event: string): Promise<boolean> {
    return (await this.database.query(tenantId, recordExpiry, [tenantId, id, event])).length === 1;
  }

  /** Of all tenants: those whose time is over, and whose log does not say so yet. */
  async findDue(atMost: number): Promise<{ readonly tenantId: TenantId; readonly id: string }[]> {
    const rows = await this.database.platformQuery<{ tenant: string; access_grant: string }>(findDue, [atMost]);
    return rows.map(({ tenant, access_grant: id }) => ({ tenantId: toTenantId(tenant), id }));
  }
}
