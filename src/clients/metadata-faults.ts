import { type Fault, faultsOf } from '../oauth/fault.js';
import { REDIRECT_URI_FAULTS } from '../oauth/redirect-uri-faults.js';

/**
 * THE LIST of what can be wrong with the metadata that a client is registered with, in English, as the API says it. The
 * developers' pages have a text `clients.rule.<code>` for each.
 */
export const METADATA_FAULTS = {
  ...REDIRECT_URI_FAULTS,
  not_offered: 'may hold: {known}',
  grant_type_missing: 'must include {name} for "{responseType}"',
  code_missing: 'must include code for the authorization_code grant',
  token_missing: 'must include token or id_token for the implicit grant',
  uri_missing: 'must name at least one URI for a client with response types',
  public_client: 'cannot include client_credentials for a public client',
  openid_optional: 'cannot include openid',
  keys_missing: 'is needed for private_key_jwt',
  keys_unusable: 'has no key that a signature of the client could be verified with',
  keys_count: 'must have an array keys of 1 to {most} public keys',
  key: 'has at keys[{index}] a key that {fault}',
  pkce_off: 'cannot be false for a public client',
  rotation_off: 'cannot be false for a public client',
  secret_missing: 'needs a secret; add one first',
  scope_syntax: 'must be scope names and spaces',
  scope_ambiguous: 'has {name}, which is a scope of {apis}; say which one is meant, as in "permissions": {pair}',
  scope_of_management:
    'has {name}, which is a scope of the management API, which is never given by a name alone; name both, as in ' +
    '"permissions": {pair}',
  api_unknown: 'must be the identifier of an API of this tenant',
  scope_unknown: 'has {name}, which is no scope of that API',
  scope_lost: 'has a scope of {api} that the API does not have any more',
  grant_type_beyond: 'has {name}; clients of developers may have: {allowed}',
  grant_type_none: 'has {name}; clients of developers may have: none',
  scope_beyond: 'has {scope}; clients of developers may have: {allowed}',
  scope_none: 'has {scope}; clients of developers may have: none',
  host_beyond:
    'leads to a host that clients of developers may not use; allowed: {allowed}, and the loopback address for native ' +
    'applications',
  host_none:
    'leads to a host that clients of developers may not use; allowed: none, and the loopback address for native ' +
    'applications',
} as const;

export type MetadataFaultCode = keyof typeof METADATA_FAULTS;
export type MetadataFault = Fault<MetadataFaultCode>;
export const metadataFault = faultsOf(METADATA_FAULTS);
