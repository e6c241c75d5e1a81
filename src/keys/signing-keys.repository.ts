import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import { columnsOf, entityReader } from '../database/entity-columns.js';
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
const listPublished = statement(
  'signing_keys.list_published',
  `SELECT ${columnsOf(SigningKeyEntity)} FROM signing_keys
    WHERE tenant_id = $1 AND (published_until IS NULL OR published_until > now())
    ORDER BY published_at, kid`,
);
/** Since when a key counts as published, if not since now: a time ago, but not before the first keys of the tenant. */
const publishedSince = (seconds: string) =>
  `greatest(now() - make_interval(secs => ${seconds}),
            least(now(), (SELECT min(published_at) FROM signing_keys WHERE tenant_id = $1)))`;
const createFirst = statement(
  'signing_keys.create_first',
  `INSERT INTO signing_keys (tenant_id, kid, alg, public_jwk, private_key, published_at, signs_from)
   VALUES ($1, $2, $3, $4, $5, ${publishedSince('$6')}, now()) ON CONFLICT DO NOTHING RETURNING kid`,
);
// The transaction may have waited for another rotation; its own beginning would be before that one's keys.
const createNext = statement(
  'signing_keys.create_next',
  `INSERT INTO signing_keys (tenant_id, kid, alg, public_jwk, private_key, published_at)
   VALUES ($1, $2, $3, $4, $5, CASE WHEN $6 THEN ${publishedSince('$7')} ELSE clock_timestamp() END) ON CONFLICT DO NOTHING
   RETURNING kid`,
);
const listAlgorithms = statement(
  'signing_keys.list_algorithms',
  `SELECT alg FROM signing_keys WHERE tenant_id = $1 AND signs_from IS NOT NULL AND signs_until IS NULL ORDER BY alg`,
);
const claim = statement(
  'signing_key_claims.claim',
  `WITH known AS (
     SELECT FROM signing_keys WHERE tenant_id = $1 AND alg = $2 AND signs_from IS NOT NULL AND signs_until IS NULL
   ), claimed AS (
     INSERT INTO signing_key_claims AS c (tenant_id, alg, until)
     SELECT $1, $2, now() + make_interval(secs => $3) WHERE NOT EXISTS (SELECT FROM known)
         ON CONFLICT (tenant_id, alg) DO UPDATE SET until = excluded.until WHERE c.until <= now()
     RETURNING alg
   )
   SELECT CASE WHEN EXISTS (SELECT FROM known) THEN 'known'
               WHEN EXISTS (SELECT FROM claimed) THEN 'ours' ELSE 'theirs' END AS turn`,
);
const giveUpClaim = statement(
  'signing_key_claims.give_up',
  'DELETE FROM signing_key_claims WHERE tenant_id = $1 AND alg = $2',
);
// Who has a key set with the one has the other, when that is not younger. Without a key before it no key set has left.
const findKnownAt = statement(
  'signing_keys.find_known_at',
  `SELECT extract(epoch FROM now()) * 1000 AS now,
          extract(epoch FROM CASE WHEN key.published_at <= coalesce((
            SELECT max(other.published_at) FROM signing_keys other
             WHERE other.tenant_id = $1 AND other.alg = $3
               AND other.signs_from <= now() AND (other.signs_until IS NULL OR other.signs_until > now())
          ), 'infinity') THEN now() ELSE key.published_at + make_interval(secs => $4) END) * 1000 AS known
     FROM signing_keys key
    WHERE key.tenant_id = $1 AND key.alg = $2
      AND key.signs_from <= now() AND (key.signs_until IS NULL OR key.signs_until > now())
    ORDER BY key.signs_from DESC LIMIT 1`,
);
const countPublished = statement(
  'signing_keys.count_published',
  `SELECT count(*)::int AS published FROM signing_keys
    WHERE tenant_id = $1 AND alg = $2 AND (published_until IS NULL OR published_until > now())`,
);
const lockTenant = statement('signing_keys.lock', `SELECT pg_advisory_xact_lock(hashtextextended('keys:' || $1, 0))`);
// The waiting key was published together with the one that signs, or long enough ago, or will have been by the moment
// it takes over.
const retireCurrent = statement(
  'signing_keys.retire_current',
  `UPDATE signing_keys current
      SET signs_until = switch.at, published_until = switch.at + make_interval(secs => $4)
     FROM (SELECT greatest(now(), last.signs_from,
                           CASE WHEN next.published_at > last.published_at
                                THEN next.published_at + make_interval(secs => $3) END) AS at
             FROM signing_keys next
             JOIN signing_keys last ON last.tenant_id = $1 AND last.alg = $2
                                   AND last.signs_from IS NOT NULL AND last.signs_until IS NULL
            WHERE next.tenant_id = $1 AND next.alg = $2 AND next.signs_from IS NULL) AS switch
    WHERE current.tenant_id = $1 AND current.alg = $2
      AND current.signs_from IS NOT NULL AND current.signs_until IS NULL
   RETURNING current.signs_until`,
);
const promoteNext = statement(
  'signing_keys.promote_next',
  `UPDATE signing_keys SET signs_from = $3
    WHERE tenant_id = $1 AND alg = $2 AND signs_from IS NULL
   RETURNING kid`,
);
const findAlgorithm = statement(
  'signing_keys.find_algorithm',
  `SELECT alg, published_until IS NOT DISTINCT FROM '-infinity' AS revoked
     FROM signing_keys WHERE tenant_id = $1 AND kid = $2`,
);
// Before every moment, so that no transaction can find it published or signing, whenever it began. The private key goes.
const revoke = statement(
  'signing_keys.revoke',
  `WITH known AS (
     SELECT kid, alg, signs_from, signs_until FROM signing_keys
      WHERE tenant_id = $1 AND kid = $2 AND published_until IS DISTINCT FROM '-infinity' FOR UPDATE
   ), revoked AS (
     UPDATE signing_keys k
        SET signs_from = coalesce(k.signs_from, now()), signs_until = '-infinity', published_until = '-infinity',
            private_key = ''
       FROM known WHERE k.tenant_id = $1 AND k.kid = known.kid
   )
   SELECT alg, signs_from::text, signs_until::text,
          coalesce(signs_from <= clock_timestamp() AND coalesce(signs_until > clock_timestamp(), true), false) AS signing
     FROM known`,
);
// A key that was to take over later: the one before it signs on, until the next in the row. A planned beginning is the
// end before it in whole milliseconds.
const prolongPredecessor = statement(
  'signing_keys.prolong_predecessor',
  `UPDATE signing_keys SET signs_until = $4::timestamptz, published_until = $4::timestamptz + make_interval(secs => $5)
    WHERE tenant_id = $1 AND alg = $2
      AND date_trunc('milliseconds', signs_until) = date_trunc('milliseconds', $3::timestamptz)`,
);
// A key that signed: the one that was to take over does so now, and without one the waiting key does.
const advanceSuccessor = statement(
  'signing_keys.advance_successor',
  `UPDATE signing_keys SET signs_from = now()
    WHERE tenant_id = $1 AND alg = $2
      AND date_trunc('milliseconds', signs_from) IS NOT DISTINCT FROM date_trunc('milliseconds', $3::timestamptz)
   RETURNING kid`,
);

/** What a revoked key was for. Times are text, as the database wrote them: a `Date` knows no infinity. */
export interface RevokedKey {
  readonly alg: SigningAlgorithmName;
  readonly signs_from: string | null;
  readonly signs_until: string | null;
  /** It signed until now. */
  readonly signing: boolean;
}

/** A key to be stored. */
type NewKey = GeneratedKey & {
  /** How long ago verifiers could have asked for it; 0 without it. */
  readonly publishedForSeconds?: number;
};

interface KnownKey {
  readonly alg: SigningAlgorithmName;
  readonly before: SigningAlgorithmName;
  readonly lifetimeSeconds: number;
}

const readKey = entityReader(SigningKeyEntity);

@Injectable()
export class SigningKeysRepository {
  constructor(private readonly database: Database) {}

  async findCurrent(tenantId: TenantId, alg: SigningAlgorithmName): Promise<CurrentKeyRow | undefined> {
    const [row] = await this.database.lookup<CurrentKeyRow>(tenantId, findCurrent, [tenantId, alg]);
    return row;
  }

  /** The algorithms that the tenant has keys of. */
  async listAlgorithms(tenantId: TenantId): Promise<SigningAlgorithmName[]> {
    const rows = await this.database.query<{ alg: SigningAlgorithmName }>(tenantId, listAlgorithms, [tenantId]);
    return rows.map(({ alg }) => alg);
  }

  /**
   * From when on every verifier can know the key that signs with `alg`: the key sets that have the key of `before` may be
   * `lifetimeSeconds` old. Unix times in milliseconds, by the clock of the database.
   */
  async findKnownAt(
    tenantId: TenantId,
    { alg, before, lifetimeSeconds }: KnownKey,
    transaction: Transaction,
  ): Promise<{ readonly now: number; readonly known: number } | undefined> {
    const values = [tenantId, alg, before, lifetimeSeconds];
    const [row] = await transaction.query<{ now: string; known: string }>(findKnownAt, values);
    return row && { now: Number(row.now), known: Number(row.known) };
  }

  /** Every key that verifiers need now, oldest first; never a private key. */
  async listPublished(tenantId: TenantId, within?: EntityManager): Promise<SigningKeyEntity[]> {
    const rows: object[] = within
      ? await within.query(listPublished.text, [tenantId])
      : await this.database.lookup(tenantId, listPublished, [tenantId]);
    return rows.map(readKey);
  }

  /**
   * Who makes the first keys of an algorithm: this process, another one that has begun, or nobody, because there are
   * some. Whoever began and is not heard of for so many seconds has lost its turn.
   */
  async claim(tenantId: TenantId, alg: SigningAlgorithmName, seconds: number): Promise<'ours' | 'theirs' | 'known'> {
    const [row] = await this.database.query<{ turn: 'ours' | 'theirs' | 'known' }>(tenantId, claim, [
      tenantId,
      alg,
      seconds,
    ]);
    if (!row) throw new Error('A claim returned no row.');
    return row.turn;
  }

  async giveUpClaim(tenantId: TenantId, alg: SigningAlgorithmName): Promise<void> {
    await this.database.query(tenantId, giveUpClaim, [tenantId, alg]);
  }

  /** Locks the keys of this tenant until the transaction ends. */
  async lock(tenantId: TenantId, transaction: Transaction): Promise<void> {
    await transaction.query(lockTenant, [tenantId]);
  }

  /** How many keys of an algorithm verifiers need now. */
  async countPublished(tenantId: TenantId, alg: SigningAlgorithmName, transaction: Transaction): Promise<number> {
    const [row] = await transaction.query<{ published: number }>(countPublished, [tenantId, alg]);
    return row?.published ?? 0;
  }

  /** The key that signs from now on. @returns false when the tenant has one already */
  async createFirst(
    tenantId: TenantId,
    alg: SigningAlgorithmName,
    key: NewKey,
    transaction: Transaction,
  ): Promise<boolean> {
    const values = [tenantId, key.kid, alg, key.publicJwk, key.privateKey, key.publishedForSeconds ?? 0];
    return (await transaction.query(createFirst, values)).length === 1;
  }

  /**
   * The key that waits. `withFirst`: it is published at one moment with the first key, made in the same transaction.
   * @returns false when one waits already
   */
  async createNext(
    tenantId: TenantId,
    alg: SigningAlgorithmName,
    key: NewKey & { readonly withFirst: boolean },
    transaction: Transaction,
  ): Promise<boolean> {
    const { kid, publicJwk, privateKey, withFirst, publishedForSeconds = 0 } = key;
    const values = [tenantId, kid, alg, publicJwk, privateKey, withFirst, publishedForSeconds];
    return (await transaction.query(createNext, values)).length === 1;
  }

  /**
   * Ends the current key's signing when the next one may begin, and lets that one begin then.
   * @returns the key that takes over, or undefined when none waits
   */
  async switchOver(
    tenantId: TenantId,
    alg: SigningAlgorithmName,
    seconds: { readonly publishedBefore: number; readonly publishedAfter: number },
    transaction: Transaction,
  ): Promise<string | undefined> {
    const [retired] = await transaction.query<{ signs_until: Date }>(retireCurrent, [
      tenantId,
      alg,
      seconds.publishedBefore,
      seconds.publishedAfter,
    ]);
    if (!retired) return undefined;
    const [promoted] = await transaction.query<{ kid: string }>(promoteNext, [tenantId, alg, retired.signs_until]);
    return promoted?.kid;
  }

  /** The algorithm of a key, whether it is published or not any more, and whether it was revoked. */
  async findAlgorithm(
    tenantId: TenantId,
    kid: string,
  ): Promise<{ readonly alg: SigningAlgorithmName; readonly revoked: boolean } | undefined> {
    const [row] = await this.database.query<{ alg: SigningAlgorithmName; revoked: boolean }>(tenantId, findAlgorithm, [
      tenantId,
      kid,
    ]);
    return row;
  }

  /** @returns undefined when there is no such key, or it was revoked before */
  async revoke(tenantId: TenantId, kid: string, transaction: Transaction): Promise<RevokedKey | undefined> {
    const [revoked] = await transaction.query<RevokedKey & object>(revoke, [tenantId, kid]);
    return revoked;
  }

  /**
   * Lets other keys sign during the time of the revoked key.
   * @returns false when there is no other key for that
   */
  async fillGap(
    tenantId: TenantId,
    revoked: RevokedKey,
    publishedAfterSeconds: number,
    transaction: Transaction,
  ): Promise<boolean> {
    const { alg, signs_from: from, signs_until: until, signing } = revoked;
    if (!signing) {
      if (from !== null) {
        await transaction.query(prolongPredecessor, [tenantId, alg, from, until, publishedAfterSeconds]);
      }
      return true;
    }
    return (await transaction.query(advanceSuccessor, [tenantId, alg, until])).length > 0;
  }
}
