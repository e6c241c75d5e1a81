import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../database/statement.js';
import type { TenantId } from '../../database/tenant-id.js';
import { PASSKEY, UserFactorsRepository } from '../../factors/user-factors.repository.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { User } from '../../users/user.js';
import type { FactorState, SecondFactor } from '../authentication-factor.js';

/**
 * A passkey after a password. Its proof is signed by an authenticator, so its pages are its own (`pages/passkeys`). A
 * passkey works at one address of the tenant; it is asked for at the others as well, because otherwise somebody with the
 * password alone would go there.
 */
@Injectable()
export class PasskeyFactor implements SecondFactor {
  readonly role = 'second';
  readonly name = PASSKEY;
  /** What every passkey proves. Whether its key is in hardware turns out when it is used. */
  readonly amr = ['swk', 'user'];
  readonly challengePage = '/second-factor/passkey';
  readonly enrolmentPage = '/second-factor/enrol-passkey';
  readonly accountPage = '/account/passkeys';

  constructor(private readonly repository: UserFactorsRepository) {}

  isOffered({ policy }: Tenant): boolean {
    return policy.secondFactor !== 'off' && policy.passkeys !== 'off';
  }

  isReady(_: Tenant, { secondFactors }: User): boolean {
    return secondFactors.includes(this.name);
  }

  async describe(tenantId: TenantId, userId: string): Promise<FactorState> {
    const addedAt = await this.repository.findFirstPasskey(tenantId, userId);
    return addedAt ? { addedAt } : {};
  }

  /** All of them. One by one they are removed where they are kept. */
  remove(tenantId: TenantId, userId: string, transaction: Transaction): Promise<unknown> {
    return this.repository.deletePasskeys(tenantId, userId, transaction);
  }
}
