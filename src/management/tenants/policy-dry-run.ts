import { Injectable } from '@nestjs/common';
import type { PolicyImpact } from '../../policy-impact/policy-impact.js';
import { PolicyImpacts } from '../../policy-impact/policy-impacts.js';
import type { PolicyState } from '../../policy-impact/client-impact.js';
import { type PolicyLayer, type PolicyLayers, inheritPolicy } from '../../tenants/policy-inheritance.js';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { TenantsRepository } from '../../tenants/tenants.repository.js';
import { requireSightOfImpact } from '../kit/authority.js';
import { etagOf } from '../kit/etag.js';
import { type PageQuery, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import type { Caller } from '../kit/principal.js';
import type { View } from '../kit/view.js';
import { WriteAnswer } from '../kit/write-answer.js';
import { policyImpactView } from './policy-impact.view.js';

/** Rows that are looked at for one tenant, and for each of many. */
const OF_ONE = { clients: 1000, users: 10_000 };
const OF_MANY = { clients: 200, users: 1000 };

interface LayerChange {
  /** Undefined: of the platform's policy. */
  readonly templateId: string | undefined;
  readonly layer: PolicyLayer;
  readonly version: number;
}

/** What a write would do that is not done: `dry_run=true` on the writes that change policy. */
@Injectable()
export class PolicyDryRun {
  constructor(
    private readonly impacts: PolicyImpacts,
    private readonly tenants: TenantsRepository,
  ) {}

  async ofTenant(caller: Caller, tenant: TenantEntity, after: PolicyState): Promise<WriteAnswer> {
    requireSightOfImpact(caller);
    const impact = await this.impacts.find(tenant, after, OF_ONE);
    return answer(tenant, { examined: 1, impacts: impact ? [impact] : [], next: null });
  }

  /** For one page of the tenants below a layer, so that it costs the same however many there are. */
  async ofLayer(caller: Caller, { templateId, layer, version }: LayerChange, query: PageQuery): Promise<WriteAnswer> {
    requireSightOfImpact(caller);
    const rows = await this.tenants.listInheriting(templateId, {
      after: positionOf(query, isId),
      limit: limitOf(query) + 1,
    });
    const { data, page } = toPage(rows, query, { item: (tenant) => tenant, position: ({ id }) => id });
    const found: PolicyImpact[] = [];
    for (const tenant of data) {
      const layers: PolicyLayers = {
        ...tenant.inherited.layers,
        ...(templateId === undefined ? { platform: layer } : { template: layer }),
      };
      const { policy, policyLocks } = tenant;
      const impact = await this.impacts.find(
        tenant,
        { policy, policyLocks, inherited: inheritPolicy(layers) },
        OF_MANY,
      );
      if (impact) found.push(impact);
    }
    return answer({ version }, { examined: data.length, impacts: found, next: page.next });
  }
}

interface Looked {
  readonly examined: number;
  readonly impacts: readonly PolicyImpact[];
  readonly next: string | null;
}

/** With the entity tag of the version that was looked at, for the change that follows. */
function answer({ version }: { readonly version: number }, { examined, impacts, next }: Looked): WriteAnswer {
  const body: View = { dry_run: true, tenants_examined: examined, tenants: impacts.map(policyImpactView), next };
  return new WriteAnswer(body, { ETag: etagOf(version) });
}
