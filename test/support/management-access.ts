import { basic, postForm } from './http.js';
import { ManagementClient } from './management-client.js';
import { OPERATOR_SECRET, type Platform } from './platform.js';

/** The operator with a token of these scopes only. */
export function operatorWith(platform: Platform, scope: string): Promise<ManagementClient> {
  return login(platform, 'system', { clientId: 'operator', secret: OPERATOR_SECRET, scope });
}

/** A machine of the tenant itself that may manage it within these scopes. */
export function adminOf(platform: Platform, slug: string, scope: string): Promise<ManagementClient> {
  return machineOf(platform, slug, undefined, scope);
}

/** The same under an identifier. */
export async function machineOf(
  platform: Platform,
  slug: string,
  id: string | undefined,
  scope: string,
): Promise<ManagementClient> {
  const { client_id: clientId, client_secret: secret } = await platform.operator.create<Record<string, string>>(
    `/tenants/${slug}/clients`,
    { client_id: id, grant_types: ['client_credentials'], permissions: [managementPermission(platform, scope)] },
  );
  return login(platform, slug, { clientId: String(clientId), secret: String(secret), scope });
}

/** The permission for these scopes of the management API, as a client is registered with it. */
export function managementPermission({ url }: Pick<Platform, 'url'>, scope: string) {
  return { api: `${url}/api`, scopes: scope.split(' ') };
}

async function login(
  { url }: Platform,
  slug: string,
  client: { readonly clientId: string; readonly secret: string; readonly scope: string },
): Promise<ManagementClient> {
  const form = { grant_type: 'client_credentials', scope: client.scope, resource: `${url}/api` };
  const authorization = basic(client.clientId, client.secret);
  const answer = await postForm(`${url}/t/${slug}/token`, form, { authorization });
  if (answer.status !== 200) throw new Error(`${client.clientId} of ${slug} got no token: ${answer.text}`);
  return new ManagementClient(url, String(answer.json()['access_token']));
}
