import type { ClientMetadataInput } from '../clients/client-metadata.js';
import { openIdPermission } from '../clients/permissions.js';
import { DEMO_ORIGIN } from '../config/config.js';
import type { DemoTenant } from './demo-tenants.js';

const ALL_OPENID = ['openid', 'profile', 'email', 'offline_access'];
const ALL_API = ['orders:read', 'orders:write'];

export const apiOf = ({ slug }: DemoTenant) => `https://api.${slug}.example`;
const callbackOf = (origin: string) => `${origin}/callback`;

/** The usual address is always registered, so that a demo that moved may come back. */
const both = (address: (origin: string) => string, origin: string) => [
  ...new Set([address(DEMO_ORIGIN), address(origin)]),
];

export function webClient(demo: DemoTenant, origin: string): ClientMetadataInput {
  return {
    clientName: demo.clientNames.web,
    tokenEndpointAuthMethod: 'client_secret_basic',
    grantTypes: ['authorization_code', 'refresh_token'],
    redirectUris: both((one) => callbackOf(one), origin),
    postLogoutRedirectUris: both((one) => `${one}/`, origin),
    permissions: [...openIdPermission(ALL_OPENID), { api: apiOf(demo), scopes: ALL_API }],
    metadata: { clientUri: origin, initiateLoginUri: `${origin}/` },
  };
}

export function spaClient(demo: DemoTenant, origin: string): ClientMetadataInput {
  return {
    clientName: demo.clientNames.spa,
    applicationType: 'browser',
    tokenEndpointAuthMethod: 'none',
    grantTypes: ['authorization_code', 'refresh_token'],
    redirectUris: both((one) => callbackOf(one), origin),
    postLogoutRedirectUris: both((one) => `${one}/`, origin),
    permissions: [...openIdPermission(ALL_OPENID), { api: apiOf(demo), scopes: ALL_API }],
  };
}

/** What `tenantry try login` signs in as: a native application on any port of this machine (RFC 8252). */
export function cliClient(demo: DemoTenant): ClientMetadataInput {
  return {
    clientName: 'Tenantry command line',
    applicationType: 'native',
    tokenEndpointAuthMethod: 'none',
    grantTypes: ['authorization_code', 'refresh_token'],
    redirectUris: ['http://127.0.0.1/callback'],
    permissions: [...openIdPermission(ALL_OPENID), { api: apiOf(demo), scopes: ALL_API }],
  };
}

export function machineClient(demo: DemoTenant): ClientMetadataInput {
  return {
    clientName: demo.clientNames.machine,
    tokenEndpointAuthMethod: 'client_secret_basic',
    grantTypes: ['client_credentials'],
    permissions: [{ api: apiOf(demo), scopes: ALL_API }],
  };
}

type Addresses = Pick<ClientMetadataInput, 'redirectUris' | 'postLogoutRedirectUris' | 'metadata'>;

/**
 * The addresses of a client after the demo application moved from one origin to another. Whatever else was registered
 * stays.
 * @returns undefined when nothing changes
 */
export function movedAddresses(
  known: Required<Addresses>,
  { from, to }: { readonly from: string; readonly to: string },
): Required<Addresses> | undefined {
  if (from === to) return undefined;
  const list = (addresses: readonly string[], address: (origin: string) => string) => {
    const stays = addresses.filter((one) => one !== address(from));
    return [...new Set([...both(address, to), ...stays])];
  };
  const { clientUri, initiateLoginUri } = known.metadata;
  return {
    redirectUris: list(known.redirectUris, callbackOf),
    postLogoutRedirectUris: list(known.postLogoutRedirectUris, (origin) => `${origin}/`),
    metadata: {
      ...known.metadata,
      ...(clientUri === from && { clientUri: to }),
      ...(initiateLoginUri === `${from}/` && { initiateLoginUri: `${to}/` }),
    },
  };
}
