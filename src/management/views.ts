import type { Consent } from '../consent/consents.repository.js';
import type { ClientEntity, ClientSecretEntity } from '../clients/client.entity.js';
import { MANAGEMENT_API, OPENID_CONNECT, type Permissions, namesOf } from '../clients/permissions.js';
import type { NewClientSecret } from '../clients/clients.service.js';
import { type SigningKeyEntity, stateOf } from '../keys/signing-key.entity.js';
import type { ApiEntity } from '../resources/api.entity.js';
import type { TenantEntity } from '../tenants/tenant.entity.js';
import { effectivePolicy } from '../tenants/tenant-policy.js';
import type { UserEntity } from '../users/user.entity.js';
import { toWire } from './kit/wire.js';

/** What the management API shows: snake case, times in ISO 8601, never a secret. */
export type View = Readonly<Record<string, unknown>>;
export type TenantView = View;
export type ClientView = View;
export type ClientSecretView = View;
export type UserView = View;
export type ApiView = View;
export type KeyView = View;
export type ConsentView = View;

export function tenantView(tenant: TenantEntity, issuers: readonly string[]): TenantView {
  const { texts, ...branding } = tenant.branding;
  const [issuer] = issuers;
  return {
    id: tenant.id,
    slug: tenant.slug,
    display_name: tenant.displayName,
    status: tenant.status,
    issuer,
    addresses: issuers,
    policy: toWire(tenant.policy),
    effective_policy: toWire(effectivePolicy(tenant.policy)),
    branding: {
      ...toWire(branding),
      ...(texts && { texts: Object.fromEntries(Object.entries(texts).map(([tag, text]) => [tag, toWire(text)])) }),
    },
    created_at: tenant.createdAt,
    updated_at: tenant.updatedAt,
  };
}

/** What is shown beside the registration itself. */
export interface ClientViewOptions {
  /** The identifier of the management API, which is not stored. */
  readonly managementIdentifier: string;
  readonly secrets?: readonly ClientSecretEntity[] | undefined;
  /** Only in the answer to the registration. */
  readonly secret?: string | undefined;
}

export function clientView(
  client: ClientEntity,
  { managementIdentifier, secrets, secret }: ClientViewOptions,
): ClientView {
  return {
    client_id: client.clientId,
    client_name: client.clientName,
    application_type: client.applicationType,
    token_endpoint_auth_method: client.tokenEndpointAuthMethod,
    grant_types: client.grantTypes,
    response_types: client.responseTypes,
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.postLogoutRedirectUris,
    scope: namesOf(client.permissions).join(' '),
    permissions: permissionsView(client.permissions, managementIdentifier),
    ...(client.jwks && { jwks: client.jwks }),
    id_token_signed_response_alg: client.idTokenSignedResponseAlg,
    ...toWire(client.metadata),
    first_party: client.firstParty,
    require_pkce: client.requirePkce,
    refresh_token_rotation: client.refreshTokenRotation,
    strict_assertion_audience: client.strictAssertionAudience,
    enabled: client.enabled,
    ...(secrets && {
      client_secrets: secrets.map(({ id, createdAt, expiresAt }) => ({
        id,
        created_at: createdAt,
        expires_at: expiresAt,
      })),
    }),
    ...(secret !== undefined && { client_secret: secret, client_secret_expires_at: 0 }),
    client_id_issued_at: Math.floor(client.createdAt.getTime() / 1000),
    created_at: client.createdAt,
    updated_at: client.updatedAt,
  };
}

/** Those at APIs. The scopes of OpenID Connect stand in `scope` alone: there is no API to name. */
function permissionsView(permissions: Permissions, managementIdentifier: string) {
  return permissions
    .filter(({ api }) => api !== OPENID_CONNECT)
    .map(({ api, scopes }) => ({ api: api === MANAGEMENT_API ? managementIdentifier : api, scopes }));
}

export function clientSecretView({ id, secret, createdAt }: NewClientSecret): ClientSecretView {
  return { id, client_secret: secret, created_at: createdAt, expires_at: null };
}

export function userView(user: UserEntity): UserView {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    email_verified: user.emailVerified,
    phone_number: user.phoneNumber,
    phone_number_verified: user.phoneNumberVerified,
    ...user.claims,
    tenant_admin: user.tenantAdmin,
    enabled: user.enabled,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
  };
}

export function apiView(api: ApiEntity): ApiView {
  return {
    id: api.id,
    identifier: api.identifier,
    display_name: api.displayName,
    scopes: api.scopes,
    access_token_format: api.accessTokenFormat,
    access_token_lifetime_seconds: api.accessTokenLifetimeSeconds,
    introspection_client_ids: api.introspectionClientIds,
    created_at: api.createdAt,
    updated_at: api.updatedAt,
  };
}

export function keyView(key: SigningKeyEntity): KeyView {
  return {
    kid: key.kid,
    alg: key.alg,
    state: stateOf(key, new Date()),
    published_at: key.publishedAt,
    signs_from: key.signsFrom,
    signs_until: key.signsUntil,
    published_until: key.publishedUntil,
    public_jwk: key.publicJwk,
  };
}

export function consentView(consent: Consent): ConsentView {
  return {
    id: consent.id,
    user_id: consent.user_id,
    client_id: consent.client_id,
    resource: consent.resource === '' ? null : consent.resource,
    scopes: consent.scopes,
    created_at: consent.created_at,
    updated_at: consent.updated_at,
  };
}
