import type { ClientEntity, ClientSecretEntity } from '../../clients/client.entity.js';
import type { NewClientSecret } from '../../clients/clients.service.js';
import type { View } from '../kit/view.js';
import { toWire } from '../kit/wire.js';

/** @param secret only in the answer to the registration */
export function clientView(client: ClientEntity, secrets?: readonly ClientSecretEntity[], secret?: string): View {
  return {
    client_id: client.clientId,
    client_name: client.clientName,
    application_type: client.applicationType,
    token_endpoint_auth_method: client.tokenEndpointAuthMethod,
    grant_types: client.grantTypes,
    response_types: client.responseTypes,
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.postLogoutRedirectUris,
    scope: client.scope.join(' '),
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

export function clientSecretView({ id, secret, createdAt }: NewClientSecret): View {
  return { id, client_secret: secret, created_at: createdAt, expires_at: null };
}
