import { Injectable } from '@nestjs/common';
import { ClientsService } from '../../clients/clients.service.js';
import { toTenantId } from '../../database/tenant-id.js';
import { type ClientDecisions, explainPolicy, policyForClient } from '../../tenants/explained-policy.js';
import { effectivePolicy } from '../../tenants/policy-inheritance.js';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { requireSightOfClients } from '../kit/authority.js';
import type { Caller } from '../kit/principal.js';
import { notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import { policyView } from '../tenants/tenant.view.js';
import type { EffectivePolicyQuery } from './policies.dto.js';
import { explanationView } from './policies.view.js';

/** What holds, for a tenant or for one of its clients, and why. */
@Injectable()
export class PolicyExplanation {
  constructor(private readonly clients: ClientsService) {}

  async of(
    caller: Caller,
    tenant: TenantEntity,
    { explain, client_id: clientId }: EffectivePolicyQuery,
  ): Promise<View> {
    if (clientId !== undefined) requireSightOfClients(caller);
    const client = clientId === undefined ? undefined : await this.decisionsOf(tenant, clientId);
    return {
      policy: policyView(client ? policyForClient(tenant, client) : effectivePolicy(tenant)),
      client_id: clientId ?? null,
      policy_template: tenant.inherited.template?.name ?? null,
      ...(explain === 'true' && { explained: explanationView(explainPolicy(tenant, client)) }),
    };
  }

  private async decisionsOf(tenant: TenantEntity, clientId: string): Promise<ClientDecisions> {
    const stored = await this.clients.find(toTenantId(tenant.id), clientId);
    if (!stored) throw notFound();
    const { requirePkce, idTokenSignedResponseAlg } = stored.entity;
    return {
      ...(requirePkce !== null && { requirePkce }),
      ...(idTokenSignedResponseAlg !== null && { idTokenSigningAlg: idTokenSignedResponseAlg }),
    };
  }
}
