import type { ClientEntity, ClientSecretEntity } from '../../clients/client.entity.js';
import { MANAGEMENT_API, OPENID_CONNECT, type Permissions, namesOf } from '../../clients/permissions.js';
import type { NewClientSecret } from '../../clients/clients.service.js';
import type { RegistrationWarning } from '../../oauth/registration-warning.js';
import type { SigningAlgorithmName } from '../../keys/signing-algorithm.js';
import type { View } from '../kit/view.js';
import { toWire } from '../kit/wire.js';

/** What is shown beside the registration itself. */
export interface ClientViewOptions {
  /** The identifier of the management API, which is not stored. */
  readonly managementIdentifier: string;
  readonly secrets?: readonly ClientSecretEntity[] | undefined;
  /** The tenant's, for a client that registered none. */
  readonly idTokenSigningAlg: SigningAlgorithmName;
  /** What the client registered is not in force. */
  readonly isAlgLocked: boolean;
  /** Only in the answer to the registration. */
  readonly secret?: string | undefined;
  /** Only in the answer to a registration or a change. */
  readonly warnings?: readonly RegistrationWarning[] | undefined;
}

export function clientView(client: ClientEntity, shown: ClientViewOptions): View {
  const { managementIdentifier, idTokenSigningAlg, isAlgLocked, secrets, secret, warnings = [] } = shown;
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
    id_token_signed_response_alg: (isAlgLocked ? null : client.idTokenSignedResponseAlg) ?? idTokenSigningAlg,
    slim_id_token: client.slimIdToken,
    ...toWire(client.metadata),
    first_party: client.firstParty,
    require_pkce: client.requirePkce,
    refresh_token_rotation: client.refreshTokenRotation,
    strict_assertion_audience: client.strictAssertionAudience,
    require_second_factor: client.requireSecondFactor,
    default_acr_values: client.defaultAcrValues ?? [],
    default_max_age: client.defaultMaxAge,
    optional_scopes: client.optionalScopes,
    reviewed: client.reviewedAt !== null,
    reviewed_at: client.reviewedAt,
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
    ...(warnings.length > 0 && { warnings }),
  };
}

/** Those at APIs. The scopes of OpenID Connect stand in `scope` alone: there is no API to name. */
export function permissionsView(permissions: Permissions, managementIdentifier: string) {
  return permissions
    .filter(({ api }) => api !== OPENID_CONNECT)
    .map(({ api, scopes }) => ({ api: api === MANAGEMENT_API ? managementIdentifier : api, scopes }));
}

export function clientSecretView({ id, secret, createdAt }: NewClientSecret): View {
  return { id, client_secret: secret, created_at: createdAt, expires_at: null };
}
