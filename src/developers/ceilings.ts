import { ClientMetadataError } from '../clients/client-metadata.js';
import type { ClientRegistration } from '../clients/clients.repository.js';
import { MANAGEMENT_API, OPENID_CONNECT } from '../clients/permissions.js';
import { isAtAllowedHost } from '../tenants/developer-policy.js';
import type { TenantPolicy } from '../tenants/tenant-policy.js';

/**
 * What a client that a developer registers may have at most. The management API is above every ceiling: its owners have
 * the client's secret, and would have its power.
 * @throws ClientMetadataError for the first member that goes beyond
 */
export function checkCeilings(registration: ClientRegistration, policy: TenantPolicy): void {
  const grantType = registration.grantTypes.find((name) => !policy.developerGrantTypes.includes(name));
  if (grantType !== undefined) {
    throw new ClientMetadataError(
      'grant_types',
      `has ${grantType}; clients of developers may have: ${listed(policy.developerGrantTypes)}`,
    );
  }
  checkScopes(registration, policy.developerScopes);
  checkRedirects('redirect_uris', registration, policy.developerRedirectHosts);
  checkRedirects('post_logout_redirect_uris', registration, policy.developerRedirectHosts);
}

function checkScopes({ permissions }: ClientRegistration, allowed: readonly string[]): void {
  for (const { api, scopes } of permissions) {
    const isOpenId = api === OPENID_CONNECT;
    const beyond = scopes.find(
      (name) => api === MANAGEMENT_API || !allowed.includes(isOpenId ? name : `${api} ${name}`),
    );
    if (beyond === undefined) continue;
    const of = api === MANAGEMENT_API ? ' of the management API' : isOpenId ? '' : ` of ${api}`;
    throw new ClientMetadataError(
      isOpenId ? 'scope' : 'permissions',
      `has ${beyond}${of}; clients of developers may have: ${listed(allowed)}`,
    );
  }
}

function checkRedirects(
  member: 'redirect_uris' | 'post_logout_redirect_uris',
  registration: ClientRegistration,
  hosts: readonly string[],
): void {
  const isNative = registration.applicationType === 'native';
  const uris = member === 'redirect_uris' ? registration.redirectUris : registration.postLogoutRedirectUris;
  const index = uris.findIndex((uri) => !isAtAllowedHost(uri, { hosts, isNative }));
  if (index === -1) return;
  throw new ClientMetadataError(
    `${member}[${index}]`,
    `leads to a host that clients of developers may not use; allowed: ${listed(hosts)}, and the loopback address for native applications`,
  );
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}
