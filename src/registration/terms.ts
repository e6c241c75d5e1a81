import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import type { Transaction } from '../database/statement.js';
import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';
import { UsersService } from '../users/users.service.js';

/** Whether the person still has to accept the tenant's terms, or a newer version of them. */
export function needsTerms({ policy }: Pick<Tenant, 'policy'>, user: User): boolean {
  return policy.termsVersion !== null && user.termsVersion !== policy.termsVersion;
}

/** Which version of the terms a user accepted, and when. */
@Injectable()
export class Terms {
  constructor(
    private readonly users: UsersService,
    private readonly audit: AuditRecorder,
  ) {}

  /**
   * @param version the one that the person was shown
   * @returns false when it is not the present one any more, or the user is gone
   */
  async accept(tenant: Tenant, userId: string, version: string, origin: RequestOrigin): Promise<boolean> {
    if (tenant.policy.termsVersion !== version) return false;
    const event = { tenantId: tenant.id, type: 'user.terms_accepted', outcome: 'success', userId, origin } as const;
    const finish = (transaction: Transaction) =>
      this.audit.recordWith(transaction, { ...event, details: { terms_version: version, changed: ['terms_version'] } });
    const accepted = await this.users.change(tenant, userId, ({ termsVersion }) =>
      termsVersion === version ? undefined : { input: { acceptedTerms: version }, finish },
    );
    return accepted !== undefined;
  }
}
