import { Injectable } from '@nestjs/common';
import { boundedText } from '../audit/audit-row.js';
import { insertAuditEvents } from '../audit/audit-statement.js';
import type { Proof } from '../authentication/proof.js';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { USER_COLUMNS, type UserRow, toUser } from '../users/users.repository.js';
import type { Session } from './session.js';

export interface NewSession {
  readonly id: string;
  readonly digest: Buffer;
  /** Of the session this one takes the place of. */
  readonly previousDigest: Buffer | undefined;
  readonly userId: string;
  /** Unix time in seconds, with fractions. */
  readonly authTime: number;
  readonly acr: string;
  readonly amr: readonly string[];
  readonly proofs?: readonly Proof[];
  readonly lifetimeSeconds: number;
  readonly isRemembered?: boolean;
  /** The `User-Agent` header and the network address, shown to the person and nobody else. */
  readonly userAgent?: string | undefined;
  readonly address?: string | undefined;
  /** A parameter of events (`AuditRecorder.parameterOf`); they are stored with the session's id. */
  readonly event?: string | undefined;
}

/** A session as its person sees it in a list. */
export interface ListedSession {
  readonly id: string;
  readonly userAgent: string | undefined;
  readonly address: string | undefined;
  readonly authTime: Date;
  /** To the minute. */
  readonly lastSeenAt: Date;
}

interface ListedRow {
  readonly id: string;
  readonly user_agent: string | null;
  readonly address: string | null;
  readonly auth_time: Date;
  readonly last_seen_at: Date;
}

/** The most sessions that are listed. */
const MAX_LISTED = 50;
const MAX_USER_AGENT_LENGTH = 300;
/** The id of no session. */
const NO_SESSION = '00000000-0000-0000-0000-000000000000';

interface SessionRow extends UserRow {
  readonly session_id: string;
  readonly digest: Buffer;
  readonly auth_time: number;
  readonly amr: string[];
  readonly factors: Proof[];
  readonly session_expires_at: number;
  readonly remembered: boolean;
  readonly stale: boolean;
}

/** OpenID Connect Core §11: with offline access a grant goes on while the user is not present. */
const ENDS_WITH_SESSION = `revoked_at IS NULL AND NOT 'offline_access' = ANY (scope)`;

// Signing in again as the same person keeps the session's id under a new secret; as another person it ends the old one.
const start = statement(
  'sessions.start',
  `WITH renewed AS (
     UPDATE sessions SET digest = $3, auth_time = to_timestamp($9), acr = $5, amr = $6, last_seen_at = now(),
            expires_at = now() + make_interval(secs => $7), user_agent = $11, address = $12, factors = $13,
            remembered = $14
      WHERE tenant_id = $1 AND digest = $4 AND user_id = $8
     RETURNING id
   ), ended AS (
     DELETE FROM sessions WHERE tenant_id = $1 AND digest = $4 AND user_id <> $8 RETURNING id
   ), revoked AS (
     UPDATE grants SET revoked_at = now()
      WHERE tenant_id = $1 AND session_id IN (SELECT id FROM ended) AND ${ENDS_WITH_SESSION}
   ), created AS (
     INSERT INTO sessions (tenant_id, id, digest, user_id, auth_time, acr, amr, expires_at, user_agent, address, factors,
                           remembered)
     SELECT $1, $2, $3, $8, to_timestamp($9), $5, $6, now() + make_interval(secs => $7), $11, $12, $13, $14
      WHERE NOT EXISTS (SELECT FROM renewed)
     RETURNING id
   ), started AS (
     SELECT id FROM renewed UNION ALL SELECT id FROM created
   ), recorded AS (${insertAuditEvents('$10', {
     source: 'started',
     columns: { details: `event.details || jsonb_build_object('session', started.id)` },
   })})
   SELECT id FROM started`,
);

// The secret that was sent stops to work: of several forms that are sent at once, one strengthens the session.
const strengthen = statement(
  'sessions.strengthen',
  `WITH strengthened AS (
     UPDATE sessions SET digest = $4, acr = $5, amr = $6, factors = $7, last_seen_at = now()
      WHERE tenant_id = $1 AND id = $2 AND digest = $3 AND expires_at > now()
     RETURNING id
   ), recorded AS (${insertAuditEvents('$8', { source: 'strengthened' })})
   SELECT id FROM strengthened`,
);

const find = statement(
  'sessions.find',
  `SELECT ${USER_COLUMNS}, s.id AS session_id, s.digest, extract(epoch FROM s.auth_time)::float8 AS auth_time, s.amr, s.factors,
          extract(epoch FROM s.expires_at)::float8 AS session_expires_at,
          s.remembered, s.last_seen_at < now() - interval '1 minute' AS stale
     FROM sessions s JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
    WHERE s.tenant_id = $1 AND s.digest = ANY ($2) AND s.expires_at > now()
      AND (s.remembered OR s.last_seen_at > now() - make_interval(secs => $3))
      AND u.enabled AND s.auth_time >= u.valid_from`,
);
const touch = statement(
  'sessions.touch',
  'UPDATE sessions SET last_seen_at = now() WHERE tenant_id = $1 AND digest = ANY ($2)',
);
const end = statement(
  'sessions.end',
  `WITH ended AS (
     DELETE FROM sessions WHERE tenant_id = $1 AND id = $2 RETURNING id
   ), revoked AS (
     UPDATE grants SET revoked_at = now()
      WHERE tenant_id = $1 AND session_id IN (SELECT id FROM ended) AND ${ENDS_WITH_SESSION}
   ), recorded AS (${insertAuditEvents('$3', { source: 'ended' })})
   SELECT id FROM ended`,
);

const list = statement(
  'sessions.list',
  `SELECT s.id, s.user_agent, s.address, s.auth_time, s.last_seen_at
     FROM sessions s JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
    WHERE s.tenant_id = $1 AND s.user_id = $2 AND s.expires_at > now()
      AND (s.remembered OR s.last_seen_at > now() - make_interval(secs => $3)) AND s.auth_time >= u.valid_from
    ORDER BY s.last_seen_at DESC, s.id DESC LIMIT ${MAX_LISTED}`,
);
// An address that one of them asked for could be confirmed afterwards, and would take the account over.
const endOthers = statement(
  'sessions.end_others',
  `WITH ended AS (
     DELETE FROM sessions
      WHERE tenant_id = $1 AND user_id = $2 AND id <> $3 AND ($4::uuid IS NULL OR id = $4) RETURNING id
   ), revoked AS (
     UPDATE grants SET revoked_at = now()
      WHERE tenant_id = $1 AND session_id IN (SELECT id FROM ended) AND ${ENDS_WITH_SESSION}
   ), withdrawn AS (
     UPDATE verifications SET expires_at = now()
      WHERE tenant_id = $1 AND user_id = $2 AND purpose = 'change_email' AND redeemed_at IS NULL AND expires_at > now()
        AND EXISTS (SELECT FROM ended)
   ), recorded AS (${insertAuditEvents('$5', {
     source: '(SELECT jsonb_agg(id) AS ids FROM ended HAVING count(*) > 0) AS gone',
     columns: {
       details: `event.details || jsonb_build_object('sessions', gone.ids, 'before', jsonb_build_object('sessions', gone.ids))`,
     },
   })})
   SELECT id FROM ended`,
);

@Injectable()
export class SessionsRepository {
  constructor(private readonly database: Database) {}

  /** @returns the session's id, which is not the given one when a session was renewed */
  async start(tenantId: TenantId, session: NewSession, transaction: Transaction): Promise<string> {
    const { id, digest, previousDigest, acr, amr, lifetimeSeconds, userId, authTime } = session;
    const values: unknown[] = [
      tenantId,
      id,
      digest,
      previousDigest ?? null,
      acr,
      amr,
      lifetimeSeconds,
      userId,
      authTime,
    ];
    values.push(session.event ?? null, boundedAgent(session.userAgent), session.address ?? null);
    values.push(JSON.stringify(session.proofs ?? []), session.isRemembered ?? false);
    const [row] = await transaction.query<{ id: string }>(start, values);
    if (!row) throw new Error('The session was not stored.');
    return row.id;
  }

  /** @returns false when the session ended, or its secret is another by now */
  async strengthen(
    tenantId: TenantId,
    session: Pick<NewSession, 'id' | 'digest' | 'acr' | 'amr' | 'event'> & {
      readonly previousDigest: Buffer;
      readonly proofs: readonly Proof[];
    },
    transaction: Transaction,
  ): Promise<boolean> {
    const { id, digest, previousDigest, acr, amr, proofs, event } = session;
    const values = [tenantId, id, previousDigest, digest, acr, amr, JSON.stringify(proofs), event ?? null];
    return (await transaction.query(strengthen, values)).length === 1;
  }

  /**
   * The sessions behind these digests that have not expired, were not idle for too long, and whose users are enabled.
   * @returns one for each digest, in their order
   */
  async find(
    tenantId: TenantId,
    digests: readonly Buffer[],
    idleLifetimeSeconds: number,
  ): Promise<readonly (Session | undefined)[]> {
    const rows = await this.database.query<SessionRow>(tenantId, find, [tenantId, digests, idleLifetimeSeconds]);
    // The time of use is written once a minute, to save a write per request.
    const stale = rows.filter((row) => row.stale).map((row) => row.digest);
    if (stale.length > 0) await this.database.query(tenantId, touch, [tenantId, stale]);
    return digests.map((digest) => {
      const row = rows.find((each) => each.digest.equals(digest));
      return row && toSession(row);
    });
  }

  /**
   * Ends the session and revokes what was granted for as long as it lasts.
   * @param event a parameter of events (`AuditRecorder.parameterOf`)
   * @returns false when it had ended before
   */
  async end(tenantId: TenantId, id: string, event?: string): Promise<boolean> {
    return (await this.database.query(tenantId, end, [tenantId, id, event ?? null])).length === 1;
  }

  /** The sessions that would be found by their secrets, the one that was used last first. */
  async list(tenantId: TenantId, userId: string, idleLifetimeSeconds: number): Promise<ListedSession[]> {
    const rows = await this.database.query<ListedRow>(tenantId, list, [tenantId, userId, idleLifetimeSeconds]);
    return rows.map((row) => ({
      id: row.id,
      userAgent: row.user_agent ?? undefined,
      address: row.address ?? undefined,
      authTime: row.auth_time,
      lastSeenAt: row.last_seen_at,
    }));
  }

  /**
   * Ends the user's sessions but for the current one, or the one named alone, and revokes what was granted for as long
   * as they last.
   * @param event a parameter of events (`AuditRecorder.parameterOf`), stored once, with the ids of all
   * @returns how many
   */
  async endOthers(
    tenantId: TenantId,
    {
      userId,
      currentId = NO_SESSION,
      id,
    }: { readonly userId: string; readonly currentId?: string; readonly id?: string | undefined },
    event?: string,
  ): Promise<number> {
    const values = [tenantId, userId, currentId, id ?? null, event ?? null];
    return (await this.database.query(tenantId, endOthers, values)).length;
  }

  /** The same within a transaction, without an event of its own. @returns the ids of those that ended */
  async endAll(
    tenantId: TenantId,
    { userId, id }: { readonly userId: string; readonly id?: string | undefined },
    transaction: Transaction,
  ): Promise<string[]> {
    const rows = await transaction.query<{ id: string }>(endOthers, [tenantId, userId, NO_SESSION, id ?? null, null]);
    return rows.map((row) => row.id);
  }
}

function toSession(row: SessionRow): Session {
  return {
    id: row.session_id,
    user: toUser(row),
    authTime: row.auth_time,
    amr: row.amr,
    // A version that knew one factor only stored none.
    proofs: row.factors.length > 0 ? row.factors : [{ factor: 'password', amr: row.amr, at: row.auth_time }],
    expiresAt: Math.floor(row.session_expires_at),
    isRemembered: row.remembered,
  };
}

/** As people may see it. A header may have control characters of Latin-1. */
export function boundedAgent(userAgent: string | undefined): string | null {
  return userAgent === undefined ? null : boundedText(userAgent, MAX_USER_AGENT_LENGTH);
}
