import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { MAX_SETUP_SESSIONS, SETUP_IDLE_SECONDS, SETUP_SESSION_SECONDS, type SetupLink } from './setup-link.js';
import { SETUP_LINK_COLUMNS, toLink } from './setup-links.repository.js';

/** How exactly the last use is kept: so a request costs writes once a minute. */
const EXACT_TO_SECONDS = 60;
/** A button is pressed twice within this time. */
const NEW_SECONDS = 30;

export interface SetupSessionRow {
  readonly link: SetupLink;
  /** By itself; its link may have ended. */
  readonly isLive: boolean;
  /** When it ends in any case. */
  readonly endsAt: Date;
  readonly isWorthKeeping: boolean;
  /** Whether it began a moment ago. */
  readonly isNew: boolean;
}

type Columns = SetupLink & Omit<SetupSessionRow, 'link'>;

const create = statement(
  'setup_sessions.create',
  `WITH ended AS (
     DELETE FROM setup_sessions WHERE tenant_id = $1 AND digest IN (
       SELECT digest FROM setup_sessions WHERE tenant_id = $1 AND link_id = $3
        ORDER BY created_at DESC, digest OFFSET ${MAX_SETUP_SESSIONS - 1})
   )
   INSERT INTO setup_sessions (tenant_id, digest, link_id, expires_at)
   SELECT $1::uuid, $2::bytea, l.id, least(l.expires_at, now() + make_interval(secs => ${SETUP_IDLE_SECONDS}))
     FROM setup_links l WHERE l.tenant_id = $1 AND l.id = $3`,
);
const find = statement(
  'setup_sessions.find',
  `SELECT ${SETUP_LINK_COLUMNS}, s.expires_at > now() AS "isLive",
          least(l.expires_at, s.created_at + make_interval(secs => ${SETUP_SESSION_SECONDS})) AS "endsAt",
          s.last_used_at < now() - interval '${EXACT_TO_SECONDS} seconds' AS "isWorthKeeping",
          s.created_at > now() - interval '${NEW_SECONDS} seconds' AS "isNew"
     FROM setup_sessions s JOIN setup_links l ON l.tenant_id = s.tenant_id AND l.id = s.link_id
    WHERE s.tenant_id = $1 AND s.digest = $2`,
);
const touch = statement(
  'setup_sessions.touch',
  `UPDATE setup_sessions s
      SET last_used_at = now(),
          expires_at = least(l.expires_at, now() + make_interval(secs => ${SETUP_IDLE_SECONDS}),
                             s.created_at + make_interval(secs => ${SETUP_SESSION_SECONDS}))
     FROM setup_links l
    WHERE s.tenant_id = $1 AND s.digest = $2 AND s.expires_at > now() AND l.tenant_id = s.tenant_id AND l.id = s.link_id`,
);
const end = statement(
  'setup_sessions.end',
  'DELETE FROM setup_sessions WHERE tenant_id = $1 AND digest = $2 RETURNING link_id, expires_at > now() AS is_live',
);

/** Sessions of people who came by a setup link, by the digest of the secret in their cookie. */
@Injectable()
export class SetupSessionsRepository {
  constructor(private readonly database: Database) {}

  async create(tenantId: TenantId, digest: Buffer, linkId: string, transaction: Transaction): Promise<void> {
    await transaction.query(create, [tenantId, digest, linkId]);
  }

  async find(tenantId: TenantId, digest: Buffer): Promise<SetupSessionRow | undefined> {
    const [row] = await this.database.query<Columns>(tenantId, find, [tenantId, digest]);
    if (!row) return undefined;
    const { isLive, endsAt, isWorthKeeping, isNew, ...link } = row;
    return { isLive, endsAt, isWorthKeeping, isNew, link: toLink(link) };
  }

  /** It was used now. */
  async touch(tenantId: TenantId, digest: Buffer): Promise<void> {
    await this.database.query(tenantId, touch, [tenantId, digest]);
  }

  /** @returns the id of its link; undefined when it had ended already */
  async end(tenantId: TenantId, digest: Buffer, transaction: Transaction): Promise<string | undefined> {
    const [row] = await transaction.query<{ link_id: string; is_live: boolean }>(end, [tenantId, digest]);
    return row?.is_live ? row.link_id : undefined;
  }
}
