import { isOpenIdScope } from '../oauth/openid-scopes.js';
import { type RegistrationWarning, when } from '../oauth/registration-warning.js';
import { type Scope, without } from '../oauth/scope.js';
import { type TenantPolicy, allowsGrantType } from '../tenants/tenant-policy.js';
import { isConfidential } from './client.js';
import type { ClientRegistration } from './clients.repository.js';
import { namesOf } from './permissions.js';

/** The grant types that begin with a person, and give what is refreshed later. */
const BEGINNINGS = ['authorization_code', 'password'];

/**
 * What of a registration would never work, whoever uses it. It is accepted nevertheless, because a policy or an API may
 * come later.
 * @param asked the scope names of the request, some of which may be no scope of any API
 */
export function findRegistrationWarnings(
  registration: ClientRegistration,
  policy: TenantPolicy,
  asked: Scope = [],
): RegistrationWarning[] {
  return [
    ...grantWarnings(registration, policy),
    ...scopeWarnings(registration, asked),
    ...authenticationWarnings(registration),
  ];
}

function grantWarnings(
  { grantTypes, responseTypes, redirectUris, refreshTokenRotation }: ClientRegistration,
  policy: TenantPolicy,
): RegistrationWarning[] {
  const forbidden = grantTypes.filter((grantType) => !allowsGrantType(policy, grantType));
  const refreshes = grantTypes.includes('refresh_token');
  return [
    ...forbidden.map((grantType) => ({
      code: 'grant_type_forbidden',
      pointer: '/grant_types',
      detail: `The tenant forbids the grant type ${grantType} until its policy allow_${grantType}_grant is true.`,
    })),
    ...when(grantTypes.length === 0, 'no_grant_type', '/grant_types', 'Without a grant type the client gets no token.'),
    ...when(
      refreshes && grantTypes.every((grantType) => !BEGINNINGS.includes(grantType) && !isExtension(grantType)),
      'refresh_token_never_issued',
      '/grant_types',
      'No grant type of the client gives a refresh token that refresh_token could use; authorization_code does.',
    ),
    ...when(
      refreshTokenRotation !== null && !refreshes,
      'no_effect',
      '/refresh_token_rotation',
      'refresh_token_rotation has no effect without the grant type refresh_token.',
    ),
    ...when(
      redirectUris.length > 0 && responseTypes.length === 0,
      'no_effect',
      '/redirect_uris',
      'redirect_uris have no effect without response types, which come with the grant type authorization_code.',
    ),
  ];
}

function scopeWarnings(
  { grantTypes, responseTypes, permissions, optionalScopes, firstParty }: ClientRegistration,
  asked: Scope,
): RegistrationWarning[] {
  const names = namesOf(permissions);
  const dropped = asked.filter((name) => !names.includes(name));
  const ofUsers = names.filter(isOpenIdScope);
  const hasUsers = grantTypes.some((grantType) => grantType !== 'client_credentials');
  const withIdToken = responseTypes.filter((type) => type.includes('id_token'));
  return [
    ...when(
      dropped.length > 0,
      'unknown_scope',
      '/scope',
      `No API has the scope ${dropped.join(' ')}, so it was left out. Register it with an API, then with the client.`,
    ),
    ...when(
      without(optionalScopes, names).length > 0,
      'no_effect',
      '/optional_scopes',
      `The client may not ask for ${without(optionalScopes, names).join(' ')}, so that it is optional has no effect.`,
    ),
    ...when(
      firstParty && optionalScopes.length > 0,
      'no_effect',
      '/optional_scopes',
      'optional_scopes have no effect with first_party: nobody is asked for consent.',
    ),
    ...when(
      ofUsers.length > 0 && !ofUsers.includes('openid'),
      'openid_missing',
      '/scope',
      `The scope ${ofUsers.join(' ')} gives no ID token and no userinfo without the scope openid.`,
    ),
    ...when(
      withIdToken.length > 0 && !ofUsers.includes('openid'),
      'openid_missing',
      '/response_types',
      `The response type ${withIdToken.join(' and ')} needs the scope openid, which the client may not ask for.`,
    ),
    ...when(
      ofUsers.includes('offline_access') && !grantTypes.includes('refresh_token'),
      'offline_access_unused',
      '/scope',
      'The scope offline_access has no effect without the grant type refresh_token.',
    ),
    ...when(
      ofUsers.length > 0 && !hasUsers,
      'scope_without_user',
      '/scope',
      `The scope ${ofUsers.join(' ')} is about a user, and client_credentials has none.`,
    ),
  ];
}

function authenticationWarnings(registration: ClientRegistration): RegistrationWarning[] {
  const usesKeys = registration.tokenEndpointAuthMethod === 'private_key_jwt';
  return [
    ...when(
      registration.jwks !== null && !usesKeys,
      'no_effect',
      '/jwks',
      'jwks has no effect unless token_endpoint_auth_method is private_key_jwt.',
    ),
    ...when(
      registration.strictAssertionAudience !== null && !usesKeys,
      'no_effect',
      '/strict_assertion_audience',
      'strict_assertion_audience has no effect unless token_endpoint_auth_method is private_key_jwt.',
    ),
    ...when(
      registration.requirePkce === true && !isConfidential(registration),
      'no_effect',
      '/require_pkce',
      'require_pkce has no effect on a public client, which always uses PKCE.',
    ),
    ...when(
      registration.requirePkce !== null && !registration.responseTypes.some((type) => type.split(' ').includes('code')),
      'no_effect',
      '/require_pkce',
      'require_pkce has no effect without the response type code.',
    ),
  ];
}

/** A grant type of an extension, which may give refresh tokens. */
function isExtension(grantType: string): boolean {
  return !['client_credentials', 'implicit', 'refresh_token'].includes(grantType) && !BEGINNINGS.includes(grantType);
}
