import type { ClientDirectory } from '../../clients/client-directory.js';
import type { Client } from '../../clients/client.js';
import { InvalidClientError, InvalidRequestError, quoted } from '../../oauth/oauth-error.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import type { Tenant } from '../../tenants/tenant.js';

/** The client has to be known before anything it says counts (RFC 6749 §4.1.2.1). Errors go to a page. */
export async function checkClient(
  tenant: Tenant,
  params: OAuthParameters,
  directory: ClientDirectory,
): Promise<Client> {
  if (params.repeated.includes('client_id')) throw new InvalidRequestError('client_id is included more than once.');
  const clientId = params.get('client_id');
  const client = await directory.find(tenant.id, clientId);
  if (!client?.enabled) {
    const detail = client
      ? `client ${client.clientId} is disabled`
      : `no client of the tenant ${tenant.slug} has the client_id ${quoted(clientId)}`;
    throw new InvalidClientError('The client is not known here.', { detail });
  }
  return client;
}
