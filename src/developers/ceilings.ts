import { ClientMetadataError } from '../clients/client-metadata.js';
import type { ClientRegistration } from '../clients/clients.repository.js';
import { metadataFault } from '../clients/metadata-faults.js';
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
      policy.developerGrantTypes.length === 0
        ? metadataFault('grant_type_none', { name: grantType })
        : metadataFault('grant_type_beyond', { name: grantType, allowed: policy.developerGrantTypes.join(', ') }),
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
    // As the form of developers names it.
    const name = isOpenId ? beyond : `${api} ${beyond}`;
    throw new ClientMetadataError(
      isOpenId ? 'scope' : 'permissions',
      allowed.length === 0
        ? metadataFault('scope_none', { scope: `${beyond}${of}`, name })
        : metadataFault('scope_beyond', { scope: `${beyond}${of}`, name, allowed: allowed.join(', ') }),
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
    hosts.length === 0 ? metadataFault('host_none') : metadataFault('host_beyond', { allowed: hosts.join(', ') }),
  );
}
