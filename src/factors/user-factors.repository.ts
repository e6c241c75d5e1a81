import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';

/** Names in `users.second_factors`. */
export const TOTP = 'totp';
export const PASSKEY = 'passkey';
export const RECOVERY_CODE = 'recovery-code';

/** What a user has set up. */
export interface UserFactors {
  readonly factors: readonly string[];
  readonly rememberedDevices: number;
}

/** Adds a name to a user's second factors, or takes it out. */
const MARKED = (user: string, name: string) => `
  UPDATE users SET second_factors = CASE WHEN ${name} = ANY (second_factors) THEN second_factors
                                         ELSE array_append(second_factors, ${name}) END
   WHERE tenant_id = $1 AND id IN (${user})`;

const findTotp = statement(
  'user_totp.find',
  'SELECT secret, last_step::float8 AS last_step, created_at FROM user_totp WHERE tenant_id = $1 AND user_id = $2',
);
const createTotp = statement(
  'user_totp.create',
  `WITH created AS (
     INSERT INTO user_totp (tenant_id, user_id, secret, last_step) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, user_id) DO NOTHING RETURNING user_id
   ), marked AS (${MARKED('SELECT user_id FROM created', `'${TOTP}'`)})
   SELECT user_id FROM created`,
);
const useTotpStep = statement(
  'user_totp.use_step',
  `UPDATE user_totp SET last_step = $3 WHERE tenant_id = $1 AND user_id = $2 AND last_step < $3 RETURNING user_id`,
);
const replaceRecoveryCodes = statement(
  'user_recovery_codes.replace',
  `WITH gone AS (
     DELETE FROM user_recovery_codes WHERE tenant_id = $1 AND user_id = $2 AND NOT digest = ANY ($3)
   ), added AS (
     INSERT INTO user_recovery_codes (tenant_id, user_id, digest) SELECT $1, $2, unnest($3::bytea[])
   )
   ${MARKED('SELECT $2::uuid', `'${RECOVERY_CODE}'`)}`,
);
const useRecoveryCode = statement(
  'user_recovery_codes.use',
  `WITH used AS (
     DELETE FROM user_recovery_codes WHERE tenant_id = $1 AND user_id = $2 AND digest = $3 RETURNING user_id
   ), ended AS (
     UPDATE users SET second_factors = array_remove(second_factors, '${RECOVERY_CODE}')
      WHERE tenant_id = $1 AND id IN (SELECT user_id FROM used)
        AND NOT EXISTS (SELECT FROM user_recovery_codes c WHERE c.tenant_id = $1 AND c.user_id = $2 AND c.digest <> $3)
   )
   SELECT (SELECT count(*)::int FROM user_recovery_codes c WHERE c.tenant_id = $1 AND c.user_id = $2 AND c.digest <> $3)
          AS codes_left
     FROM used`,
);
// Recovery codes stand in for another factor. They go with the last one.
const remove = statement(
  'user_factors.remove',
  `WITH kept AS (
     SELECT id, array_remove(second_factors, $3) AS names FROM users
      WHERE tenant_id = $1 AND id = $2 AND $3 = ANY (second_factors) FOR UPDATE
   ), changed AS (
     UPDATE users u
        SET second_factors = CASE WHEN kept.names <@ ARRAY['${RECOVERY_CODE}'] THEN '{}' ELSE kept.names END
       FROM kept WHERE u.tenant_id = $1 AND u.id = kept.id RETURNING u.id, u.second_factors
   ), codes AS (
     DELETE FROM user_recovery_codes WHERE tenant_id = $1
        AND user_id IN (SELECT id FROM changed WHERE NOT '${RECOVERY_CODE}' = ANY (second_factors))
   ), devices AS (
     DELETE FROM remembered_devices WHERE tenant_id = $1 AND user_id IN (SELECT id FROM changed)
   )
   SELECT id FROM changed`,
);
const mark = statement('user_factors.mark', `${MARKED('SELECT $2::uuid', '$3')} RETURNING id`);
const find = statement(
  'user_factors.find',
  `SELECT u.second_factors AS factors,
          (SELECT count(*)::int FROM remembered_devices d
            WHERE d.tenant_id = $1 AND d.user_id = u.id AND d.expires_at > now() AND d.created_at >= u.valid_from) AS devices
     FROM users u WHERE u.tenant_id = $1 AND u.id = $2`,
);
const deleteTotp = statement(
  'user_totp.delete',
  'DELETE FROM user_totp WHERE tenant_id = $1 AND user_id = $2 RETURNING user_id',
);
const countRecoveryCodes = statement(
  'user_recovery_codes.count',
  'SELECT count(*)::int AS codes FROM user_recovery_codes WHERE tenant_id = $1 AND user_id = $2',
);
const findFirstPasskey = statement(
  'user_factors.find_first_passkey',
  'SELECT min(created_at) AS created_at FROM passkeys WHERE tenant_id = $1 AND user_id = $2',
);
const deletePasskeys = statement(
  'user_factors.delete_passkeys',
  'DELETE FROM passkeys WHERE tenant_id = $1 AND user_id = $2 RETURNING id',
);

/** Which second factors a user has set up. */
@Injectable()
export class UserFactorsRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: TenantId, userId: string): Promise<UserFactors | undefined> {
    const values = [tenantId, userId];
    const [row] = await this.database.query<{ factors: string[]; devices: number }>(tenantId, find, values);
    return row && { factors: row.factors, rememberedDevices: row.devices };
  }

  /** @returns the sealed secret and the last time step that was used */
  async findTotp(
    tenantId: TenantId,
    userId: string,
  ): Promise<{ readonly secret: Buffer; readonly lastStep: number; readonly createdAt: Date } | undefined> {
    const values = [tenantId, userId];
    const [row] = await this.database.query<{ secret: Buffer; last_step: number; created_at: Date }>(
      tenantId,
      findTotp,
      values,
    );
    return row && { secret: row.secret, lastStep: row.last_step, createdAt: row.created_at };
  }

  /** @returns false when the user has an authenticator app already */
  async createTotp(
    tenantId: TenantId,
    userId: string,
    totp: { readonly secret: Buffer; readonly step: number },
    transaction: Transaction,
  ): Promise<boolean> {
    return (await transaction.query(createTotp, [tenantId, userId, totp.secret, totp.step])).length === 1;
  }

  /** @returns true for one caller only: every step is used once, and none before it any more */
  async useTotpStep(tenantId: TenantId, userId: string, step: number, transaction: Transaction): Promise<boolean> {
    return (await transaction.query(useTotpStep, [tenantId, userId, step])).length === 1;
  }

  /** Those of before do not work any more. */
  async replaceRecoveryCodes(
    tenantId: TenantId,
    userId: string,
    digests: readonly Buffer[],
    transaction: Transaction,
  ): Promise<void> {
    await transaction.query(replaceRecoveryCodes, [tenantId, userId, digests]);
  }

  /** @returns how many are left, for one caller only; undefined when there is no such code (any more) */
  async useRecoveryCode(
    tenantId: TenantId,
    userId: string,
    digest: Buffer,
    transaction: Transaction,
  ): Promise<number | undefined> {
    const values = [tenantId, userId, digest];
    const [row] = await transaction.query<{ codes_left: number }>(useRecoveryCode, values);
    return row?.codes_left;
  }

  /** For a factor that is kept elsewhere, such as a passkey: the user has set it up. @returns false: there is no user */
  async mark(tenantId: TenantId, userId: string, name: string, transaction: Transaction): Promise<boolean> {
    return (await transaction.query(mark, [tenantId, userId, name])).length === 1;
  }

  /** @returns false when there was none */
  async deleteTotp(tenantId: TenantId, userId: string, transaction: Transaction): Promise<boolean> {
    return (await transaction.query(deleteTotp, [tenantId, userId])).length === 1;
  }

  async countRecoveryCodes(tenantId: TenantId, userId: string): Promise<number> {
    const [row] = await this.database.query<{ codes: number }>(tenantId, countRecoveryCodes, [tenantId, userId]);
    return row?.codes ?? 0;
  }

  /** When the oldest of the passkeys that the user has was added. */
  async findFirstPasskey(tenantId: TenantId, userId: string): Promise<Date | undefined> {
    const values = [tenantId, userId];
    const [row] = await this.database.query<{ created_at: Date | null }>(tenantId, findFirstPasskey, values);
    return row?.created_at ?? undefined;
  }

  /** @returns how many there were */
  async deletePasskeys(tenantId: TenantId, userId: string, transaction: Transaction): Promise<number> {
    return (await transaction.query(deletePasskeys, [tenantId, userId])).length;
  }

  /**
   * Takes a factor's name from the user, and with it every browser that was remembered because of one.
   * @returns false when the user has no such factor
   */
  async remove(tenantId: TenantId, userId: string, name: string, transaction: Transaction): Promise<boolean> {
    return (await transaction.query(remove, [tenantId, userId, name])).length === 1;
  }
}
