import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import {
  MAX_OPEN_SETUP_LINKS,
  MAX_SETUP_ACTS,
  type NewSetupLink,
  type SetupAct,
  type SetupLink,
  type SetupLinkStatus,
} from './setup-link.js';
import { knownPurposes } from './setup-purposes.js';

const STATUS = `CASE WHEN l.revoked_at IS NOT NULL THEN 'revoked' WHEN l.expires_at <= now() THEN 'expired'
                     WHEN l.single_use AND l.openings > 0 THEN 'used' ELSE 'open' END`;
/** Columns of `setup_links` (as `l`) that make a `SetupLink`. */
export const SETUP_LINK_COLUMNS = `l.id, l.version, ${STATUS} AS status, l.purposes, l.single_use AS "singleUse", l.email,
  l.locale, l.note, l.made_by AS "madeBy", l.maker_tenant_id AS "makerTenantId", l.maker_user_id AS "makerUserId",
  l.maker_client_id AS "makerClientId", l.maker_registration_id AS "makerRegistrationId", l.created_at AS "createdAt",
  l.expires_at AS "expiresAt", l.opened_at AS "openedAt", l.openings, l.last_used_at AS "lastUsedAt",
  l.revoked_at AS "revokedAt", l.revoked_by AS "revokedBy", l.done`;
const MAY_BE_USED = 'l.revoked_at IS NULL AND l.expires_at > now()';

// One at a time for a tenant, so that it never has too many.
const takeTurn = statement(
  'setup_links.take_turn',
  `SELECT pg_advisory_xact_lock(hashtextextended('setup_links' || $1::text, 0))`,
);
const create = statement(
  'setup_links.create',
  `INSERT INTO setup_links AS l (tenant_id, id, digest, purposes, single_use, email, locale, note, made_by, maker_tenant_id,
                                 maker_user_id, maker_client_id, maker_registration_id, expires_at)
   SELECT $1::uuid, $2::uuid, $3::bytea, $4::text[], $5::boolean, $6, $7, $8, $9, $10::uuid, $11::uuid, $12, $13::uuid,
          now() + make_interval(secs => $14)
    WHERE (SELECT count(*) FROM setup_links o WHERE o.tenant_id = $1 AND o.revoked_at IS NULL AND o.expires_at > now())
          < ${MAX_OPEN_SETUP_LINKS}
   RETURNING ${SETUP_LINK_COLUMNS}`,
);
const find = statement(
  'setup_links.find',
  `SELECT ${SETUP_LINK_COLUMNS} FROM setup_links l WHERE l.tenant_id = $1 AND l.id = $2`,
);
const findByDigest = statement(
  'setup_links.find_by_digest',
  `SELECT ${SETUP_LINK_COLUMNS} FROM setup_links l WHERE l.tenant_id = $1 AND l.digest = $2`,
);
const list = statement(
  'setup_links.list',
  `SELECT ${SETUP_LINK_COLUMNS} FROM setup_links l
    WHERE l.tenant_id = $1 AND ($2::uuid IS NULL OR l.id < $2) AND ($3::text IS NULL OR ${STATUS} = $3)
    ORDER BY l.id DESC LIMIT $4`,
);
// Of two at once the second one finds the opening of the first.
const open = statement(
  'setup_links.open',
  `UPDATE setup_links l SET opened_at = coalesce(opened_at, now()), openings = openings + 1, last_used_at = now(),
          version = version + 1
    WHERE l.tenant_id = $1 AND l.digest = $2 AND ${MAY_BE_USED} AND NOT (l.single_use AND l.openings > 0)
   RETURNING ${SETUP_LINK_COLUMNS}`,
);
const revoke = statement(
  'setup_links.revoke',
  `UPDATE setup_links l SET revoked_at = now(), revoked_by = $3, version = version + 1
    WHERE l.tenant_id = $1 AND l.id = $2 AND l.revoked_at IS NULL AND l.expires_at > now()
   RETURNING ${SETUP_LINK_COLUMNS}`,
);
const use = statement(
  'setup_links.use',
  `UPDATE setup_links l SET last_used_at = now(), version = version + 1
    WHERE l.tenant_id = $1 AND l.id = $2 AND ${MAY_BE_USED} RETURNING l.id`,
);
const note = statement(
  'setup_links.note',
  `UPDATE setup_links l
      SET done = CASE WHEN jsonb_array_length(done) < ${MAX_SETUP_ACTS} THEN done ELSE done - 0 END
                 || jsonb_build_object('at', now(), 'type', $3::text, 'target', $4::text)
    WHERE l.tenant_id = $1 AND l.id = $2`,
);

/** Setup links, by the digest of the token in their address. */
@Injectable()
export class SetupLinksRepository {
  constructor(private readonly database: Database) {}

  /** @returns undefined when the tenant has as many as it may */
  async create(
    tenantId: TenantId,
    id: string,
    link: NewSetupLink & { readonly digest: Buffer },
    transaction: Transaction,
  ): Promise<SetupLink | undefined> {
    const { digest, purposes, singleUse, email, locale, note: forWhom, madeBy, lifetimeSeconds } = link;
    const maker = [link.makerTenantId, link.makerUserId, link.makerClientId, link.makerRegistrationId];
    await transaction.query(takeTurn, [tenantId]);
    const values = [
      tenantId,
      id,
      digest,
      purposes,
      singleUse,
      email,
      locale,
      forWhom,
      madeBy,
      ...maker,
      lifetimeSeconds,
    ];
    return linkOf(await transaction.query<SetupLink>(create, values));
  }

  async find(tenantId: TenantId, id: string): Promise<SetupLink | undefined> {
    return linkOf(await this.database.query<SetupLink>(tenantId, find, [tenantId, id]));
  }

  /** Whatever became of it. */
  async findByDigest(tenantId: TenantId, digest: Buffer): Promise<SetupLink | undefined> {
    return linkOf(await this.database.query<SetupLink>(tenantId, findByDigest, [tenantId, digest]));
  }

  /** The newest first, those before the given one. */
  async list(
    tenantId: TenantId,
    page: {
      readonly after: string | undefined;
      readonly status: SetupLinkStatus | undefined;
      readonly limit: number;
    },
  ): Promise<SetupLink[]> {
    const values = [tenantId, page.after ?? null, page.status ?? null, page.limit];
    return (await this.database.query<SetupLink>(tenantId, list, values)).map(toLink);
  }

  /** @returns undefined when it cannot be opened (any more) */
  async open(tenantId: TenantId, digest: Buffer, transaction: Transaction): Promise<SetupLink | undefined> {
    return linkOf(await transaction.query<SetupLink>(open, [tenantId, digest]));
  }

  /** @returns undefined when it has ended before */
  async revoke(tenantId: TenantId, id: string, by: string, transaction: Transaction): Promise<SetupLink | undefined> {
    return linkOf(await transaction.query<SetupLink>(revoke, [tenantId, id, by]));
  }

  /** It is used now, and cannot be revoked before the transaction ends. @returns false when it has ended */
  async hold(tenantId: TenantId, id: string, transaction: Transaction): Promise<boolean> {
    return (await transaction.query(use, [tenantId, id])).length === 1;
  }

  /** It is used now. */
  async touch(tenantId: TenantId, id: string): Promise<void> {
    await this.database.query(tenantId, use, [tenantId, id]);
  }

  /** Keeps what was done with it, in the transaction that did it. */
  async note(tenantId: TenantId, id: string, { type, target }: SetupAct, transaction: Transaction): Promise<void> {
    await transaction.query(note, [tenantId, id, type, target]);
  }
}

function linkOf([row]: readonly SetupLink[]): SetupLink | undefined {
  return row && toLink(row);
}

/** Another version of this program may know more purposes. */
export function toLink(row: SetupLink): SetupLink {
  return { ...row, purposes: knownPurposes(row.purposes) };
}
