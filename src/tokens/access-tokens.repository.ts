import { Injectable } from '@nestjs/common';
import { insertAuditEvents, joinParameters } from '../audit/audit-statement.js';
import { Database } from '../database/database.js';
import { SharedStatement } from '../database/shared-statement.js';
import { statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { USER_COLUMNS, type UserRow } from '../users/users.repository.js';
import type { AccessTokenRecord } from './access-token.js';
import { type GrantLife, grantLife } from './grant.js';

const INSERT = `INSERT INTO access_tokens
      (tenant_id, digest, jti, grant_id, client_id, subject, scope, audience, issuer, expires_at)`;

/**
 * SQL that stores an opaque access token beside another step of the same statement: a common table expression that
 * reads what the step returned (`source`), and inserts nothing when the digest is null (the token is a JWT). Takes nine
 * parameters from `$first`.
 */
export function insertAccessToken(first: number, source: string): string {
  const $ = (offset: number) => `$${first + offset}`;
  return `${INSERT}
    SELECT $1, ${$(0)}, ${$(1)}, ${$(2)}::uuid, ${$(3)}, ${$(4)}, ${$(5)}, ${$(6)}, ${$(7)},
           now() + make_interval(secs => ${$(8)})
      FROM ${source} WHERE ${$(0)}::bytea IS NOT NULL`;
}

export function accessTokenValues(record: AccessTokenRecord | undefined): unknown[] {
  if (!record) return new Array<null>(9).fill(null);
  const { digest, jti, grantId, clientId, subject, scope, audience, issuer, lifetimeSeconds } = record;
  return [digest, jti, grantId ?? null, clientId, subject, scope, audience, issuer, lifetimeSeconds];
}

/** Stores the tokens of a JSON parameter, each with its event. */
const create = statement(
  'access_tokens.create',
  `WITH recorded AS (${insertAuditEvents('$3')})
   ${INSERT}
   SELECT $1, decode(token.digest, 'hex'), token.jti, token.grant_id, token.client_id, token.subject, token.scope,
          token.audience, token.issuer, now() + make_interval(secs => token.lifetime_seconds)
     FROM jsonb_to_recordset($2::jsonb) AS token (digest text, jti uuid, grant_id uuid, client_id text, subject text,
          scope text[], audience text[], issuer text, lifetime_seconds float8)`,
);

/** SQL: an event's details with the grant it is about. */
export const WITH_GRANT = (grantId: string) =>
  `coalesce(event.details, '{}') || jsonb_strip_nulls(jsonb_build_object('grant', ${grantId}))`;

const find = statement(
  'access_tokens.find',
  `SELECT a.jti, a.client_id, a.subject, a.scope, a.audience, a.issuer, a.grant_id,
          extract(epoch FROM a.created_at)::float8 AS issued_at, extract(epoch FROM a.expires_at)::float8 AS expires_at,
          extract(epoch FROM g.auth_time)::float8 AS auth_time, g.acr, g.amr,
          CASE WHEN a.grant_id IS NULL THEN 'alive' ELSE ${grantLife('$3')} END AS grant_life, ${USER_COLUMNS}
     FROM access_tokens a
     LEFT JOIN grants g ON g.tenant_id = a.tenant_id AND g.id = a.grant_id
     LEFT JOIN users u ON u.tenant_id = g.tenant_id AND u.id = g.user_id
    WHERE a.tenant_id = $1 AND a.digest = $2 AND a.revoked_at IS NULL AND a.expires_at > now()`,
);
const findGrantOfJwt = statement(
  'access_tokens.find_grant_of_jwt',
  `SELECT ${USER_COLUMNS}, ${grantLife('$4')} AS grant_life
     FROM grants g JOIN users u ON u.tenant_id = g.tenant_id AND u.id = g.user_id
    WHERE g.tenant_id = $1 AND g.id = $2
      AND NOT EXISTS (SELECT FROM revoked_access_tokens r WHERE r.tenant_id = $1 AND r.jti = $3)`,
);
const isJwtRevoked = statement(
  'access_tokens.is_jwt_revoked',
  'SELECT EXISTS (SELECT FROM revoked_access_tokens WHERE tenant_id = $1 AND jti = $2) AS revoked',
);
const revokeJwt = statement(
  'access_tokens.revoke_jwt',
  `WITH revoked AS (
     INSERT INTO revoked_access_tokens (tenant_id, jti, expires_at) VALUES ($1, $2, to_timestamp($3))
     ON CONFLICT DO NOTHING RETURNING jti
   ), recorded AS (${insertAuditEvents('$4', { source: 'revoked' })})
   SELECT jti FROM revoked`,
);
const revokeOpaque = statement(
  'access_tokens.revoke',
  `WITH revoked AS (
     UPDATE access_tokens a SET revoked_at = now()
      WHERE a.tenant_id = $1 AND a.digest = $2 AND a.client_id = $3 AND a.revoked_at IS NULL
     RETURNING a.jti, a.grant_id, CASE WHEN a.grant_id IS NOT NULL THEN a.subject::uuid END AS user_id
   ), recorded AS (${insertAuditEvents('$4', {
     source: 'revoked',
     columns: {
       user_id: 'revoked.user_id',
       details: `${WITH_GRANT('revoked.grant_id')} || jsonb_build_object('jti', revoked.jti)`,
     },
   })})
   SELECT jti FROM revoked`,
);

export interface AccessTokenRow extends Partial<UserRow> {
  readonly jti: string;
  readonly client_id: string;
  readonly subject: string;
  readonly scope: string[];
  readonly audience: string[];
  readonly issuer: string;
  readonly grant_id: string | null;
  readonly grant_life: GrantLife;
  readonly issued_at: number;
  readonly expires_at: number;
  readonly auth_time: number | null;
  readonly acr: string | null;
  readonly amr: string[] | null;
}

export interface GrantOfJwtRow extends UserRow {
  readonly grant_life: GrantLife;
}

@Injectable()
export class AccessTokensRepository {
  private readonly created = new SharedStatement<NewAccessToken>((tenantId, tokens) =>
    this.database.query(tenantId, create, [
      tenantId,
      JSON.stringify(tokens.map(({ record }) => toJson(record))),
      joinParameters(tokens.map(({ event }) => event)),
    ]),
  );

  constructor(private readonly database: Database) {}

  /** `event`: a parameter of events (`AuditRecorder.parameterOf`), stored with the token. */
  create(tenantId: TenantId, record: AccessTokenRecord, event?: string): Promise<void> {
    return this.created.add(tenantId, { record, event });
  }

  /**
   * An opaque token that was not itself revoked, with its user if it has one. `grant_life` tells whether its grant is
   * still alive.
   */
  async find(tenantId: TenantId, digest: Buffer, sessionIdleSeconds: number): Promise<AccessTokenRow | undefined> {
    const values = [tenantId, digest, sessionIdleSeconds];
    const [row] = await this.database.query<AccessTokenRow>(tenantId, find, values);
    return row;
  }

  /** The user of a JWT that was not revoked by itself, and the life of its grant. */
  async findGrantOfJwt(
    tenantId: TenantId,
    token: { readonly grantId: string; readonly jti: string },
    sessionIdleSeconds: number,
  ): Promise<GrantOfJwtRow | undefined> {
    const values = [tenantId, token.grantId, token.jti, sessionIdleSeconds];
    const [row] = await this.database.query<GrantOfJwtRow>(tenantId, findGrantOfJwt, values);
    return row;
  }

  async isJwtRevoked(tenantId: TenantId, jti: string): Promise<boolean> {
    const [row] = await this.database.query<{ revoked: boolean }>(tenantId, isJwtRevoked, [tenantId, jti]);
    return row?.revoked ?? true;
  }

  /** The event is stored when it was not revoked before. */
  async revokeJwt(
    tenantId: TenantId,
    token: { readonly jti: string; readonly expiresAt: number; readonly event?: string },
  ): Promise<void> {
    const values = [tenantId, token.jti, token.expiresAt, token.event ?? null];
    await this.database.query(tenantId, revokeJwt, values);
  }

  /** @returns whether there was one, alive and issued to this client */
  async revokeOpaque(tenantId: TenantId, digest: Buffer, clientId: string, event?: string): Promise<boolean> {
    const values = [tenantId, digest, clientId, event ?? null];
    return (await this.database.query(tenantId, revokeOpaque, values)).length === 1;
  }
}

interface NewAccessToken {
  readonly record: AccessTokenRecord;
  readonly event: string | undefined;
}

/** As `access_tokens.create` reads it. */
function toJson(record: AccessTokenRecord) {
  return {
    digest: record.digest.toString('hex'),
    jti: record.jti,
    grant_id: record.grantId,
    client_id: record.clientId,
    subject: record.subject,
    scope: record.scope,
    audience: record.audience,
    issuer: record.issuer,
    lifetime_seconds: record.lifetimeSeconds,
  };
}
