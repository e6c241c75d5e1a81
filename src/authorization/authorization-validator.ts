import { Inject, Injectable } from '@nestjs/common';
import { ClientDirectory } from '../clients/client-directory.js';
import { OAuthError } from '../oauth/oauth-error.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import { AccessResolver } from '../resources/access-resolver.js';
import type { Tenant } from '../tenants/tenant.js';
import { IdTokenHintVerifier } from '../tokens/id-token-hint.js';
import type { AuthorizationRequest, ProvenRequest } from './authorization-request.js';
import { AUTHORIZATION_STEPS, AuthorizationPipeline, type StepTools } from './authorization-step.js';
import { checkClient } from './steps/check-client.js';
import { checkRedirectUri } from './steps/check-redirect-uri.js';

/** The request is wrong in a way its client is to be told; `request` says where. */
export class RefusedRequest extends Error {
  constructor(
    readonly request: ProvenRequest,
    readonly error: OAuthError,
  ) {
    super(error.message, { cause: error });
  }
}

/** From parameters to a checked authorization request. */
@Injectable()
export class AuthorizationValidator implements StepTools {
  constructor(
    private readonly directory: ClientDirectory,
    readonly accessResolver: AccessResolver,
    readonly idTokenHints: IdTokenHintVerifier,
    @Inject(AUTHORIZATION_STEPS) private readonly steps: AuthorizationPipeline<AuthorizationRequest>,
  ) {}

  /**
   * @throws OAuthError when client or redirect URI are not proven: nothing may be sent there
   */
  async prove(tenant: Tenant, params: OAuthParameters): Promise<ProvenRequest> {
    const client = await checkClient(tenant, params, this.directory);
    return { tenant, params, client, redirectUri: checkRedirectUri(client, params) };
  }

  /**
   * @throws OAuthError as `prove` does
   * @throws RefusedRequest for everything that is wrong beyond
   */
  async validate(tenant: Tenant, params: OAuthParameters): Promise<AuthorizationRequest> {
    const proven = await this.prove(tenant, params);
    try {
      return await this.steps.run(proven, this);
    } catch (error) {
      if (error instanceof OAuthError) throw new RefusedRequest(proven, error);
      throw error;
    }
  }
}
