import { Injectable } from '@nestjs/common';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';

/** Digests of what may be counted, from the narrowest to the widest. */
export interface AttemptBuckets {
  /** The account from this device. */
  readonly device: Buffer | undefined;
  /** The account from this network. */
  readonly origin: Buffer;
  /** Any account from this network. */
  readonly address: Buffer;
  /** The account from anywhere. */
  readonly account: Buffer;
}

/**
 * What a success takes back: one attempt of the network and of the account, if it was counted there, and all attempts
 * of the device or of the account at this network.
 */
export interface CountedBuckets extends Pick<AttemptBuckets, 'device' | 'origin'> {
  readonly address: Buffer | undefined;
  readonly account: Buffer | undefined;
}

/** Attempts that are free before each further one waits. */
const ALLOWANCE = { origin: 10, address: 100, account: 30 } as const;
const LONGEST_WAIT_SECONDS = 900;
const MEMORY = `interval '1 day'`;
const KNOWN_FOR = `interval '180 days'`;

/**
 * A free attempt stores no time. Of two concurrent attempts, the one that waits for the row began before the other was
 * counted, and would otherwise seem to come too early.
 */
const AT_ONCE = `'-infinity'`;

/**
 * The count decreases by the number of free attempts a day, so that a network shared by many people is not slowed for
 * good. It neither decreases nor increases for an attempt that began before the attempt it waited for.
 */
const FADED = `floor(greatest(extract(epoch FROM now() - a.faded_at), 0) * a.allowance / 86400)::integer`;
const LEFT = `greatest(a.failures - ${FADED}, 0)`;

/** Counts one attempt unless it comes too early; an expired count begins anew. */
const COUNT = `
  ON CONFLICT (tenant_id, bucket) DO UPDATE SET
    refused = a.next_attempt_at > now() AND a.expires_at > now(),
    failures = CASE WHEN a.expires_at <= now() THEN 1
                    WHEN a.next_attempt_at > now() THEN ${LEFT} ELSE ${LEFT} + 1 END,
    faded_at = CASE WHEN a.expires_at <= now() OR a.failures <= ${FADED} THEN now()
                    ELSE a.faded_at + make_interval(secs => ${FADED} * 86400.0 / a.allowance) END,
    next_attempt_at = CASE
      WHEN a.expires_at <= now() THEN ${AT_ONCE}
      WHEN a.next_attempt_at > now() THEN a.next_attempt_at
      WHEN ${LEFT} + 1 < a.allowance THEN ${AT_ONCE}
      ELSE now() + make_interval(secs => least(${LONGEST_WAIT_SECONDS}, power(2, least(${LEFT} + 1 - a.allowance, 20))))
    END,
    expires_at = greatest(a.expires_at, now() + ${MEMORY})
  RETURNING refused, next_attempt_at`;

// A known device is counted alone, a known network together with its address.
const begin = statement(
  'sign_in_attempts.begin',
  `WITH known AS (
     SELECT bucket FROM sign_in_attempts
      WHERE tenant_id = $1 AND bucket IN ($2, $3) AND known AND expires_at > now() ORDER BY bucket = $2 DESC LIMIT 1
   ), address AS (
     INSERT INTO sign_in_attempts AS a (tenant_id, bucket, failures, allowance, next_attempt_at, expires_at)
     SELECT $1, $4, 1, ${ALLOWANCE.address}, ${AT_ONCE}, now() + ${MEMORY}
      WHERE NOT EXISTS (SELECT FROM known WHERE bucket = $2) ${COUNT}
   ), origin AS (
     INSERT INTO sign_in_attempts AS a (tenant_id, bucket, failures, allowance, next_attempt_at, expires_at)
     SELECT $1, coalesce((SELECT bucket FROM known), $3), 1, ${ALLOWANCE.origin}, ${AT_ONCE}, now() + ${MEMORY}
      WHERE NOT EXISTS (SELECT FROM address WHERE refused) ${COUNT}
   ), account AS (
     INSERT INTO sign_in_attempts AS a (tenant_id, bucket, failures, allowance, next_attempt_at, expires_at)
     SELECT $1, $5, 1, ${ALLOWANCE.account}, ${AT_ONCE}, now() + ${MEMORY}
      WHERE NOT EXISTS (SELECT FROM known) AND EXISTS (SELECT FROM origin WHERE NOT refused) ${COUNT}
   )
   SELECT extract(epoch FROM now())::float8 AS began_at, count(*) > 0 AS refused, coalesce(extract(epoch FROM max(next_attempt_at) - now()), 0)::float8 AS wait_seconds,
          EXISTS (SELECT FROM address) AS on_address, EXISTS (SELECT FROM account) AS on_account
     FROM (SELECT * FROM address UNION ALL SELECT * FROM origin UNION ALL SELECT * FROM account) AS counted
    WHERE refused`,
);

/** Takes back exactly one attempt: a success must not clear the failures that others caused. */
const TAKE_BACK = `
  UPDATE sign_in_attempts SET failures = greatest(failures - 1, 0),
         next_attempt_at = CASE WHEN failures - 1 < allowance THEN ${AT_ONCE} ELSE next_attempt_at END`;

// Rows are locked in the same order as in `begin`, to avoid deadlocks.
const succeed = statement(
  'sign_in_attempts.succeed',
  `WITH address AS (
     ${TAKE_BACK}
      WHERE tenant_id = $1 AND bucket = $4
     RETURNING bucket
   ), known AS (
     INSERT INTO sign_in_attempts AS a (tenant_id, bucket, failures, allowance, next_attempt_at, known, expires_at)
     SELECT $1, bucket, 0, ${ALLOWANCE.origin}, ${AT_ONCE}, true, now() + ${KNOWN_FOR}
       FROM unnest(ARRAY[$2, $3]::bytea[]) AS bucket
      WHERE bucket IS NOT NULL AND (SELECT count(*) FROM address) >= 0 ORDER BY bucket
     ON CONFLICT (tenant_id, bucket) DO UPDATE
       SET failures = 0, refused = false, known = true, next_attempt_at = ${AT_ONCE}, expires_at = excluded.expires_at
     RETURNING bucket
   )
   ${TAKE_BACK}
    WHERE tenant_id = $1 AND bucket = $5 AND (SELECT count(*) FROM known) > 0`,
);

export interface CountedAttempt {
  /** Unix time in seconds, with fractions, by the database's clock. */
  readonly beganAt: number;
  readonly refused: boolean;
  readonly waitSeconds: number;
  readonly buckets: CountedBuckets;
}

interface CountedRow {
  readonly began_at: number;
  readonly refused: boolean;
  readonly wait_seconds: number;
  readonly on_address: boolean;
  readonly on_account: boolean;
}

@Injectable()
export class AttemptsRepository {
  /** One statement, so that concurrent attempts are counted one by one. */
  async begin(tenantId: TenantId, buckets: AttemptBuckets, transaction: Transaction): Promise<CountedAttempt> {
    const [row] = await transaction.query<CountedRow>(begin, values(tenantId, buckets));
    if (!row) throw new Error('The attempt was not counted.');
    return {
      beganAt: row.began_at,
      refused: row.refused,
      waitSeconds: row.wait_seconds,
      buckets: {
        ...buckets,
        address: row.on_address ? buckets.address : undefined,
        account: row.on_account ? buckets.account : undefined,
      },
    };
  }

  async succeed(tenantId: TenantId, buckets: CountedBuckets, transaction: Transaction): Promise<void> {
    await transaction.query(succeed, values(tenantId, buckets));
  }
}

function values(tenantId: TenantId, { device, origin, address, account }: CountedBuckets): unknown[] {
  return [tenantId, device ?? null, origin, address ?? null, account ?? null];
}
