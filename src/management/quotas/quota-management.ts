import { Injectable } from '@nestjs/common';
import { SYSTEM_TENANT_SLUG, toTenantId } from '../../database/tenant-id.js';
import { DefaultQuotas } from '../../limits/default-quotas.js';
import { type TenantQuotas } from '../../limits/tenant-quotas.js';
import { TenantRatesRepository } from '../../limits/tenant-rates.repository.js';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { TenantsService } from '../../tenants/tenants.service.js';
import { requireOperator } from '../kit/authority.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import type { ManagementWrite } from '../kit/management-write.js';
import type { View } from '../kit/view.js';
import { fromWire, toWire } from '../kit/wire.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import type { UpdateQuotasDto } from './quotas.dto.js';
import { quotasView } from './quotas.view.js';

/** Administrators see what their tenant may have; operators decide it. */
@Injectable()
export class QuotaManagement {
  constructor(
    private readonly tenants: TenantsService,
    private readonly usage: TenantRatesRepository,
    private readonly defaults: DefaultQuotas,
  ) {}

  async get(tenant: TenantEntity): Promise<View> {
    return quotasView(tenant, this.defaults.current, await this.usage.findUsage(toTenantId(tenant.id)));
  }

  async update(
    write: ManagementWrite,
    tenant: TenantEntity,
    body: UpdateQuotasDto,
    ifMatch: string | undefined,
  ): Promise<WriteAnswer> {
    requireOperator(write.caller);
    checkIfMatch(ifMatch, tenant.version, { needed: true });
    const id = toTenantId(tenant.id);
    const quotas = changed(tenant.quotas, body);
    const usage = await this.usage.findUsage(id);
    const answer = await write.perform<TenantEntity>({
      tenantId: id,
      change: () => ({
        type: 'tenant.quotas_changed',
        target: `tenant:${id}`,
        details: { before: toWire(tenant.quotas), after: toWire(quotas) },
      }),
      answer: (updated) => write.changed(updated, quotasView(updated, this.defaults.current, usage)),
      work: (companion) => this.tenants.update(tenant, { quotas }, companion),
      otherwise: stale,
    });
    // Others hear of it by the change feed.
    if (tenant.slug === SYSTEM_TENANT_SLUG) await this.defaults.read();
    return answer;
  }
}

/** A member takes the place of the one before as a whole: a burst belongs to its limit. */
function changed(current: TenantQuotas, body: UpdateQuotasDto): TenantQuotas {
  const members = Object.entries({ ...current, ...fromWire(body) }) as [string, unknown][];
  return Object.fromEntries(members.filter(([, value]) => value !== null));
}
