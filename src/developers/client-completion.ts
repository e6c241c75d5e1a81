import { Injectable } from '@nestjs/common';
import { ClientAuthenticator } from '../clients/authentication/client-authenticator.js';
import type { ClientEntity } from '../clients/client.entity.js';
import { completeMetadata, defaultPermissions } from '../clients/client-metadata.js';
import type { ClientRegistration } from '../clients/clients.repository.js';
import { OPENID_CONNECT, openIdPermission, scopesAt } from '../clients/permissions.js';
import { GrantRegistry } from '../grants/grant.registry.js';
import { ApiDirectory } from '../resources/api-directory.js';
import { bindPermissions, readScope } from '../resources/permission-binding.js';
import type { Tenant } from '../tenants/tenant.js';
import { checkCeilings } from './ceilings.js';
import { type ClientProposal, metadataOf } from './client-proposal.js';

/** What a proposal would make of a client. */
@Injectable()
export class ClientCompletion {
  constructor(
    private readonly grants: GrantRegistry,
    private readonly authenticator: ClientAuthenticator,
    private readonly apis: ApiDirectory,
  ) {}

  /**
   * The registration, within the ceilings of the tenant. What developers do not decide stays as the known client has it.
   * @throws ClientMetadataError
   */
  async complete(tenant: Tenant, proposal: ClientProposal, known?: ClientEntity): Promise<ClientRegistration> {
    const given = Object.fromEntries(
      Object.entries(decisiveOf(proposal)).filter(([, value]) => value !== undefined && value !== null),
    );
    const registration = completeMetadata(
      {
        ...(known && keptOf(known)),
        ...given,
        permissions: await this.bind(tenant, proposal),
        metadata: metadataOf(proposal),
      },
      {
        grantTypes: this.grants.grantTypes,
        authenticationMethods: this.authenticator.methodNames,
        redirectUris: tenant.policy,
      },
    );
    checkCeilings(registration, tenant.policy);
    return registration;
  }

  /** By default a client that signs people in has what developers may have of OpenID Connect. */
  private async bind(tenant: Tenant, { scope, permissions, grant_types: grantTypes }: ClientProposal) {
    const asked = { scope: typeof scope === 'string' ? readScope(scope) : undefined, permissions };
    const { developerScopes } = tenant.policy;
    const byDefault = openIdPermission(
      scopesAt(defaultPermissions(grantTypes ?? undefined), OPENID_CONNECT).filter((name) =>
        developerScopes.includes(name),
      ),
    );
    return bindPermissions(await this.apis.read(tenant.id), asked, { byDefault }) ?? byDefault;
  }
}

/** What developers do not decide. */
function keptOf(known: ClientEntity) {
  const { idTokenSignedResponseAlg, slimIdToken, firstParty, requirePkce, refreshTokenRotation } = known;
  const { strictAssertionAudience, requireSecondFactor, defaultAcrValues, defaultMaxAge } = known;
  const { optionalScopes, reviewedAt, enabled } = known;
  return {
    ...{ idTokenSignedResponseAlg, slimIdToken, firstParty, requirePkce, refreshTokenRotation },
    ...{ strictAssertionAudience, requireSecondFactor, defaultAcrValues, defaultMaxAge },
    ...{ optionalScopes, reviewedAt, enabled },
  };
}

function decisiveOf(proposal: ClientProposal) {
  return {
    clientName: proposal.client_name,
    applicationType: proposal.application_type,
    tokenEndpointAuthMethod: proposal.token_endpoint_auth_method,
    grantTypes: proposal.grant_types,
    responseTypes: proposal.response_types,
    redirectUris: proposal.redirect_uris,
    postLogoutRedirectUris: proposal.post_logout_redirect_uris,
    jwks: proposal.jwks,
  };
}
