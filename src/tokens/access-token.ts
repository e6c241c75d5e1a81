import { randomUUID } from 'node:crypto';
import type { Client } from '../clients/client.js';
import { digest } from '../crypto/digest.js';
import { randomSecret } from '../crypto/random.js';
import { isAccountScope } from '../oauth/openid-scopes.js';
import { InvalidTargetError, quoted } from '../oauth/oauth-error.js';
import { type Scope, formatScope, union } from '../oauth/scope.js';
import type { Access } from '../resources/access.js';
import type { AccessTokenTyp } from '../resources/api.js';
import { isSameResource } from '../resources/resource-identifier.js';
import type { Tenant } from '../tenants/tenant.js';
import type { EligibleUser } from './eligibility.js';
import { ACCESS_TOKEN_TYPE } from './jwt.js';
import { tokenIdFor } from './token-id.js';
import type { AccessClaims } from './user-claims.js';

/** What a user granted, as far as tokens carry it. */
export interface GrantReference {
  readonly id: string;
  /** Unix time in seconds of the sign-in. */
  readonly authTime: number;
  readonly acr: string;
  readonly amr: readonly string[];
  readonly sessionId: string | undefined;
}

/** The `resource` parameters of a token request: one at most; none: the first that was granted. */
type Resources = readonly string[];

interface AccessTokenRequest {
  readonly client: Client;
  readonly subject: string;
  readonly access: Access;
  readonly grant?: GrantReference;
  readonly resources: Resources;
  /** What a JWT for an API says of the user or client. */
  readonly ofHolder?: AccessClaims | undefined;
}

/** An opaque access token as the database keeps it. */
export interface AccessTokenRecord {
  readonly digest: Buffer;
  readonly jti: string;
  readonly grantId: string | undefined;
  readonly clientId: string;
  readonly subject: string;
  readonly scope: Scope;
  readonly audience: readonly string[];
  readonly issuer: string;
  readonly lifetimeSeconds: number;
}

/** RFC 9068 §2.2. */
export interface AccessTokenClaims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string | readonly string[];
  readonly client_id: string;
  readonly exp: number;
  readonly iat: number;
  readonly jti: string;
  readonly scope?: string;
  readonly auth_time?: number;
  readonly acr?: string;
  readonly amr?: readonly string[];
  /** The grant it was issued under, with which it ends. */
  readonly grant_id?: string;
}

/** An access token that is decided but not yet issued: a JWT still has to be signed, an opaque one to be stored. */
export type PreparedAccessToken = { readonly scope: Scope; readonly lifetimeSeconds: number } & (
  | { readonly format: 'jwt'; readonly typ: AccessTokenTyp; readonly claims: AccessTokenClaims }
  | { readonly format: 'opaque'; readonly value: string; readonly record: AccessTokenRecord }
);

/**
 * For a client that acts for itself: `sub` is its own identifier (RFC 9068 §2.2).
 * @throws InvalidTargetError when the resource is none of those granted, or there are several (RFC 8707 §2.2)
 */
export function prepareClientToken(
  tenant: Tenant,
  request: {
    readonly client: Client;
    readonly access: Access;
    readonly resources: Resources;
    readonly ofHolder?: AccessClaims | undefined;
  },
): PreparedAccessToken {
  return prepare(tenant, { ...request, subject: request.client.clientId });
}

/** For a client that acts for a user, under a grant. @throws InvalidTargetError as above */
export function prepareUserToken(
  { tenant, client, user, access }: EligibleUser,
  grant: GrantReference,
  { resources = [], ofHolder }: { readonly resources?: Resources; readonly ofHolder?: AccessClaims | undefined } = {},
): PreparedAccessToken {
  return prepare(tenant, { client, subject: user.id, access, grant, resources, ofHolder });
}

function prepare(tenant: Tenant, request: AccessTokenRequest): PreparedAccessToken {
  const { audience, scope, api } = chooseTarget(tenant, request);
  const lifetimeSeconds = api?.accessTokenLifetimeSeconds ?? tenant.policy.accessTokenLifetimeSeconds;
  // Deleting a client deletes its grants. A token without a grant has to name the registration itself.
  const jti = request.grant ? randomUUID() : tokenIdFor(request.client.registrationId);
  if (api?.accessTokenFormat === 'opaque') {
    const value = randomSecret();
    return {
      format: 'opaque',
      scope,
      lifetimeSeconds,
      value,
      record: {
        digest: digest(value),
        jti,
        grantId: request.grant?.id,
        clientId: request.client.clientId,
        subject: request.subject,
        scope,
        audience,
        issuer: tenant.issuer,
        lifetimeSeconds,
      },
    };
  }
  const iat = Math.floor(Date.now() / 1000);
  const [onlyAudience] = audience;
  return {
    format: 'jwt',
    typ: api?.accessTokenTyp ?? ACCESS_TOKEN_TYPE,
    scope,
    lifetimeSeconds,
    claims: {
      ...(api && !api.isManagement && request.ofHolder?.(api, union(request.access.openid, scope))),
      iss: tenant.issuer,
      sub: request.subject,
      aud: audience.length === 1 && onlyAudience !== undefined ? onlyAudience : audience,
      client_id: request.client.clientId,
      exp: iat + lifetimeSeconds,
      iat,
      jti,
      ...(scope.length > 0 && { scope: formatScope(scope) }),
      ...(request.grant && claimsOfGrant(request.grant)),
    },
  };
}

/**
 * One token is for one resource. When the client named its resources the token is for that one alone (RFC 8707 §2.2);
 * when it only named scopes, the token also serves the tenant's own userinfo endpoint, as OpenID Connect expects. That
 * endpoint can be named too, by the issuer: it is the audience of a token for userinfo alone.
 */
function chooseTarget(tenant: Tenant, { access, resources }: AccessTokenRequest) {
  const [named, ...more] = resources;
  if (named !== undefined && !more.every((other) => isSameResource(other, named))) {
    throw new InvalidTargetError(`A token is for one resource; ask for one at a time of ${quoted(resources)}.`);
  }
  const servesUserinfo = access.openid.includes('openid');
  const target = named === undefined ? access.apis[0] : findNamed(access, named);
  if (!target) {
    const isForTenant =
      named === undefined ? !access.resourcesRequested : servesUserinfo && isSameResource(named, tenant.issuer);
    if (!isForTenant) {
      throw new InvalidTargetError(
        named === undefined
          ? 'The resources that were granted no longer exist.'
          : `The resource ${quoted(named)} is not one that was granted, or no longer exists.`,
      );
    }
    return { audience: [tenant.issuer], scope: access.openid, api: undefined };
  }
  const alone = access.resourcesRequested || named !== undefined || !servesUserinfo;
  return {
    audience: alone ? [target.api.identifier] : [target.api.identifier, tenant.issuer],
    // Whoever runs the API is given the token, and shall not be able to use the person's account with it.
    scope: alone
      ? target.scope
      : union(
          access.openid.filter((name) => !isAccountScope(name)),
          target.scope,
        ),
    api: target.api,
  };
}

/** Older versions let two APIs differ in nothing but the spelling: each is found by its own. */
function findNamed({ apis }: Access, named: string) {
  return (
    apis.find(({ api }) => api.identifier === named) ?? apis.find(({ api }) => isSameResource(api.identifier, named))
  );
}

function claimsOfGrant(grant: GrantReference) {
  return { auth_time: grant.authTime, acr: grant.acr, amr: grant.amr, grant_id: grant.id };
}
