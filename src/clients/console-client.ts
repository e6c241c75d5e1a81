import { SYSTEM_TENANT_SLUG } from '../database/tenant-id.js';
import { CONSOLE_CLIENT_ID, type Client } from './client.js';

interface AddressedTenant {
  readonly slug: string;
  readonly issuers: readonly string[];
}

/** Where the consoles of a tenant are now: one at each of its addresses, and one of the operators. */
export function consoleAddresses({ slug, issuers }: AddressedTenant): readonly string[] {
  if (slug !== SYSTEM_TENANT_SLUG) return issuers.map((issuer) => `${issuer}/console`);
  const below = `/t/${SYSTEM_TENANT_SLUG}`;
  return issuers
    .filter((issuer) => issuer.endsWith(below))
    .map((issuer) => `${issuer.slice(0, -below.length)}/console`);
}

/**
 * The redirect URIs that count. Those of the console follow the addresses that the tenant has now, whatever its
 * registration says: who buys a domain that a tenant gave up, or changes the registration, gets no code of it.
 */
export function redirectUrisOf(tenant: AddressedTenant, client: Client): readonly string[] {
  if (client.clientId !== CONSOLE_CLIENT_ID) return client.redirectUris;
  return consoleAddresses(tenant).map((address) => `${address}/callback`);
}

/** The same for where a sign-out leads (RP-Initiated Logout §2). */
export function postLogoutRedirectUrisOf(tenant: AddressedTenant, client: Client): readonly string[] {
  if (client.clientId !== CONSOLE_CLIENT_ID) return client.postLogoutRedirectUris;
  return consoleAddresses(tenant).map((address) => `${address}/`);
}
