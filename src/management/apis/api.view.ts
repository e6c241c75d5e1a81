import type { RegistrationWarning } from '../../oauth/registration-warning.js';
import type { ApiEntity } from '../../resources/api.entity.js';
import type { View } from '../kit/view.js';

/** @param warnings only in the answer to a write */
export function apiView(api: ApiEntity, warnings: readonly RegistrationWarning[] = []): View {
  return {
    id: api.id,
    identifier: api.identifier,
    display_name: api.displayName,
    scopes: api.scopes,
    access_token_format: api.accessTokenFormat,
    access_token_typ: api.accessTokenTyp,
    access_token_lifetime_seconds: api.accessTokenLifetimeSeconds,
    introspection_client_ids: api.introspectionClientIds,
    roles_in_tokens: api.rolesInTokens,
    created_at: api.createdAt,
    updated_at: api.updatedAt,
    ...(warnings.length > 0 && { warnings }),
  };
}
