import { Injectable, Logger } from '@nestjs/common';
import { ClientAuthenticator } from '../clients/authentication/client-authenticator.js';
import { TenantResolver } from '../tenants/tenant-resolver.js';
import type { Tenant } from '../tenants/tenant.js';
import { readAccessToken } from './bearer-token.js';
import { authenticateClient } from './client-authentication.guard.js';
import type { ProtocolEndpoint } from './endpoint.js';
import { NOTHING_HERE, type OAuthAnswer } from './oauth-answer.js';
import { failureAnswer } from './oauth-error.filter.js';
import { type OAuthRequest, originOf } from './oauth-request.js';

/**
 * Answers a request to an endpoint without Nest: the tenant, then what the endpoint needs, then its handler. The guards
 * and the filter of the ordinary lane do the same with the same functions, in the same order.
 */
@Injectable()
export class EndpointPipeline {
  private readonly logger = new Logger('OAuth');

  constructor(
    private readonly tenants: TenantResolver,
    private readonly authenticator: ClientAuthenticator,
  ) {}

  /** Never rejects. */
  async answer(endpoint: ProtocolEndpoint, request: OAuthRequest): Promise<OAuthAnswer> {
    try {
      const tenant = request.tenantAddress && (await this.tenants.find(request.tenantAddress));
      return tenant ? await this.call(endpoint, request, tenant) : NOTHING_HERE;
    } catch (error) {
      return failureAnswer(this.logger, request, error);
    }
  }

  private async call(endpoint: ProtocolEndpoint, request: OAuthRequest, tenant: Tenant): Promise<OAuthAnswer> {
    const origin = originOf(request);
    switch (endpoint.needs) {
      case 'tenant':
        return endpoint.handle({ tenant, origin });
      case 'client': {
        endpoint.admit?.(tenant);
        const { client, params } = await authenticateClient(this.authenticator, request, tenant, () =>
          endpoint.expect?.(tenant),
        );
        return endpoint.handle({ tenant, origin, client, params });
      }
      case 'access token':
        return endpoint.handle({ tenant, origin, accessToken: await readAccessToken(request) });
    }
  }
}
