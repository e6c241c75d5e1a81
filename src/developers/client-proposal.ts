import type { JSONWebKeySet } from 'jose';
import type { ClientMetadata } from '../clients/client.js';
import type { ClientRegistration } from '../clients/clients.repository.js';
import { OPENID_CONNECT, type Permission, scopesAt } from '../clients/permissions.js';
import type { ApplicationType } from '../oauth/redirect-uri.js';

/** What a developer says of a client, with the names of RFC 7591 §2; null and absent members get their default. */
export interface ClientProposal {
  readonly client_name?: string | null;
  readonly application_type?: ApplicationType | null;
  readonly token_endpoint_auth_method?: string | null;
  readonly grant_types?: readonly string[] | null;
  readonly response_types?: readonly string[] | null;
  readonly redirect_uris?: readonly string[] | null;
  readonly post_logout_redirect_uris?: readonly string[] | null;
  /** Names separated by spaces. */
  readonly scope?: string | null;
  readonly permissions?: readonly Permission[] | null;
  readonly jwks?: JSONWebKeySet | null;
  readonly client_uri?: string | null;
  readonly logo_uri?: string | null;
  readonly policy_uri?: string | null;
  readonly tos_uri?: string | null;
  readonly initiate_login_uri?: string | null;
  readonly contacts?: readonly string[] | null;
  readonly software_id?: string | null;
  readonly software_version?: string | null;
}

/** In the order in which they are shown. */
export const PROPOSAL_MEMBERS = [
  ...(['client_name', 'application_type', 'grant_types', 'response_types', 'token_endpoint_auth_method'] as const),
  ...(['redirect_uris', 'post_logout_redirect_uris', 'scope', 'permissions', 'jwks'] as const),
  ...(['client_uri', 'logo_uri', 'policy_uri', 'tos_uri', 'initiate_login_uri'] as const),
  ...(['contacts', 'software_id', 'software_version'] as const),
] satisfies (keyof ClientProposal)[];

type Shown = Pick<
  ClientRegistration,
  | 'clientName'
  | 'applicationType'
  | 'tokenEndpointAuthMethod'
  | 'grantTypes'
  | 'responseTypes'
  | 'redirectUris'
  | 'postLogoutRedirectUris'
  | 'permissions'
  | 'jwks'
  | 'metadata'
>;

/**
 * What a developer would have said to get this registration. `scope` has the names of OpenID Connect, `permissions` all
 * others, so that nothing has to be guessed when it is read again.
 */
export function proposalOf(registration: Shown): Required<ClientProposal> {
  const { metadata, permissions } = registration;
  return {
    client_name: registration.clientName,
    application_type: registration.applicationType,
    token_endpoint_auth_method: registration.tokenEndpointAuthMethod,
    grant_types: registration.grantTypes,
    response_types: registration.responseTypes,
    redirect_uris: registration.redirectUris,
    post_logout_redirect_uris: registration.postLogoutRedirectUris,
    scope: scopesAt(permissions, OPENID_CONNECT).join(' '),
    permissions: permissions.filter(({ api }) => api !== OPENID_CONNECT),
    jwks: registration.jwks,
    client_uri: metadata.clientUri ?? null,
    logo_uri: metadata.logoUri ?? null,
    policy_uri: metadata.policyUri ?? null,
    tos_uri: metadata.tosUri ?? null,
    initiate_login_uri: metadata.initiateLoginUri ?? null,
    contacts: metadata.contacts ?? [],
    software_id: metadata.softwareId ?? null,
    software_version: metadata.softwareVersion ?? null,
  };
}

/** What is only shown of a client, from what is said of it; a member that is null is left out. */
export function metadataOf(proposal: ClientProposal): ClientMetadata {
  const members = {
    clientUri: proposal.client_uri,
    logoUri: proposal.logo_uri,
    policyUri: proposal.policy_uri,
    tosUri: proposal.tos_uri,
    initiateLoginUri: proposal.initiate_login_uri,
    contacts: proposal.contacts?.length ? proposal.contacts : null,
    softwareId: proposal.software_id,
    softwareVersion: proposal.software_version,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null));
}
