import type { Client } from '../clients/client.js';
import { MANAGEMENT_SCOPES, type ManagementScope } from './management-api.js';

/**
 * What a client may do at the management API: names of management scopes. The one place that decides it; whoever passes
 * on, changes or checks a client's power over the platform asks here.
 */
export function managementPermissionsOf(client: Pick<Client, 'scope'>): readonly ManagementScope[] {
  return MANAGEMENT_SCOPES.map(({ name }) => name).filter((name) => client.scope.includes(name));
}
