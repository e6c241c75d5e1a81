import { Injectable } from '@nestjs/common';
import { insertAuditEvents } from '../audit/audit-statement.js';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { accessTokenValues, insertAccessToken } from '../tokens/access-tokens.repository.js';
import { GRANT_COLUMNS, type Grant, type GrantLife, type GrantRow, grantLife, toGrant } from '../tokens/grant.js';
import type { IssuedCredentials } from '../tokens/grants.repository.js';
import type { User } from '../users/user.js';
import { USER_COLUMNS, type UserRow, toUser } from '../users/users.repository.js';

/** An authorization code as found, with what decides whether it may be redeemed. Times were judged by the database. */
export interface StoredCode {
  readonly grant: Grant;
  readonly user: User;
  readonly redirectUri: string;
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
  readonly consumed: boolean;
  readonly expired: boolean;
  readonly grantLife: GrantLife;
}

interface FoundRow extends GrantRow, UserRow {
  readonly redirect_uri: string;
  readonly code_challenge: string | null;
  readonly nonce: string | null;
  readonly consumed: boolean;
  readonly expired: boolean;
  readonly grant_life: GrantLife;
}

const find = statement(
  'authorization_codes.find',
  `SELECT ${GRANT_COLUMNS}, ${USER_COLUMNS}, c.redirect_uri, c.code_challenge, c.nonce,
          c.consumed_at IS NOT NULL AS consumed, c.expires_at <= now() AS expired, ${grantLife('$3')} AS grant_life
     FROM authorization_codes c
     JOIN grants g ON g.tenant_id = c.tenant_id AND g.id = c.grant_id
     JOIN users u ON u.tenant_id = g.tenant_id AND u.id = g.user_id
    WHERE c.tenant_id = $1 AND c.digest = $2`,
);

/** One conditional statement spends the code and stores what is issued for it. */
const redeem = statement(
  'authorization_codes.redeem',
  `WITH spent AS (
     UPDATE authorization_codes c SET consumed_at = now() FROM grants g
      WHERE c.tenant_id = $1 AND c.digest = $2 AND c.consumed_at IS NULL AND c.expires_at > now()
        AND g.tenant_id = c.tenant_id AND g.id = c.grant_id AND g.revoked_at IS NULL
     RETURNING c.grant_id, g.expires_at
   ), refresh AS (
     INSERT INTO refresh_tokens (tenant_id, digest, grant_id, expires_at)
     SELECT $1, $3, grant_id, least(now() + make_interval(secs => $4), expires_at) FROM spent WHERE $3::bytea IS NOT NULL
   ), access AS (${insertAccessToken(5, 'spent')}
   ), recorded AS (${insertAuditEvents('$14', { source: 'spent' })})
   SELECT grant_id FROM spent`,
);

@Injectable()
export class AuthorizationCodesRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: TenantId, digest: Buffer, sessionIdleSeconds: number): Promise<StoredCode | undefined> {
    const [row] = await this.database.query<FoundRow>(tenantId, find, [tenantId, digest, sessionIdleSeconds]);
    return (
      row && {
        grant: toGrant(row),
        user: toUser(row),
        redirectUri: row.redirect_uri,
        codeChallenge: row.code_challenge ?? undefined,
        nonce: row.nonce ?? undefined,
        consumed: row.consumed,
        expired: row.expired,
        grantLife: row.grant_life,
      }
    );
  }

  /** @returns false when it was redeemed, has expired or was revoked meanwhile: a concurrent request was faster */
  async redeem(tenantId: TenantId, digest: Buffer, issued: IssuedCredentials): Promise<boolean> {
    const refresh = [issued.refresh?.digest ?? null, issued.refresh?.idleSeconds ?? null];
    const values = [tenantId, digest, ...refresh, ...accessTokenValues(issued.access), issued.event ?? null];
    return (await this.database.query(tenantId, redeem, values)).length === 1;
  }
}
