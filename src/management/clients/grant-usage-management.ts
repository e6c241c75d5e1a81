import { Injectable } from '@nestjs/common';
import { GrantUsageRecorder } from '../../clients/grant-usage-recorder.js';
import { GrantUsageRepository } from '../../clients/grant-usage.repository.js';
import { SWITCHED_GRANTS } from '../../tenants/tenant-policy.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { View } from '../kit/view.js';
import { ClientManagement } from './client-management.js';

const SHOWN_DAYS = 90;

/** Who still uses the grants that OAuth 2.1 no longer has. */
@Injectable()
export class GrantUsageManagement {
  constructor(
    private readonly clients: ClientManagement,
    private readonly recorder: GrantUsageRecorder,
    private readonly repository: GrantUsageRepository,
  ) {}

  async of(tenant: Tenant, clientId: string): Promise<View> {
    const { entity } = await this.clients.get(tenant, clientId);
    // What this process counted in the last seconds counts, too.
    await this.recorder.flush();
    const uses = await this.repository.list(tenant.id, clientId, SHOWN_DAYS);
    const data = Object.keys(SWITCHED_GRANTS).map((grantType) => {
      const days = uses.filter((use) => use.grantType === grantType);
      return {
        grant_type: grantType,
        registered: entity.grantTypes.includes(grantType),
        last_used_at: days[0]?.lastUsedAt ?? null,
        uses: days.reduce((sum, use) => sum + use.uses, 0),
        days: days.map(({ day, uses: count }) => ({ day, uses: count })),
      };
    });
    return { data };
  }
}
