import { Injectable } from '@nestjs/common';
import type { TenantId } from '../../database/tenant-id.js';
import { RecoveryCodes } from '../../factors/recovery-codes.js';
import { RECOVERY_CODE, UserFactorsRepository } from '../../factors/user-factors.repository.js';
import { SecurityNotices } from '../../notices/security-notices.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { User } from '../../users/user.js';
import type { FactorState, SecondFactor, SecondFactorAttempt, UseUp } from '../authentication-factor.js';

/** A code that the person wrote down when they set up another factor (NIST SP 800-63B §3.1.2: a look-up secret). */
@Injectable()
export class RecoveryCodeFactor implements SecondFactor {
  readonly role = 'second';
  readonly name = RECOVERY_CODE;
  readonly amr = ['otp'];
  readonly challengePage = '/second-factor/recovery-code';

  constructor(
    private readonly repository: UserFactorsRepository,
    private readonly codes: RecoveryCodes,
    private readonly notices: SecurityNotices,
  ) {}

  isOffered({ policy }: Tenant): boolean {
    return policy.secondFactor !== 'off';
  }

  isReady(_: Tenant, { secondFactors }: User): boolean {
    return secondFactors.includes(this.name);
  }

  async describe(tenantId: TenantId, userId: string): Promise<FactorState> {
    return { codesLeft: await this.repository.countRecoveryCodes(tenantId, userId) };
  }

  /** Whether it is one of the codes that are left turns out when it is used up. */
  async verify({ tenant, user, credentials, origin, locale }: SecondFactorAttempt): Promise<UseUp | undefined> {
    const digest = await this.codes.digestOf(tenant.id, user.id, credentials.find('code') ?? '');
    return async (transaction) => {
      const left = await this.repository.useRecoveryCode(tenant.id, user.id, digest, transaction);
      if (left === undefined) return false;
      const notice = { name: 'recovery_code_used', user, origin, locale, values: { left } } as const;
      await this.notices.send(tenant, notice, transaction);
      return true;
    };
  }
}
