import { Injectable } from '@nestjs/common';
import { insertAuditEvents } from '../audit/audit-statement.js';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { permissionsOf, scopeOf } from '../resources/access.js';
import type { AccessTokenRecord } from './access-token.js';
import { accessTokenValues, insertAccessToken } from './access-tokens.repository.js';
import type { EligibleUser } from './eligibility.js';

/** The sign-in that a grant rests on. */
export interface GrantedSignIn {
  /** Unix time of the sign-in in seconds, with fractions. The grant takes it as its own time of creation. */
  readonly authTime: number;
  readonly acr: string;
  readonly amr: readonly string[];
  /** The session it was given in, and ends with unless it has the scope `offline_access`. */
  readonly sessionId: string | undefined;
}

/** What a user allows, as `eligible` says: to whom, for whom and what. */
export interface NewGrant {
  readonly id: string;
  readonly eligible: EligibleUser;
  readonly signIn: GrantedSignIn;
  readonly lifetimeSeconds: number;
  /** With which the grant ends, when the tenant or the client may not use it any more. */
  readonly grantType?: string | undefined;
}

/** What is given out under a grant and kept, in the statement that permits it. */
export interface IssuedCredentials {
  readonly refresh?: { readonly digest: Buffer; readonly idleSeconds: number } | undefined;
  readonly access?: AccessTokenRecord | undefined;
  /** A parameter of events (`AuditRecorder.parameterOf`). */
  readonly event?: string | undefined;
}

/** What is given out together with a new grant. */
export interface FirstCredentials extends IssuedCredentials {
  readonly code?: NewCode | undefined;
}

export interface NewCode {
  readonly digest: Buffer;
  readonly redirectUri: string;
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
  readonly lifetimeSeconds: number;
}

const create = statement(
  'grants.create',
  `WITH granted AS (
     INSERT INTO grants (tenant_id, id, user_id, client_id, session_id, scope, resources, resources_requested,
                         auth_time, acr, amr, expires_at, permissions, grant_type, issuer)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9), $10, $11, now() + make_interval(secs => $12), $13, $31, $32)
     RETURNING id, expires_at
   ), code AS (
     INSERT INTO authorization_codes (tenant_id, digest, grant_id, redirect_uri, code_challenge, nonce, expires_at)
     SELECT $1, $14, id, $15, $16, $17, now() + make_interval(secs => $18) FROM granted WHERE $14::bytea IS NOT NULL
   ), refresh AS (
     INSERT INTO refresh_tokens (tenant_id, digest, grant_id, expires_at)
     SELECT $1, $19, id, least(now() + make_interval(secs => $20), expires_at) FROM granted WHERE $19::bytea IS NOT NULL
   ), access AS (${insertAccessToken(21, 'granted')}
   ), recorded AS (${insertAuditEvents('$30', { source: 'granted' })})
   SELECT id FROM granted`,
);

const revoke = statement(
  'grants.revoke',
  `WITH recorded AS (${insertAuditEvents('$3')})
   UPDATE grants SET revoked_at = now() WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL`,
);

@Injectable()
export class GrantsRepository {
  constructor(private readonly database: Database) {}

  async create(tenantId: TenantId, grant: NewGrant, first: FirstCredentials, transaction?: Transaction): Promise<void> {
    const values = [tenantId, ...grantValues(grant), ...codeValues(first), ...accessTokenValues(first.access)];
    values.push(first.event ?? null, grant.grantType ?? null, grant.eligible.tenant.issuer);
    if (transaction) await transaction.query(create, values);
    else await this.database.query(tenantId, create, values);
  }

  /**
   * Revokes the grant. Its code, refresh tokens and access tokens are refused from now on. The event gives the reason.
   */
  async revoke(tenantId: TenantId, id: string, event?: string): Promise<void> {
    await this.database.query(tenantId, revoke, [tenantId, id, event ?? null]);
  }
}

function grantValues({ id, eligible, signIn, lifetimeSeconds }: NewGrant): unknown[] {
  const { client, user, access } = eligible;
  const resources = access.apis.map(({ api }) => api.identifier);
  const what = [id, user.id, client.clientId, signIn.sessionId ?? null, scopeOf(access), resources];
  const how = [access.resourcesRequested, signIn.authTime, signIn.acr, signIn.amr, lifetimeSeconds];
  return [...what, ...how, JSON.stringify(permissionsOf(access))];
}

function codeValues({ code, refresh }: FirstCredentials): unknown[] {
  return [
    code?.digest ?? null,
    code?.redirectUri ?? null,
    code?.codeChallenge ?? null,
    code?.nonce ?? null,
    code?.lifetimeSeconds ?? null,
    refresh?.digest ?? null,
    refresh?.idleSeconds ?? null,
  ];
}
