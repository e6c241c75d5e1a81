import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { statement } from '../../database/statement.js';
import type { TenantId } from '../../database/tenant-id.js';

/** A request that came with the same key before; without a status it is still being worked on. */
export interface EarlierRequest {
  readonly fingerprint: Buffer;
  readonly status: number | null;
  readonly response: Buffer | null;
}

// A request whose process died is given up after a minute, and its key may be used again.
const begin = statement(
  'idempotency_keys.begin',
  `INSERT INTO idempotency_keys AS k (tenant_id, digest, fingerprint, expires_at)
   VALUES ($1, $2, $3, now() + interval '1 minute')
   ON CONFLICT (tenant_id, digest) DO UPDATE
     SET fingerprint = excluded.fingerprint, status = NULL, response = NULL, expires_at = excluded.expires_at
     WHERE k.expires_at <= now()
   RETURNING digest`,
);
const find = statement(
  'idempotency_keys.find',
  'SELECT fingerprint, status, response FROM idempotency_keys WHERE tenant_id = $1 AND digest = $2',
);
const finish = statement(
  'idempotency_keys.finish',
  `UPDATE idempotency_keys SET status = $3, response = $4, expires_at = now() + interval '1 day'
    WHERE tenant_id = $1 AND digest = $2`,
);
const forget = statement(
  'idempotency_keys.forget',
  'DELETE FROM idempotency_keys WHERE tenant_id = $1 AND digest = $2',
);

@Injectable()
export class IdempotencyRepository {
  constructor(private readonly database: Database) {}

  /** @returns undefined when the key is taken by this very call, else the request that has it */
  async begin(tenantId: TenantId, digest: Buffer, fingerprint: Buffer): Promise<EarlierRequest | undefined> {
    if ((await this.database.query(tenantId, begin, [tenantId, digest, fingerprint])).length === 1) return undefined;
    const [earlier] = await this.database.query<EarlierRequest & object>(tenantId, find, [tenantId, digest]);
    return earlier ?? { fingerprint, status: null, response: null };
  }

  async finish(
    tenantId: TenantId,
    digest: Buffer,
    answer: { readonly status: number; readonly response: Buffer },
  ): Promise<void> {
    await this.database.query(tenantId, finish, [tenantId, digest, answer.status, answer.response]);
  }

  async forget(tenantId: TenantId, digest: Buffer): Promise<void> {
    await this.database.query(tenantId, forget, [tenantId, digest]);
  }
}
