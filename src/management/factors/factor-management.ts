import { Injectable } from '@nestjs/common';
import { FactorChanges, type ListedFactor } from '../../authentication/factor-changes.js';
import type { Tenant } from '../../tenants/tenant.js';
import { UsersService } from '../../users/users.service.js';
import { requirePowerOverUser } from '../kit/authority.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { isId } from '../kit/paging.js';
import { notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';

/** What operators and tenant admins see and reset of the second factors of users. */
@Injectable()
export class FactorManagement {
  constructor(
    private readonly changes: FactorChanges,
    private readonly users: UsersService,
  ) {}

  async list(tenant: Tenant, userId: string): Promise<View> {
    const found = isId(userId) ? await this.changes.list(tenant, userId) : undefined;
    if (!found) throw notFound();
    return { data: found.factors.map(factorView), remembered_browsers: found.rememberedDevices };
  }

  /** Who resets a factor can sign in with a password alone: over administrators it takes the power over them. */
  async reset(write: ManagementWrite, tenant: Tenant, userId: string, factor: string): Promise<WriteAnswer> {
    const user = isId(userId) ? await this.users.find(tenant.id, userId) : undefined;
    if (!user) throw notFound();
    requirePowerOverUser(write.caller, user.managementPermissions);
    const known = (await this.changes.list(tenant, userId))?.factors.find(({ name }) => name === factor);
    return write.perform<true>({
      tenantId: tenant.id,
      change: () => ({
        type: 'user.second_factor_removed',
        target: `user:${userId}`,
        details: { factor },
        ...(known && { before: { factor, added_at: known.addedAt ?? null, codes_left: known.codesLeft ?? null } }),
      }),
      answer: () => NO_CONTENT,
      work: (companion) => this.changes.reset(tenant, user, factor, companion),
      otherwise: notFound,
    });
  }
}

function factorView({ name, addedAt, codesLeft }: ListedFactor): View {
  return { factor: name, created_at: addedAt ?? null, codes_left: codesLeft ?? null };
}
