import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { ProfileClaims } from '../users/user.js';

/** More owners are not mailed; the log tells all of them. */
const MAX_MAILED = 20;

const exist = statement(
  'owners.exist',
  'SELECT EXISTS (SELECT FROM users WHERE tenant_id = $1 AND tenant_admin AND enabled) AS found',
);
const listReachable = statement(
  'owners.list_reachable',
  `SELECT id, email, claims FROM users
    WHERE tenant_id = $1 AND tenant_admin AND enabled AND email IS NOT NULL AND email_verified
    ORDER BY id LIMIT ${MAX_MAILED}`,
);

export interface ReachableOwner {
  readonly id: string;
  readonly email: string;
  readonly claims: ProfileClaims;
}

/** The people of a tenant who may do everything there. */
@Injectable()
export class OwnersRepository {
  constructor(private readonly database: Database) {}

  /** Whether anybody could end an access grant. */
  async exist(tenantId: TenantId): Promise<boolean> {
    return (await this.database.query<{ found: boolean }>(tenantId, exist, [tenantId]))[0]?.found === true;
  }

  /** Those with a verified address. */
  listReachable(tenantId: TenantId, within: Transaction): Promise<ReachableOwner[]> {
    return within.query<ReachableOwner>(listReachable, [tenantId]);
  }
}
