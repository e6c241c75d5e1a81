import { Injectable } from '@nestjs/common';
import { RECOVERY_CODE, TOTP, type UserFactors } from '../../factors/user-factors.repository.js';
import { UserFactorsService } from '../../factors/user-factors.service.js';
import { SecurityNotices } from '../../notices/security-notices.js';
import type { Tenant } from '../../tenants/tenant.js';
import { UsersService } from '../../users/users.service.js';
import { requirePowerOverAdministrators } from '../kit/authority.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { isId } from '../kit/paging.js';
import { notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';

const KEPT_HERE: readonly string[] = [TOTP, RECOVERY_CODE];

/** What operators and tenant admins see and reset of the second factors of users. */
@Injectable()
export class FactorManagement {
  constructor(
    private readonly factors: UserFactorsService,
    private readonly users: UsersService,
    private readonly notices: SecurityNotices,
  ) {}

  async list(tenant: Tenant, userId: string): Promise<View> {
    const found = isId(userId) ? await this.factors.find(tenant.id, userId) : undefined;
    if (!found) throw notFound();
    return {
      data: found.factors.map((factor) => factorView(factor, found)),
      remembered_browsers: found.rememberedDevices,
    };
  }

  /** Who resets a factor can sign in with a password alone: over administrators it takes the power over them. */
  async reset(write: ManagementWrite, tenant: Tenant, userId: string, factor: string): Promise<WriteAnswer> {
    const user = isId(userId) ? await this.users.find(tenant.id, userId) : undefined;
    // What else a user may have is removed where it is kept, such as a passkey.
    if (!user || !KEPT_HERE.includes(factor)) throw notFound();
    if (user.tenantAdmin) requirePowerOverAdministrators(write.caller);
    return write.perform<true>({
      tenantId: tenant.id,
      change: () => ({ type: 'user.second_factor_removed', target: `user:${userId}`, details: { factor } }),
      answer: () => NO_CONTENT,
      work: (companion) =>
        this.factors.remove(tenant.id, userId, factor, {
          begin: (transaction) => companion.begin(transaction),
          finish: async (transaction, written) => {
            await companion.finish(transaction, written);
            const notice = { name: 'factors_reset', user, origin: undefined, values: {} } as const;
            await this.notices.send(tenant, notice, transaction);
          },
        }),
      otherwise: notFound,
    });
  }
}

function factorView(factor: string, { totpCreatedAt, recoveryCodesLeft }: UserFactors): View {
  return {
    factor,
    created_at: factor === TOTP ? (totpCreatedAt ?? null) : null,
    codes_left: factor === RECOVERY_CODE ? recoveryCodesLeft : null,
  };
}
