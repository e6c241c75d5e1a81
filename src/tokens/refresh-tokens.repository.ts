import { Injectable } from '@nestjs/common';
import { insertAuditEvents } from '../audit/audit-statement.js';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { USER_COLUMNS, type UserRow, toUser } from '../users/users.repository.js';
import type { AccessTokenRecord } from './access-token.js';
import { WITH_GRANT, accessTokenValues, insertAccessToken } from './access-tokens.repository.js';
import { GRANT_COLUMNS, type Grant, type GrantLife, type GrantRow, grantLife, toGrant } from './grant.js';
import type { User } from '../users/user.js';

/** A refresh token as found, with what decides whether it may be used. Times were judged by the database. */
export interface StoredRefreshToken {
  readonly grant: Grant;
  readonly user: User;
  readonly consumed: boolean;
  /** It was rotated within the grace period and its successor was not used yet, so the answer may have been lost. */
  readonly mayBeRepeated: boolean;
  readonly expired: boolean;
  readonly grantLife: GrantLife;
  /** Unix times in seconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

interface FoundRow extends GrantRow, UserRow {
  readonly consumed: boolean;
  readonly may_be_repeated: boolean;
  readonly expired: boolean;
  readonly grant_life: GrantLife;
  readonly issued_at: number;
  readonly expires_at: number;
}

const find = statement(
  'refresh_tokens.find',
  `SELECT ${GRANT_COLUMNS}, ${USER_COLUMNS},
          r.consumed_at IS NOT NULL AS consumed,
          coalesce($4 > 0 AND r.consumed_at >= now() - make_interval(secs => $4) AND s.consumed_at IS NULL
                   AND s.digest IS NOT NULL, false) AS may_be_repeated,
          r.expires_at <= now() OR g.expires_at <= now() AS expired,
          extract(epoch FROM r.created_at)::float8 AS issued_at,
          extract(epoch FROM least(r.expires_at, g.expires_at))::float8 AS expires_at,
          ${grantLife('$5')} AS grant_life
     FROM refresh_tokens r
     JOIN grants g ON g.tenant_id = r.tenant_id AND g.id = r.grant_id
     JOIN users u ON u.tenant_id = g.tenant_id AND u.id = g.user_id
     LEFT JOIN refresh_tokens s ON s.tenant_id = r.tenant_id AND s.digest = $3 AND s.predecessor = r.digest
    WHERE r.tenant_id = $1 AND r.digest = $2`,
);

/** One conditional statement spends the old token, stores the new one and, if it is opaque, the access token. */
const rotate = statement(
  'refresh_tokens.rotate',
  `WITH spent AS (
     UPDATE refresh_tokens r SET consumed_at = now() FROM grants g
      WHERE r.tenant_id = $1 AND r.digest = $2 AND r.consumed_at IS NULL AND r.expires_at > now()
        AND g.tenant_id = r.tenant_id AND g.id = r.grant_id AND g.revoked_at IS NULL AND g.expires_at > now()
     RETURNING r.grant_id, g.expires_at
   ), successor AS (
     INSERT INTO refresh_tokens (tenant_id, digest, grant_id, predecessor, expires_at)
     SELECT $1, $3, grant_id, $2, least(now() + make_interval(secs => $4), expires_at) FROM spent
   ), access AS (${insertAccessToken(5, 'spent')}
   ), recorded AS (${insertAuditEvents('$14', { source: 'spent' })})
   SELECT grant_id FROM spent`,
);

const extend = statement(
  'refresh_tokens.extend',
  `WITH used AS (
     UPDATE refresh_tokens r SET expires_at = least(now() + make_interval(secs => $3), g.expires_at) FROM grants g
      WHERE r.tenant_id = $1 AND r.digest = $2 AND r.consumed_at IS NULL AND r.expires_at > now()
        AND g.tenant_id = r.tenant_id AND g.id = r.grant_id AND g.revoked_at IS NULL AND g.expires_at > now()
     RETURNING r.grant_id
   ), access AS (${insertAccessToken(4, 'used')}
   ), recorded AS (${insertAuditEvents('$13', { source: 'used' })})
   SELECT grant_id FROM used`,
);

const revokeGrant = statement(
  'refresh_tokens.revoke_grant',
  `WITH revoked AS (
     UPDATE grants g SET revoked_at = now() FROM refresh_tokens r
      WHERE r.tenant_id = $1 AND r.digest = $2 AND g.tenant_id = r.tenant_id AND g.id = r.grant_id
        AND g.client_id = $3 AND g.revoked_at IS NULL
     RETURNING g.id, g.user_id
   ), recorded AS (${insertAuditEvents('$4', {
     source: 'revoked',
     columns: { user_id: 'revoked.user_id', details: WITH_GRANT('revoked.id') },
   })})
   SELECT id FROM revoked`,
);

@Injectable()
export class RefreshTokensRepository {
  constructor(private readonly database: Database) {}

  async find(
    tenantId: TenantId,
    digest: Buffer,
    at: {
      readonly successorDigest: Buffer | undefined;
      readonly graceSeconds: number;
      readonly sessionIdleSeconds: number;
    },
  ): Promise<StoredRefreshToken | undefined> {
    const values = [tenantId, digest, at.successorDigest ?? null, at.graceSeconds, at.sessionIdleSeconds];
    const [row] = await this.database.query<FoundRow>(tenantId, find, values);
    return (
      row && {
        grant: toGrant(row),
        user: toUser(row),
        consumed: row.consumed,
        mayBeRepeated: row.may_be_repeated,
        expired: row.expired,
        grantLife: row.grant_life,
        issuedAt: Math.floor(row.issued_at),
        expiresAt: Math.floor(row.expires_at),
      }
    );
  }

  /** @returns false when it was used, has expired or was revoked meanwhile: a concurrent request was faster */
  async rotate(
    tenantId: TenantId,
    digest: Buffer,
    next: {
      readonly successorDigest: Buffer;
      readonly idleSeconds: number;
      readonly access?: AccessTokenRecord | undefined;
      /** A parameter of events (`AuditRecorder.parameterOf`), stored with the rest. */
      readonly event?: string | undefined;
    },
  ): Promise<boolean> {
    const { successorDigest, idleSeconds, access, event } = next;
    const values = [tenantId, digest, successorDigest, idleSeconds, ...accessTokenValues(access), event ?? null];
    return (await this.database.query(tenantId, rotate, values)).length === 1;
  }

  /**
   * Uses the token without rotation. Its idle lifetime begins again.
   * @returns false as `rotate` does
   */
  async extend(
    tenantId: TenantId,
    digest: Buffer,
    use: {
      readonly idleSeconds: number;
      readonly access?: AccessTokenRecord | undefined;
      readonly event?: string | undefined;
    },
  ): Promise<boolean> {
    const values = [tenantId, digest, use.idleSeconds, ...accessTokenValues(use.access), use.event ?? null];
    return (await this.database.query(tenantId, extend, values)).length === 1;
  }

  /** @returns whether there was one of this client */
  async revokeGrant(tenantId: TenantId, digest: Buffer, clientId: string, event?: string): Promise<boolean> {
    const values = [tenantId, digest, clientId, event ?? null];
    return (await this.database.query(tenantId, revokeGrant, values)).length === 1;
  }
}
