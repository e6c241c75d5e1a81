import { Inject, Injectable } from '@nestjs/common';
import { boundedText } from '../audit/audit-row.js';
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

const MAX_URI_LENGTH = 300;
const MAX_URIS = 10;

/** What the log says of a request that has proven neither its client nor where to answer. */
export interface UnprovenRequest {
  /** Of a client that exists. */
  readonly clientId: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;
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

  /** Parameters that added steps read; see `AuthorizationPipeline.check`. */
  get ownParameters(): readonly string[] {
    return this.steps.ownParameters;
  }

  /**
   * @throws OAuthError when client or redirect URI are not proven: nothing may be sent there
   */
  async prove(tenant: Tenant, params: OAuthParameters): Promise<ProvenRequest> {
    const client = await checkClient(tenant, params, this.directory);
    return { tenant, params, client, redirectUri: checkRedirectUri(tenant, client, params) };
  }

  /** Which client and redirect URI a request named, beside those that are registered; bounded. */
  async describeUnproven(tenant: Tenant, params: OAuthParameters): Promise<UnprovenRequest> {
    const named = params.find('client_id');
    const client = named === undefined ? undefined : await this.directory.find(tenant.id, named);
    const redirectUri = params.find('redirect_uri');
    return {
      clientId: client?.clientId,
      details: {
        ...(!client && named !== undefined && { client_id: boundedText(named, 200) }),
        ...(redirectUri !== undefined && { redirect_uri: boundedText(redirectUri, MAX_URI_LENGTH) }),
        ...(client && {
          registered_redirect_uris: client.redirectUris
            .slice(0, MAX_URIS)
            .map((uri) => boundedText(uri, MAX_URI_LENGTH)),
          enabled: client.enabled,
        }),
      },
    };
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
