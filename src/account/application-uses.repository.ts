import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';

// Read from what issuing stores anyway, so that it costs the token endpoint nothing. A refresh token that is not rotated
// has its expiry moved by each use to the idle lifetime ($3) from then, unless the grant ends before.
const list = statement(
  'application_uses.list',
  `SELECT g.client_id, max(greatest(g.auth_time, r.created_at, a.created_at)) AS used_at
     FROM grants g
     LEFT JOIN LATERAL (SELECT max(greatest(r.created_at, r.consumed_at,
                                     CASE WHEN r.expires_at < g.expires_at
                                          THEN least(now(), r.expires_at - make_interval(secs => $3)) END)) AS created_at
                          FROM refresh_tokens r WHERE r.tenant_id = g.tenant_id AND r.grant_id = g.id) r ON true
     LEFT JOIN LATERAL (SELECT max(a.created_at) AS created_at FROM access_tokens a
                         WHERE a.tenant_id = g.tenant_id AND a.grant_id = g.id) a ON true
    WHERE g.tenant_id = $1 AND g.user_id = $2
    GROUP BY g.client_id`,
);

/** When clients last got something for a user. */
@Injectable()
export class ApplicationUsesRepository {
  constructor(private readonly database: Database) {}

  /** By client id. */
  async list(tenantId: TenantId, userId: string, refreshTokenIdleSeconds: number): Promise<ReadonlyMap<string, Date>> {
    const values = [tenantId, userId, refreshTokenIdleSeconds];
    const rows = await this.database.query<{ client_id: string; used_at: Date }>(tenantId, list, values);
    return new Map(rows.map(({ client_id, used_at }) => [client_id, used_at]));
  }
}
