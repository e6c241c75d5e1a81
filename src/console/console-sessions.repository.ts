import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';

/** Without a request for so long, a session ends. */
export const IDLE_SECONDS = 3600;
/** So long a session lasts at most. */
export const ABSOLUTE_SECONDS = 12 * 3600;
/** How exactly the last use is kept: so a request costs a write once a minute. */
const EXACT_TO_SECONDS = 60;

export interface ConsoleSessionRow {
  readonly user_id: string;
  readonly tokens: Buffer;
  /** Seconds until the access token ends; negative afterwards. */
  readonly access_seconds: number;
  readonly is_worth_keeping: boolean;
}

const COLUMNS = `user_id, tokens, extract(epoch FROM access_expires_at - now())::float8 AS access_seconds,
  last_used_at < now() - interval '${EXACT_TO_SECONDS} seconds' AS is_worth_keeping`;

const create = statement(
  'console_sessions.create',
  `INSERT INTO console_sessions (tenant_id, digest, user_id, tokens, access_expires_at, expires_at)
   VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5), now() + make_interval(secs => ${IDLE_SECONDS}))`,
);
const find = statement(
  'console_sessions.find',
  `SELECT ${COLUMNS} FROM console_sessions WHERE tenant_id = $1 AND digest = $2 AND expires_at > now()`,
);
const claim = statement(
  'console_sessions.claim',
  `UPDATE console_sessions SET renewing_until = now() + make_interval(secs => $4)
    WHERE tenant_id = $1 AND digest = $2 AND expires_at > now()
      AND access_expires_at <= now() + make_interval(secs => $3)
      AND (renewing_until IS NULL OR renewing_until <= now())
   RETURNING tokens`,
);
const giveUpClaim = statement(
  'console_sessions.give_up_claim',
  'UPDATE console_sessions SET renewing_until = NULL WHERE tenant_id = $1 AND digest = $2',
);
const touch = statement(
  'console_sessions.touch',
  `UPDATE console_sessions
      SET last_used_at = now(),
          expires_at = least(now() + make_interval(secs => ${IDLE_SECONDS}),
                             created_at + make_interval(secs => ${ABSOLUTE_SECONDS}))
    WHERE tenant_id = $1 AND digest = $2 AND expires_at > now()`,
);
const renew = statement(
  'console_sessions.renew',
  `UPDATE console_sessions SET tokens = $3, access_expires_at = now() + make_interval(secs => $4),
          renewing_until = NULL
    WHERE tenant_id = $1 AND digest = $2`,
);
const end = statement(
  'console_sessions.end',
  'DELETE FROM console_sessions WHERE tenant_id = $1 AND digest = $2 RETURNING tokens',
);

/** Sessions of the console, by the digest of the secret in the cookie. */
@Injectable()
export class ConsoleSessionsRepository {
  constructor(private readonly database: Database) {}

  async create(
    tenantId: TenantId,
    session: {
      readonly digest: Buffer;
      readonly userId: string;
      readonly tokens: Buffer;
      readonly accessSeconds: number;
    },
  ): Promise<void> {
    const { digest, userId, tokens, accessSeconds } = session;
    await this.database.query(tenantId, create, [tenantId, digest, userId, tokens, accessSeconds]);
  }

  async find(tenantId: TenantId, digest: Buffer): Promise<ConsoleSessionRow | undefined> {
    const [row] = await this.database.query<ConsoleSessionRow & object>(tenantId, find, [tenantId, digest]);
    return row;
  }

  /**
   * Keeps others from renewing its tokens for `forSeconds`, when its access token ends within `endingWithinSeconds`.
   * @returns its tokens; undefined when others renew them or have renewed them, or there is no such session
   */
  async claim(
    tenantId: TenantId,
    digest: Buffer,
    { endingWithinSeconds, forSeconds }: { readonly endingWithinSeconds: number; readonly forSeconds: number },
  ): Promise<Buffer | undefined> {
    const values = [tenantId, digest, endingWithinSeconds, forSeconds];
    const [row] = await this.database.query<{ tokens: Buffer }>(tenantId, claim, values);
    return row?.tokens;
  }

  /** They were not renewed; others may try at once. */
  async giveUpClaim(tenantId: TenantId, digest: Buffer): Promise<void> {
    await this.database.query(tenantId, giveUpClaim, [tenantId, digest]);
  }

  /** It was used now. */
  async touch(tenantId: TenantId, digest: Buffer): Promise<void> {
    await this.database.query(tenantId, touch, [tenantId, digest]);
  }

  async renew(
    tenantId: TenantId,
    digest: Buffer,
    { tokens, accessSeconds }: { readonly tokens: Buffer; readonly accessSeconds: number },
  ): Promise<void> {
    await this.database.query(tenantId, renew, [tenantId, digest, tokens, accessSeconds]);
  }

  /** @returns its tokens; undefined when it has ended already */
  async end(tenantId: TenantId, digest: Buffer): Promise<Buffer | undefined> {
    const [row] = await this.database.query<{ tokens: Buffer }>(tenantId, end, [tenantId, digest]);
    return row?.tokens;
  }
}
