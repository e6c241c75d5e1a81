import type { Client } from '../clients/client.js';
import { OPENID_CONNECT, type Permissions, scopesAt } from '../clients/permissions.js';
import type { Scope } from '../oauth/scope.js';
import type { Tenant } from '../tenants/tenant.js';
import { allowsGrantType } from '../tenants/tenant-policy.js';
import type { GrantReference } from './access-token.js';

/** What one user allowed one client at one moment; its code and tokens end with it. */
export interface Grant extends GrantReference {
  readonly userId: string;
  readonly clientId: string;
  readonly scope: Scope;
  readonly resources: readonly string[];
  readonly resourcesRequested: boolean;
  /** Each scope with the API it was given for. Absent in grants of older versions. */
  readonly permissions: Permissions | undefined;
  /** Unix time in seconds, with fractions. */
  readonly createdAt: number;
  /** The grant type that it was given by; undefined for those of the authorization endpoint. */
  readonly grantType: string | undefined;
  /** Issuer at which it was given, and where alone its code and refresh tokens are used; undefined in older versions. */
  readonly issuer: string | undefined;
}

/** The columns of `grants` (as `g`) that make a `Grant`. */
export const GRANT_COLUMNS = `
  g.id AS grant_id, g.client_id, g.session_id, g.scope, g.resources, g.resources_requested,
  g.permissions AS grant_permissions, extract(epoch FROM g.created_at)::float8 AS granted_at,
  g.grant_type, g.issuer AS grant_issuer, extract(epoch FROM g.auth_time)::float8 AS auth_time, g.acr, g.amr`;

export interface GrantRow {
  readonly grant_id: string;
  readonly user_id: string;
  readonly client_id: string;
  readonly session_id: string | null;
  readonly scope: string[];
  readonly resources: string[];
  readonly resources_requested: boolean;
  readonly grant_permissions: Permissions | null;
  readonly granted_at: number;
  readonly grant_type: string | null;
  readonly grant_issuer: string | null;
  readonly auth_time: number;
  readonly acr: string;
  readonly amr: string[];
}

export function toGrant(row: GrantRow): Grant {
  return {
    id: row.grant_id,
    userId: row.user_id,
    clientId: row.client_id,
    sessionId: row.session_id ?? undefined,
    scope: row.scope,
    resources: row.resources,
    resourcesRequested: row.resources_requested,
    permissions: row.grant_permissions ?? undefined,
    createdAt: row.granted_at,
    grantType: row.grant_type ?? undefined,
    issuer: row.grant_issuer ?? undefined,
    authTime: Math.floor(row.auth_time),
    acr: row.acr,
    amr: row.amr,
  };
}

/**
 * What was given at one issuer of a tenant is used there: a client that was led to mix them up gets nothing (RFC 9700
 * §4.4), and an ID token from a refresh names the issuer of the first one (OpenID Connect Core §12.2).
 */
export function isOfIssuer({ issuer }: Pick<Grant, 'issuer'>, tenant: Tenant): boolean {
  return issuer === undefined || issuer === tenant.issuer;
}

/** What was given by a grant type is not renewed where that grant type is forbidden by now. */
export function isOriginAllowed(
  { policy }: Tenant,
  client: Pick<Client, 'grantTypes'>,
  { grantType }: Pick<Grant, 'grantType'>,
): boolean {
  return grantType === undefined || (allowsGrantType(policy, grantType) && client.grantTypes.includes(grantType));
}

/** `offline`: the session has ended, and the grant lives for as long as the client has the scope `offline_access`. */
export type GrantLife = 'alive' | 'offline' | 'ended';

/**
 * SQL for the life of a grant `g` of a user `u`. It ends when it is revoked, when the user may no longer sign in, when
 * the sign-in it rests on was made void, and, without `offline_access`, when its session is over (OpenID Connect Core
 * §11).
 * @param idleSeconds the parameter with the idle lifetime of sessions, as `$3`
 */
export function grantLife(idleSeconds: string): string {
  return `CASE
    WHEN g.revoked_at IS NOT NULL OR NOT u.enabled OR g.auth_time < u.valid_from THEN 'ended'
    WHEN EXISTS (SELECT FROM sessions x
                  WHERE x.tenant_id = g.tenant_id AND x.id = g.session_id AND x.expires_at > now()
                    AND (x.remembered OR x.last_seen_at > now() - make_interval(secs => ${idleSeconds}))) THEN 'alive'
    WHEN 'offline_access' = ANY (g.scope) THEN 'offline'
    WHEN g.session_id IS NULL THEN 'alive'
    ELSE 'ended' END`;
}

/** Whether tokens under the grant are valid, now and for this client. */
export function isAlive(life: GrantLife, client: Pick<Client, 'permissions'>): boolean {
  if (life !== 'offline') return life === 'alive';
  return scopesAt(client.permissions, OPENID_CONNECT).includes('offline_access');
}
