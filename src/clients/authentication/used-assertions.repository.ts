import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { statement } from '../../database/statement.js';
import type { TenantId } from '../../database/tenant-id.js';

const consume = statement(
  'used_client_assertions.consume',
  `INSERT INTO used_client_assertions (tenant_id, client_id, jti_digest, expires_at) VALUES ($1, $2, $3, $4)
   ON CONFLICT DO NOTHING RETURNING 1 AS consumed`,
);

@Injectable()
export class UsedAssertionsRepository {
  constructor(private readonly database: Database) {}

  /** @returns true for the first one that brings this `jti`, false for every other */
  async consume(
    tenantId: TenantId,
    clientId: string,
    assertion: { readonly jtiDigest: Buffer; readonly expiresAt: Date },
  ): Promise<boolean> {
    const values = [tenantId, clientId, assertion.jtiDigest, assertion.expiresAt];
    const rows = await this.database.query<{ consumed: number }>(tenantId, consume, values);
    return rows.length === 1;
  }
}
