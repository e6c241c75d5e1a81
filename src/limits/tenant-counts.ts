import { Injectable } from '@nestjs/common';
import type { AuditEvent } from '../audit/audit-event.js';
import type { TenantId } from '../database/tenant-id.js';
import { DefaultQuotas } from './default-quotas.js';
import { type QuotaExceeded, QuotaExceededError } from './quota-exceeded.js';
import { RefusalRecorder } from './refusal-recorder.js';
import { type CountedResource, type LimitedTenant, effectiveQuota } from './tenant-quotas.js';
import { TenantRatesRepository } from './tenant-rates.repository.js';

type Who = Pick<AuditEvent, 'origin' | 'actor' | 'clientId' | 'userId'>;

/**
 * What a tenant may have at most. The triggers of the database refuse what is too much, whatever asks for it. This tells
 * people before they have done anything in vain, and records refusals.
 */
@Injectable()
export class TenantCounts {
  /** Writes that were refused since the process started. */
  readonly refused: Record<CountedResource, number> = { users: 0, clients: 0, apis: 0 };

  constructor(
    private readonly repository: TenantRatesRepository,
    private readonly defaults: DefaultQuotas,
    private readonly refusals: RefusalRecorder,
  ) {}

  /** A statement for tenants that have such a limit, and none for others. @throws QuotaExceededError */
  async refuseWhenFull(tenant: LimitedTenant<TenantId>, quota: CountedResource, who: Who): Promise<void> {
    const limit = effectiveQuota(tenant, this.defaults.current, quota);
    if (limit === undefined) return;
    const used = (await this.repository.findUsage(tenant.id)).counted[quota];
    if (used < limit) return;
    const exceeded = new QuotaExceededError({ quota, limit, used });
    this.record(tenant.id, exceeded, who);
    throw exceeded;
  }

  /** For the administrators of the tenant, who see why nothing was made. */
  record(tenantId: TenantId, { quota, limit, used }: QuotaExceeded, who: Who): void {
    this.refused[quota] += 1;
    const details = { quota, allowed: limit, used };
    const event = { tenantId, type: 'tenant.quota_reached', outcome: 'failure', ...who, details } as const;
    this.refusals.record(event, `${event.type} ${quota}`);
  }
}
