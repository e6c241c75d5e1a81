import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { Purpose, VerificationState } from './verification.js';

/** Guesses at one code. With eight digits, one in 20 million succeeds. */
const MAX_GUESSES = 5;
/**
 * Guesses at all codes of one purpose that were sent to one address within a day. Links to the address are not affected.
 * What was guessed for one purpose must not show at another: nobody learns by it whether an address has an account.
 */
const MAX_GUESSES_OF_ADDRESS = 100;

export interface StoredVerification {
  readonly id: string;
  readonly purpose: Purpose;
  readonly address: string;
  readonly user_id: string | null;
  readonly request_id: string | null;
  readonly browser_digest: Buffer | null;
  readonly code_digest: Buffer;
  readonly data: Buffer | null;
  readonly expires_at: Date;
  readonly state: VerificationState;
}

/** Which verifications end: one, or all of a user, but for the newest. */
export interface Withdrawn {
  readonly id?: string;
  readonly userId?: string;
  readonly exceptId?: string;
}

export interface StoredTurn {
  readonly user_id: string | null;
  readonly request_id: string | null;
  readonly redeemed_at: number;
}

/**
 * Everything of the user ended since: another password, or the account was disabled. What was sent before would give a
 * part of it back to whoever asked for it. The transaction that sets the password redeems the link for it afterwards; it
 * writes its own time, `now()`.
 */
const IS_OUTLIVED = `EXISTS (
  SELECT FROM users u
   WHERE u.tenant_id = v.tenant_id AND u.id = v.user_id AND u.valid_from > v.created_at AND u.valid_from <> now())`;
const COLUMNS = `
  v.id, v.purpose, v.address, v.user_id, v.request_id, v.browser_digest, v.code_digest, v.data, v.expires_at,
  CASE WHEN v.redeemed_at IS NOT NULL THEN 'redeemed' WHEN v.expires_at <= now() OR ${IS_OUTLIVED} THEN 'expired'
       ELSE 'live' END AS state`;
const IS_LIVE = `v.redeemed_at IS NULL AND v.expires_at > now() AND NOT ${IS_OUTLIVED}`;

const create = statement(
  'verifications.create',
  `INSERT INTO verifications (tenant_id, id, purpose, address, address_key, user_id, link_digest, code_digest,
                              request_id, browser_digest, data, expires_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now() + make_interval(secs => $12))`,
);
const findByLink = statement(
  'verifications.find_by_link',
  `SELECT ${COLUMNS} FROM verifications v WHERE v.tenant_id = $1 AND v.purpose = $2 AND v.link_digest = $3`,
);
const find = statement(
  'verifications.find',
  `SELECT ${COLUMNS} FROM verifications v
    WHERE v.tenant_id = $1 AND v.purpose = $2 AND v.id = $3 AND v.browser_digest = ANY ($4::bytea[])`,
);
// Guesses at the codes of one address are made one after the other, so that those made at once are all counted.
const lockAddress = statement(
  'verifications.lock_address',
  `SELECT v.id FROM verifications v
    WHERE v.tenant_id = $1 AND v.address_key = (SELECT address_key FROM verifications WHERE tenant_id = $1 AND id = $2)
    ORDER BY v.id FOR UPDATE`,
);
const guess = statement(
  'verifications.guess',
  `UPDATE verifications v SET guesses = v.guesses + 1
    WHERE v.tenant_id = $1 AND v.purpose = $2 AND v.id = $3 AND v.browser_digest = ANY ($4::bytea[])
      AND v.guesses < ${MAX_GUESSES} AND ${IS_LIVE}
      AND ${MAX_GUESSES_OF_ADDRESS} > (
        SELECT sum(o.guesses) FROM verifications o
         WHERE o.tenant_id = $1 AND o.address_key = v.address_key AND o.purpose = v.purpose
           AND o.created_at > now() - interval '1 day')
   RETURNING ${COLUMNS}`,
);
const redeem = statement(
  'verifications.redeem',
  `UPDATE verifications v SET redeemed_at = now(), data = NULL
    WHERE v.tenant_id = $1 AND v.purpose = $2 AND v.id = $3 AND ${IS_LIVE}
   RETURNING v.id`,
);
const nameUser = statement(
  'verifications.name_user',
  `UPDATE verifications SET user_id = $3 WHERE tenant_id = $1 AND id = $2
   RETURNING extract(epoch FROM redeemed_at)::float8 AS redeemed_at`,
);
// Forgetting the browser makes it single use.
const takeTurn = statement(
  'verifications.take_turn',
  `UPDATE verifications SET browser_digest = NULL
    WHERE tenant_id = $1 AND purpose = $2 AND id = $3 AND browser_digest = ANY ($4::bytea[])
      AND redeemed_at IS NOT NULL AND expires_at > now()
   RETURNING user_id, request_id, extract(epoch FROM redeemed_at)::float8 AS redeemed_at`,
);
const withdraw = statement(
  'verifications.withdraw',
  `WITH ending AS (
     SELECT id FROM verifications
      WHERE tenant_id = $1 AND purpose = ANY ($2) AND (id = $3::uuid OR user_id = $4::uuid)
        AND id IS DISTINCT FROM $5::uuid AND redeemed_at IS NULL AND expires_at > now()
      ORDER BY id FOR UPDATE -- locked in the same order as guesses lock
   )
   UPDATE verifications v SET expires_at = now() FROM ending WHERE v.tenant_id = $1 AND v.id = ending.id RETURNING v.id`,
);

@Injectable()
export class VerificationsRepository {
  constructor(private readonly database: Database) {}

  async create(
    tenantId: TenantId,
    row: {
      readonly id: string;
      readonly purpose: Purpose;
      readonly address: string;
      readonly addressKey: string;
      readonly userId: string | undefined;
      readonly linkDigest: Buffer;
      readonly codeDigest: Buffer;
      readonly requestId: string | undefined;
      readonly browserDigest: Buffer | undefined;
      readonly data: Buffer | undefined;
      readonly lifetimeSeconds: number;
    },
    transaction: Transaction,
  ): Promise<void> {
    const { id, purpose, address, addressKey, userId, linkDigest, codeDigest } = row;
    const { requestId, browserDigest, data, lifetimeSeconds } = row;
    const optional = [requestId ?? null, browserDigest ?? null, data ?? null];
    await transaction.query(create, [
      ...[tenantId, id, purpose, address, addressKey, userId ?? null, linkDigest, codeDigest],
      ...[...optional, lifetimeSeconds],
    ]);
  }

  async findByLink(
    tenantId: TenantId,
    purpose: Purpose,
    linkDigest: Buffer,
    transaction?: Transaction,
  ): Promise<StoredVerification | undefined> {
    const values = [tenantId, purpose, linkDigest];
    const rows = transaction
      ? transaction.query<StoredVerification>(findByLink, values)
      : this.database.query<StoredVerification>(tenantId, findByLink, values);
    return (await rows)[0];
  }

  /** Of one of these browsers. */
  async find(
    tenantId: TenantId,
    purpose: Purpose,
    id: string,
    browserDigests: readonly Buffer[],
  ): Promise<StoredVerification | undefined> {
    const values = [tenantId, purpose, id, browserDigests];
    return (await this.database.query<StoredVerification>(tenantId, find, values))[0];
  }

  /**
   * Counts a guess, before it is compared.
   * @returns undefined when there is no more guess at it, or it is not live, or belongs to another browser
   */
  async guess(
    tenantId: TenantId,
    purpose: Purpose,
    id: string,
    browserDigests: readonly Buffer[],
  ): Promise<StoredVerification | undefined> {
    return this.database.transaction(tenantId, async (transaction) => {
      // Its locks are there before the next statement looks.
      await transaction.query(lockAddress, [tenantId, id]);
      const values = [tenantId, purpose, id, browserDigests];
      return (await transaction.query<StoredVerification>(guess, values))[0];
    });
  }

  /** @returns true for one caller only, and only while it is live */
  async redeem(tenantId: TenantId, purpose: Purpose, id: string, transaction: Transaction): Promise<boolean> {
    return (await transaction.query(redeem, [tenantId, purpose, id])).length === 1;
  }

  /** Says which account came of it. @returns when it was redeemed, Unix time in seconds with fractions */
  async nameUser(tenantId: TenantId, id: string, userId: string, transaction: Transaction): Promise<number> {
    const [row] = await transaction.query<{ redeemed_at: number }>(nameUser, [tenantId, id, userId]);
    if (!row) throw new Error('The verification is gone.');
    return row.redeemed_at;
  }

  /** @returns something for one caller only, after it was redeemed, in one of these browsers */
  async takeTurn(
    tenantId: TenantId,
    purpose: Purpose,
    id: string,
    browserDigests: readonly Buffer[],
    transaction: Transaction,
  ): Promise<StoredTurn | undefined> {
    const values = [tenantId, purpose, id, browserDigests];
    return (await transaction.query<StoredTurn>(takeTurn, values))[0];
  }

  /** Ends one, or all of a user but one. */
  async withdraw(
    tenantId: TenantId,
    purposes: readonly Purpose[],
    of: Withdrawn,
    transaction: Transaction,
  ): Promise<void> {
    const values = [tenantId, purposes, of.id ?? null, of.userId ?? null, of.exceptId ?? null];
    await transaction.query(withdraw, values);
  }
}
