import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { GeneratedKey, SigningAlgorithmName } from './signing-algorithm.js';
import { SigningKeyEntity } from './signing-key.entity.js';

/** A private key as stored, with the moment until which it is the one that signs. */
export interface CurrentKeyRow {
  readonly kid: string;
  readonly private_key: Buffer;
  readonly signs_until: Date | null;
}

const findCurrent = statement(
  'signing_keys.find_current',
  `SELECT kid, private_key, signs_until FROM signing_keys
    WHERE tenant_id = $1 AND alg = $2 AND signs_from <= now() AND (signs_until IS NULL OR signs_until > now())
    ORDER BY signs_from DESC LIMIT 1`,
);
const createFirst = statement(
  'signing_keys.create_first',
  `INSERT INTO signing_keys (tenant_id, kid, alg, public_jwk, private_key, published_at, signs_from)
   VALUES ($1, $2, $3, $4, $5, now(), now()) ON CONFLICT DO NOTHING RETURNING kid`,
);
// The transaction may have waited for another rotation; its own beginning would be before that one's keys.
const createNext = statement(
  'signing_keys.create_next',
  `INSERT INTO signing_keys (tenant_id, kid, alg, public_jwk, private_key, published_at)
   VALUES ($1, $2, $3, $4, $5, clock_timestamp() - make_interval(secs => $6)) ON CONFLICT DO NOTHING
   RETURNING kid`,
);
const countPublished = statement(
  'signing_keys.count_published',
  `SELECT count(*)::int AS published FROM signing_keys
    WHERE tenant_id = $1 AND alg = $2 AND (published_until IS NULL OR published_until > now())`,
);
const lockTenant = statement('signing_keys.lock', `SELECT pg_advisory_xact_lock(hashtextextended('keys:' || $1, 0))`);
// The waiting key was published long enough ago, or will have been by the moment it takes over.
const retireCurrent = statement(
  'signing_keys.retire_current',
  `UPDATE signing_keys current
      SET signs_until = switch.at, published_until = switch.at + make_interval(secs => $4)
     FROM (SELECT greatest(now(), next.published_at + make_interval(secs => $3)) AS at FROM signing_keys next
            WHERE next.tenant_id = $1 AND next.alg = $2 AND next.signs_from IS NULL) AS switch
    WHERE current.tenant_id = $1 AND current.alg = $2
      AND current.signs_from IS NOT NULL AND current.signs_until IS NULL
   RETURNING current.kid, current.signs_until`,
);
const promoteNext = statement(
  'signing_keys.promote_next',
  `UPDATE signing_keys SET signs_from = $3
    WHERE tenant_id = $1 AND alg = $2 AND signs_from IS NULL RETURNING kid`,
);

@Injectable()
export class SigningKeysRepository {
  constructor(private readonly database: Database) {}

  async findCurrent(tenantId: TenantId, alg: SigningAlgorithmName): Promise<CurrentKeyRow | undefined> {
    const [row] = await this.database.query<CurrentKeyRow>(tenantId, findCurrent, [tenantId, alg]);
    return row;
  }

  /** Every key that verifiers need now, oldest first; never a private key. */
  async listPublished(tenantId: TenantId): Promise<SigningKeyEntity[]> {
    return this.database.entities(tenantId, (manager) =>
      manager
        .createQueryBuilder(SigningKeyEntity, 'key')
        .where('key.tenant_id = :tenantId AND (key.published_until IS NULL OR key.published_until > now())')
        .setParameters({ tenantId })
        .orderBy('key.published_at')
        .addOrderBy('key.kid')
        .getMany(),
    );
  }

  /** Holds other processes off the keys of this tenant until the transaction ends. */
  async lock(tenantId: TenantId, transaction: Transaction): Promise<void> {
    await transaction.query(lockTenant, [tenantId]);
  }

  /** How many keys of an algorithm verifiers need now. */
  async countPublished(tenantId: TenantId, alg: SigningAlgorithmName, transaction: Transaction): Promise<number> {
    const [row] = await transaction.query<{ published: number }>(countPublished, [tenantId, alg]);
    return row?.published ?? 0;
  }

  /** The key that signs from now on. @returns false, and nothing happens, when the tenant has one already */
  async createFirst(
    tenantId: TenantId,
    alg: SigningAlgorithmName,
    key: GeneratedKey,
    transaction: Transaction,
  ): Promise<boolean> {
    const values = [tenantId, key.kid, alg, key.publicJwk, key.privateKey];
    return (await transaction.query(createFirst, values)).length === 1;
  }

  /**
   * The key that waits. `knownForSeconds`: how long verifiers have had the chance to see it.
   * @returns false, and nothing happens, when one waits already
   */
  async createNext(
    tenantId: TenantId,
    alg: SigningAlgorithmName,
    key: GeneratedKey & { readonly knownForSeconds: number },
    transaction: Transaction,
  ): Promise<boolean> {
    const values = [tenantId, key.kid, alg, key.publicJwk, key.privateKey, key.knownForSeconds];
    return (await transaction.query(createNext, values)).length === 1;
  }

  /**
   * Ends the current key's signing when the next one may begin, and lets that one begin then.
   * @returns their ids, or undefined when the tenant has no such keys
   */
  async switchOver(
    tenantId: TenantId,
    alg: SigningAlgorithmName,
    seconds: { readonly publishedBefore: number; readonly publishedAfter: number },
    transaction: Transaction,
  ): Promise<{ readonly retired: string; readonly promoted: string | undefined } | undefined> {
    const [retired] = await transaction.query<{ kid: string; signs_until: Date }>(retireCurrent, [
      tenantId,
      alg,
      seconds.publishedBefore,
      seconds.publishedAfter,
    ]);
    if (!retired) return undefined;
    const values = [tenantId, alg, retired.signs_until];
    const [promoted] = await transaction.query<{ kid: string }>(promoteNext, values);
    return { retired: retired.kid, promoted: promoted?.kid };
  }
}
