import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { type Transaction, statement } from '../../database/statement.js';
import type { TenantId } from '../../database/tenant-id.js';

/** A request that came with the same key before. Without a status a process of an older version works on it. */
export interface EarlierRequest {
  readonly fingerprint: Buffer;
  /** What the access token of that request allowed. */
  readonly scope: readonly string[];
  readonly status: number | null;
  readonly response: Buffer | null;
}

/** The transaction of a write, which may be in another tenant than the one that keeps the caller's keys. */
export interface WriteTransaction {
  readonly tenantId: TenantId;
  readonly transaction: Transaction;
}

const find = statement(
  'idempotency_keys.find',
  `SELECT fingerprint, scope, status, response FROM idempotency_keys
    WHERE tenant_id = $1 AND digest = $2 AND expires_at > now()`,
);
// Whoever is late does not wait: waiting requests would hold connections that the first one may need.
const lock = statement(
  'idempotency_keys.lock',
  `SELECT pg_try_advisory_xact_lock(hashtextextended('idempotency:' || $1 || encode($2::bytea, 'hex'), 0)) AS locked`,
);
const store = statement(
  'idempotency_keys.store',
  `INSERT INTO idempotency_keys AS k (tenant_id, digest, fingerprint, scope, status, response, expires_at)
   VALUES ($1, $2, $3, $4, $5, $6, now() + interval '1 day')
   ON CONFLICT (tenant_id, digest) DO UPDATE
     SET fingerprint = excluded.fingerprint, scope = excluded.scope, status = excluded.status,
         response = excluded.response, expires_at = excluded.expires_at
     WHERE k.expires_at <= now()
   RETURNING digest`,
);
const turnTo = statement('idempotency_keys.turn_to', `SELECT set_config('app.tenant_id', $1, true)`);

@Injectable()
export class IdempotencyRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: TenantId, digest: Buffer): Promise<EarlierRequest | undefined> {
    const [earlier] = await this.database.query<EarlierRequest & object>(tenantId, find, [tenantId, digest]);
    return earlier;
  }

  /**
   * Holds the key until the transaction ends.
   * @returns 'busy' while another transaction holds it, the request that was answered under it, or undefined
   */
  async claim(tenantId: TenantId, digest: Buffer, at: WriteTransaction): Promise<EarlierRequest | 'busy' | undefined> {
    const values = [tenantId, digest];
    return asTenant(tenantId, at, async (transaction) => {
      const [[held], [earlier]] = await Promise.all([
        transaction.query<{ locked: boolean }>(lock, values),
        // Sent after it: its snapshot is that of a moment when the lock was held.
        transaction.query<EarlierRequest & object>(find, values),
      ]);
      return held?.locked ? earlier : 'busy';
    });
  }

  /** @returns false when the key is taken */
  async store(
    tenantId: TenantId,
    request: EarlierRequest & { readonly digest: Buffer },
    at: WriteTransaction,
  ): Promise<boolean> {
    const { digest, fingerprint, scope, status, response } = request;
    const values = [tenantId, digest, fingerprint, scope, status, response];
    return asTenant(tenantId, at, async (transaction) => (await transaction.query(store, values)).length === 1);
  }
}

/**
 * An operator's key lies in tenant `system` while the write is in another tenant; row-level security holds for both. `work`
 * sends its statements before it first waits, so that all of them are one round trip.
 */
async function asTenant<Result>(
  tenantId: TenantId,
  { tenantId: written, transaction }: WriteTransaction,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const there = transaction.query(turnTo, [tenantId]);
  const worked = work(transaction);
  worked.catch(() => undefined); // awaited below, unless the one before it failed
  const back = transaction.query(turnTo, [written]);
  // In order: the first failure is the cause of those after it.
  await there;
  const result = await worked;
  await back;
  return result;
}
