import { type Client, isConfidential } from '../../clients/client.js';
import { type RegistrationWarning, when } from '../../oauth/registration-warning.js';
import { permissionKey } from '../../resources/access.js';
import type { Apis } from '../../resources/api-directory.js';
import type { ApiEntity } from '../../resources/api.entity.js';

type Introspecting = Pick<Client, 'tokenEndpointAuthMethod' | 'enabled'> | undefined;

/**
 * What of an API was accepted and will not work as it is.
 * @param clients the clients that may introspect its tokens, in the order of their identifiers there
 */
export function findApiWarnings(api: ApiEntity, apis: Apis, clients: readonly Introspecting[]): RegistrationWarning[] {
  const names = api.scopes.map(({ name }) => name);
  const others = [...apis.values()].filter((other) => permissionKey(other) !== api.identifier);
  const shared = names.filter((name) => others.some(({ scopes }) => scopes.some((scope) => scope.name === name)));
  const useless = api.introspectionClientIds.filter((_, index) => {
    const client = clients[index];
    return !client?.enabled || !isConfidential(client);
  });
  return [
    ...when(
      shared.length > 0,
      'shared_scope_name',
      '/scopes',
      `Another API has ${shared.join(' ')} too, so a client is given it by permissions, which name the API.`,
    ),
    ...when(
      useless.length > 0,
      'cannot_introspect',
      '/introspection_client_ids',
      `${useless.join(' ')} cannot ask about tokens: no enabled confidential client has this identifier.`,
    ),
    ...when(
      api.accessTokenFormat === 'opaque' && api.introspectionClientIds.length === 0,
      'nobody_can_introspect',
      '/introspection_client_ids',
      'Only introspection tells what an opaque token is worth, and no client may ask for this API.',
    ),
  ];
}
