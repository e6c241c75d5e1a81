import { Injectable } from '@nestjs/common';
import { responseModes } from '../authorization/response-modes/response-modes.js';
import { promptsOf } from '../authorization/steps/check-prompt.js';
import { ClientAuthenticator } from '../clients/authentication/client-authenticator.js';
import { ASSERTION_ALGORITHMS } from '../clients/client-key.js';
import { GrantRegistry } from '../grants/grant.registry.js';
import { SIGNING_ALGORITHM_NAMES } from '../keys/signing-algorithm.js';
import { ACCOUNT_SCOPES, GROUPS_SCOPE, OPENID_SCOPES } from '../oauth/openid-scopes.js';
import { RESPONSE_TYPES, grantTypesOf } from '../oauth/response-type.js';
import { LOCALES } from '../language/messages.js';
import type { Tenant } from '../tenants/tenant.js';
import { ID_TOKEN_CLAIMS } from '../tokens/id-token.js';
import { CLAIM_NAMES } from '../users/scope-claims.js';
import { PATHS } from './endpoint-paths.js';

/** OpenID Connect Discovery §3, RFC 8414 §2. */
export type ServerMetadata = Readonly<Record<string, unknown>>;

/** Describes a tenant at one of its addresses: what is enabled there, made from the lists and the tenant's policy. */
@Injectable()
export class MetadataService {
  constructor(
    private readonly grants: GrantRegistry,
    private readonly authenticator: ClientAuthenticator,
  ) {}

  describe(tenant: Tenant): ServerMetadata {
    const { issuer } = tenant;
    const grantTypes = this.grants.grantTypesOf(tenant);
    const methods = this.authenticator.methodNames;
    const confidential = methods.filter((method) => method !== 'none');
    return {
      issuer,
      authorization_endpoint: `${issuer}${PATHS.authorization}`,
      token_endpoint: `${issuer}${PATHS.token}`,
      userinfo_endpoint: `${issuer}${PATHS.userinfo}`,
      jwks_uri: `${issuer}${PATHS.jwks}`,
      introspection_endpoint: `${issuer}${PATHS.introspection}`,
      revocation_endpoint: `${issuer}${PATHS.revocation}`,
      end_session_endpoint: `${issuer}${PATHS.endSession}`,
      scopes_supported: [...OPENID_SCOPES, GROUPS_SCOPE, ...ACCOUNT_SCOPES],
      response_types_supported: RESPONSE_TYPES.filter((type) =>
        grantTypesOf(type).every((grantType) => grantTypes.includes(grantType)),
      ),
      response_modes_supported: responseModes.map(({ name }) => name),
      grant_types_supported: grantTypes,
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: SIGNING_ALGORITHM_NAMES,
      token_endpoint_auth_methods_supported: methods,
      introspection_endpoint_auth_methods_supported: confidential,
      revocation_endpoint_auth_methods_supported: methods,
      ...(methods.includes('private_key_jwt') && {
        token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
        introspection_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
        revocation_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
      }),
      code_challenge_methods_supported: ['S256'],
      prompt_values_supported: promptsOf(tenant),
      acr_values_supported: Object.keys(tenant.policy.acrValues),
      claim_types_supported: ['normal'],
      claims_supported: [...ID_TOKEN_CLAIMS, ...CLAIM_NAMES],
      claims_parameter_supported: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
      authorization_response_iss_parameter_supported: true,
      ui_locales_supported: LOCALES,
    };
  }
}
