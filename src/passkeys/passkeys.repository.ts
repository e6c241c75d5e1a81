import { Injectable } from '@nestjs/common';
import { insertAuditEvents } from '../audit/audit-statement.js';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { User } from '../users/user.js';
import { USER_COLUMNS, type UserRow, toUser } from '../users/users.repository.js';
import { PASSKEY, type Passkey } from './passkey.js';

/** What is stored about a new passkey. */
export type PasskeyData = Omit<Passkey, 'createdAt' | 'lastUsedAt'>;

/** A passkey that was found, its user, and when: Unix seconds with fractions, by the database's clock. */
export interface FoundPasskey {
  readonly passkey: Passkey;
  readonly user: User;
  readonly foundAt: number;
}

/** One use of a passkey. */
export interface PasskeyUse {
  readonly id: string;
  readonly counter: number;
  readonly backedUp: boolean;
  /** Digest of the answered challenge, and how long it could be answered. */
  readonly challenge: { readonly digest: Buffer; readonly lifetimeSeconds: number };
}

/** `spent`: the challenge was answered before; `rolled_back`: the counter is not higher than the one before, or it is gone. */
export type UseOutcome = 'used' | 'spent' | 'rolled_back';

interface PasskeyRow {
  readonly passkey_id: string;
  readonly passkey_user_id: string;
  readonly rp_id: string;
  readonly credential_id: Buffer;
  readonly public_key: Buffer;
  readonly counter: string;
  readonly transports: string[];
  readonly backup_eligible: boolean;
  readonly backed_up: boolean;
  readonly aaguid: string;
  readonly name: string;
  readonly created_at: Date;
  readonly last_used_at: Date | null;
}

const COLUMNS = `p.id AS passkey_id, p.user_id AS passkey_user_id, p.rp_id, p.credential_id, p.public_key, p.counter,
  p.transports, p.backup_eligible, p.backed_up, p.aaguid, p.name, p.created_at, p.last_used_at`;

/** Nobody needs more, and each is a line on a page and an entry in a request of the browser. */
export const MAX_PASSKEYS = 20;

const list = statement(
  'passkeys.list',
  `SELECT ${COLUMNS} FROM passkeys p WHERE p.tenant_id = $1 AND p.user_id = $2 ORDER BY p.id LIMIT 100`,
);
const listAll = statement(
  'passkeys.list_all',
  `SELECT ${COLUMNS} FROM passkeys p
    WHERE p.tenant_id = $1 AND ($2::uuid IS NULL OR p.user_id = $2) AND ($3::uuid IS NULL OR p.id > $3)
    ORDER BY p.id LIMIT $4`,
);
const find = statement('passkeys.find', `SELECT ${COLUMNS} FROM passkeys p WHERE p.tenant_id = $1 AND p.id = $2`);
const findByCredential = statement(
  'passkeys.find_by_credential',
  `SELECT ${COLUMNS}, ${USER_COLUMNS}, extract(epoch FROM now())::float8 AS found_at
     FROM passkeys p JOIN users u ON u.tenant_id = p.tenant_id AND u.id = p.user_id
    WHERE p.tenant_id = $1 AND p.credential_id = $2 AND p.rp_id = $3`,
);
// The user is locked while their passkeys are counted: for the greatest number, and for whether there are any.
const lockOwner = statement(
  'passkeys.lock_owner',
  'SELECT enabled FROM users WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE',
);
const create = statement(
  'passkeys.create',
  `WITH spent AS (
     INSERT INTO spent_passkey_challenges (tenant_id, digest, expires_at)
     VALUES ($1, $14, now() + make_interval(secs => $15)) ON CONFLICT DO NOTHING RETURNING digest
   ), created AS (
     INSERT INTO passkeys (tenant_id, id, user_id, rp_id, credential_id, public_key, counter, transports,
                           backup_eligible, backed_up, aaguid, name)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 FROM spent
      WHERE (SELECT count(*) FROM passkeys p WHERE p.tenant_id = $1 AND p.user_id = $3) < ${MAX_PASSKEYS}
     RETURNING id
   ), marked AS (
     UPDATE users SET second_factors = array_append(array_remove(second_factors, '${PASSKEY}'), '${PASSKEY}')
      WHERE tenant_id = $1 AND id = $3 AND EXISTS (SELECT FROM created)
   ), recorded AS (${insertAuditEvents('$13', { source: 'created' })})
   SELECT EXISTS (SELECT FROM spent) AS fresh, EXISTS (SELECT FROM created) AS done`,
);
const use = statement(
  'passkeys.use',
  `WITH spent AS (
     INSERT INTO spent_passkey_challenges (tenant_id, digest, expires_at)
     VALUES ($1, $5, now() + make_interval(secs => $6)) ON CONFLICT DO NOTHING RETURNING digest
   ), used AS (
     UPDATE passkeys SET counter = $3, backed_up = $4, last_used_at = now()
      WHERE tenant_id = $1 AND id = $2 AND EXISTS (SELECT FROM spent) AND (counter < $3 OR (counter = 0 AND $3 = 0))
     RETURNING id
   )
   SELECT EXISTS (SELECT FROM spent) AS fresh, EXISTS (SELECT FROM used) AS done`,
);
const rename = statement(
  'passkeys.rename',
  `WITH renamed AS (
     UPDATE passkeys p SET name = $4
       FROM (SELECT name AS former FROM passkeys WHERE tenant_id = $1 AND user_id = $2 AND id = $3 FOR UPDATE) AS known
      WHERE p.tenant_id = $1 AND p.user_id = $2 AND p.id = $3 AND p.name <> $4
     RETURNING p.id, known.former, p.name AS present
   ), recorded AS (${insertAuditEvents('$5', {
     source: 'renamed',
     columns: {
       details: `event.details || jsonb_build_object('before', jsonb_build_object('name', renamed.former),
                   'after', jsonb_build_object('name', renamed.present))`,
     },
   })})
   SELECT id FROM renamed`,
);
const remove = statement(
  'passkeys.remove',
  `WITH removed AS (
     DELETE FROM passkeys WHERE tenant_id = $1 AND user_id = $2 AND id = $3 RETURNING id
   ), recorded AS (${insertAuditEvents('$4', { source: 'removed' })})
   SELECT (SELECT count(*) FROM passkeys p WHERE p.tenant_id = $1 AND p.user_id = $2 AND p.id <> $3)::int AS "left"
     FROM removed`,
);

@Injectable()
export class PasskeysRepository {
  constructor(private readonly database: Database) {}

  /** Of one user, the oldest first. */
  async list(tenantId: TenantId, userId: string): Promise<Passkey[]> {
    return (await this.database.query<PasskeyRow>(tenantId, list, [tenantId, userId])).map(toPasskey);
  }

  /** Of one user or of all, in order of creation (ids are time-ordered), after the given id. */
  async listAll(
    tenantId: TenantId,
    page: { readonly userId?: string | undefined; readonly after?: string | undefined; readonly limit: number },
  ): Promise<Passkey[]> {
    const values = [tenantId, page.userId ?? null, page.after ?? null, page.limit];
    return (await this.database.query<PasskeyRow>(tenantId, listAll, values)).map(toPasskey);
  }

  async find(tenantId: TenantId, id: string): Promise<Passkey | undefined> {
    const [row] = await this.database.query<PasskeyRow>(tenantId, find, [tenantId, id]);
    return row && toPasskey(row);
  }

  /** @param credentialId in base64url */
  async findByCredential(tenantId: TenantId, credentialId: string, rpId: string): Promise<FoundPasskey | undefined> {
    const values = [tenantId, Buffer.from(credentialId, 'base64url'), rpId];
    const [row] = await this.database.query<PasskeyRow & UserRow & { found_at: number }>(
      tenantId,
      findByCredential,
      values,
    );
    return row && { passkey: toPasskey(row), user: toUser(row), foundAt: row.found_at };
  }

  /**
   * @param event a parameter of events (`AuditRecorder.parameterOf`)
   * @returns `refused`: the user has too many, or is gone
   * @throws a unique violation when somebody has this credential
   */
  async create(
    tenantId: TenantId,
    passkey: PasskeyData,
    { challenge, event }: { readonly challenge: PasskeyUse['challenge']; readonly event: string },
    transaction: Transaction,
  ): Promise<'created' | 'spent' | 'refused'> {
    const { id, userId, rpId, credentialId, publicKey, counter, transports } = passkey;
    const { backupEligible, backedUp, aaguid, name } = passkey;
    const keys = [Buffer.from(credentialId, 'base64url'), Buffer.from(publicKey), counter, transports];
    const values: unknown[] = [tenantId, id, userId, rpId, ...keys, backupEligible, backedUp, aaguid, name, event];
    values.push(challenge.digest, challenge.lifetimeSeconds);
    const [owner] = await transaction.query<{ enabled: boolean }>(lockOwner, [tenantId, userId]);
    if (!owner?.enabled) return 'refused';
    const [row] = await transaction.query<{ fresh: boolean; done: boolean }>(create, values);
    if (!row?.fresh) return 'spent';
    return row.done ? 'created' : 'refused';
  }

  /** Marks the challenge as answered and the passkey as used, for one caller only. */
  async use(
    tenantId: TenantId,
    { id, counter, backedUp, challenge }: PasskeyUse,
    transaction: Transaction,
  ): Promise<UseOutcome> {
    const values = [tenantId, id, counter, backedUp, challenge.digest, challenge.lifetimeSeconds];
    const [row] = await transaction.query<{ fresh: boolean; done: boolean }>(use, values);
    if (!row?.fresh) return 'spent';
    return row.done ? 'used' : 'rolled_back';
  }

  /** @returns false when the user has no such passkey, or it has that name */
  async rename(
    tenantId: TenantId,
    { userId, id, name }: Pick<Passkey, 'userId' | 'id' | 'name'>,
    event: string,
  ): Promise<boolean> {
    return (await this.database.query(tenantId, rename, [tenantId, userId, id, name, event])).length === 1;
  }

  /**
   * @param event undefined when the caller records it
   * @returns how many the user has left; undefined when the user has no such passkey
   */
  async remove(
    tenantId: TenantId,
    { userId, id }: Pick<Passkey, 'userId' | 'id'>,
    event: string | undefined,
    transaction: Transaction,
  ): Promise<{ readonly left: number } | undefined> {
    await transaction.query(lockOwner, [tenantId, userId]);
    const [row] = await transaction.query<{ left: number }>(remove, [tenantId, userId, id, event ?? null]);
    return row;
  }
}

function toPasskey(row: PasskeyRow): Passkey {
  return {
    id: row.passkey_id,
    userId: row.passkey_user_id,
    rpId: row.rp_id,
    credentialId: row.credential_id.toString('base64url'),
    publicKey: new Uint8Array(row.public_key),
    counter: Number(row.counter),
    transports: row.transports,
    backupEligible: row.backup_eligible,
    backedUp: row.backed_up,
    aaguid: row.aaguid,
    name: row.name,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at ?? undefined,
  };
}
