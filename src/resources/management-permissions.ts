import type { Client } from '../clients/client.js';
import { MANAGEMENT_API, scopesAt } from '../clients/permissions.js';
import { MANAGEMENT_SCOPES, type ManagementScope } from './management-api.js';

/**
 * What a client may do at the management API: names of management scopes. The one place that decides it; whoever passes
 * on, changes or checks a client's power over the platform asks here.
 */
export function managementPermissionsOf(client: Pick<Client, 'permissions'>): readonly ManagementScope[] {
  const given = scopesAt(client.permissions, MANAGEMENT_API);
  return MANAGEMENT_SCOPES.map(({ name }) => name).filter((name) => given.includes(name));
}
