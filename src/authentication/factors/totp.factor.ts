import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../database/statement.js';
import type { TenantId } from '../../database/tenant-id.js';
import { TenantVault } from '../../keys/tenant-vault.js';
import { findTotpStep } from '../../factors/totp.js';
import { TOTP, UserFactorsRepository } from '../../factors/user-factors.repository.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { User } from '../../users/user.js';
import type { FactorState, SecondFactor, SecondFactorAttempt, UseUp } from '../authentication-factor.js';

/** A code of an authenticator app, RFC 6238. */
@Injectable()
export class TotpFactor implements SecondFactor {
  readonly role = 'second';
  readonly name = TOTP;
  readonly amr = ['otp'];
  readonly challengePage = '/second-factor/totp';
  readonly enrolmentPage = '/second-factor/enrol-totp';
  readonly noticeNames = { added: 'totp_added', removed: 'totp_removed' } as const;

  constructor(
    private readonly repository: UserFactorsRepository,
    private readonly vault: TenantVault,
  ) {}

  isOffered({ policy }: Tenant): boolean {
    return policy.secondFactor !== 'off';
  }

  isReady(_: Tenant, { secondFactors }: User): boolean {
    return secondFactors.includes(this.name);
  }

  async verify({ tenant, user, credentials }: SecondFactorAttempt): Promise<UseUp | undefined> {
    this.vault.expect(tenant.id);
    const stored = await this.repository.findTotp(tenant.id, user.id);
    if (!stored) return undefined;
    const secret = (await this.vault.open(tenant.id, stored.secret, totpContext(user.id))).toString();
    const step = await findTotpStep(secret, credentials.find('code') ?? '', { afterStep: stored.lastStep });
    if (step === undefined) return undefined;
    return (transaction) => this.repository.useTotpStep(tenant.id, user.id, step, transaction);
  }

  async describe(tenantId: TenantId, userId: string): Promise<FactorState> {
    const stored = await this.repository.findTotp(tenantId, userId);
    return stored ? { addedAt: stored.createdAt } : {};
  }

  remove(tenantId: TenantId, userId: string, transaction: Transaction): Promise<unknown> {
    return this.repository.deleteTotp(tenantId, userId, transaction);
  }
}

/** What a stored secret is sealed for. */
export function totpContext(userId: string): string {
  return `totp:${userId}`;
}
