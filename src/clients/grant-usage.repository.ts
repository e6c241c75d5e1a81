import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { KEPT_DAYS } from '../usage/daily-usage.js';

/** Uses of one grant type by one client on one day. */
export interface GrantUses {
  readonly clientId: string;
  readonly grantType: string;
  /** YYYY-MM-DD in UTC. */
  readonly day: string;
  readonly uses: number;
  readonly lastUsedAt: Date;
}

/** Clients that are gone by now are left out. */
const add = statement(
  'grant_usage.add',
  `INSERT INTO grant_usage (tenant_id, client_id, grant_type, day, uses, last_used_at, expires_at)
   SELECT $1, c.client_id, n.grant_type, n.day, n.uses, n.last_used_at, n.day + interval '${KEPT_DAYS} days'
     FROM jsonb_to_recordset($2::jsonb) AS n ("clientId" text, grant_type text, day date, uses bigint, last_used_at timestamptz)
     JOIN clients c ON c.tenant_id = $1 AND c.client_id = n."clientId"
    ORDER BY c.client_id, n.grant_type, n.day
      FOR KEY SHARE OF c
   ON CONFLICT (tenant_id, client_id, grant_type, day)
   DO UPDATE SET uses = grant_usage.uses + excluded.uses,
                 last_used_at = greatest(grant_usage.last_used_at, excluded.last_used_at)`,
);
const list = statement(
  'grant_usage.list',
  `SELECT client_id AS "clientId", grant_type AS "grantType", to_char(day, 'YYYY-MM-DD') AS day, uses::int AS uses,
          last_used_at AS "lastUsedAt"
     FROM grant_usage WHERE tenant_id = $1 AND client_id = $2 AND day >= (now() AT TIME ZONE 'UTC')::date - $3::int
    ORDER BY grant_type, day DESC`,
);
const findLast = statement(
  'grant_usage.find_last',
  `SELECT u.client_id AS "clientId", u.grant_type AS "grantType", max(u.last_used_at) AS "lastUsedAt"
     FROM grant_usage u WHERE u.tenant_id = $1 AND u.client_id = ANY ($2) GROUP BY u.client_id, u.grant_type`,
);

/** Uses of the grants that can be switched off. */
@Injectable()
export class GrantUsageRepository {
  constructor(private readonly database: Database) {}

  async add(tenantId: TenantId, uses: readonly GrantUses[]): Promise<void> {
    const rows = uses.map(({ clientId, grantType, day, uses: count, lastUsedAt }) => ({
      ...{ clientId, day, uses: count },
      grant_type: grantType,
      last_used_at: lastUsedAt.toISOString(),
    }));
    await this.database.query(tenantId, add, [tenantId, JSON.stringify(rows)]);
  }

  /** Of one client, the newest day of each grant type first. */
  list(tenantId: TenantId, clientId: string, days: number): Promise<GrantUses[]> {
    return this.database.query<GrantUses>(tenantId, list, [tenantId, clientId, days]);
  }

  /** When these clients used a grant type last. */
  findLast(
    tenantId: TenantId,
    clientIds: readonly string[],
  ): Promise<Pick<GrantUses, 'clientId' | 'grantType' | 'lastUsedAt'>[]> {
    return this.database.query(tenantId, findLast, [tenantId, clientIds]);
  }
}
