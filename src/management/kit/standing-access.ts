import { Injectable } from '@nestjs/common';
import { OAuthError } from '../../oauth/oauth-error.js';
import type { ManagementScope } from '../../resources/management-api.js';
import type { TenantId } from '../../database/tenant-id.js';
import { TenantResolver } from '../../tenants/tenant-resolver.js';
import type { TenantRequest } from '../../tenants/tenant-request.js';
import { TenantsRepository } from '../../tenants/tenants.repository.js';
import { ManagementStrategy } from './management.strategy.js';
import { type EndpointReach, OperatorReach } from './operator-reach.js';

/** What an answer that goes on was allowed by. */
export interface Standing {
  readonly request: TenantRequest & { readonly method: string };
  readonly scope: ManagementScope;
  readonly reach: EndpointReach;
  readonly tenantId: TenantId;
}

/** Asks again whether a request that is still being answered would be allowed now. */
@Injectable()
export class StandingAccess {
  constructor(
    private readonly strategy: ManagementStrategy,
    private readonly tenants: TenantsRepository,
    private readonly resolver: TenantResolver,
    private readonly operatorReach: OperatorReach,
  ) {}

  async holds({ request, scope, reach, tenantId }: Standing): Promise<boolean> {
    try {
      const principal = await this.strategy.validate(request);
      const entity = await this.tenants.findById(tenantId);
      if (!entity || entity.destroying || !principal.scope.includes(scope)) return false;
      if (!principal.isOperator) return entity.id === principal.tenant.id;
      return await this.operatorReach.allows(request, { tenant: this.resolver.view(entity), principal, reach });
    } catch (error) {
      // The token has ended, or its client or user, or their tenant.
      if (error instanceof OAuthError && error.status < 500) return false;
      throw error;
    }
  }
}
