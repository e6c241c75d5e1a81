import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import { Database } from '../database/database.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import type { Locale } from '../language/messages.js';
import { Mailer } from '../mail/mailer.js';
import { mailLocale } from '../notices/mail-locale.js';
import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';
import { AccountDeletionsRepository, type DueDeletion } from './account-deletions.repository.js';

/** Why a person cannot have their account deleted here. */
export type DeletionRefusal = 'off' | 'administrator';

/** People delete their own account: it is scheduled, can be kept for some days, and is destroyed then. */
@Injectable()
export class AccountDeletions {
  constructor(
    private readonly database: Database,
    private readonly repository: AccountDeletionsRepository,
    private readonly audit: AuditRecorder,
    private readonly mailer: Mailer,
  ) {}

  /** An administrator's account is deleted by another administrator, so that nobody locks the tenant out. */
  refusalFor(tenant: Tenant, user: Pick<User, 'tenantAdmin'>): DeletionRefusal | undefined {
    if (tenant.policy.accountDeletion === 'off') return 'off';
    return user.tenantAdmin ? 'administrator' : undefined;
  }

  /** @returns for when it is scheduled now; undefined when it was before, or cannot be */
  async schedule(tenant: Tenant, user: User, locale: Locale, origin: RequestOrigin): Promise<Date | undefined> {
    if (this.refusalFor(tenant, user)) return undefined;
    const { accountDeletionGraceDays: graceDays } = tenant.policy;
    const event = this.audit.parameterOf({
      tenantId: tenant.id,
      type: 'user.deletion_requested',
      outcome: 'success',
      userId: user.id,
      origin,
      details: { grace_days: graceDays, changed: ['deletion_scheduled_for'] },
    });
    return this.database.transaction(tenant.id, async (transaction) => {
      const date = await this.repository.schedule(tenant.id, user.id, { graceDays, event }, transaction);
      // Without mail the pages say it all the same. An address that is not verified is told as well: it may be the only way
      // to the person, the mail names nobody, and its link needs a sign-in.
      if (date && user.email !== undefined && this.mailer.isAvailable) {
        await this.mailer.send(
          tenant,
          {
            template: 'account_deletion_scheduled',
            to: user.email,
            userId: user.id,
            locale: mailLocale(tenant, user, locale),
            values: { date },
            link: '/account/data',
            origin,
            whenRefused: 'drop',
          },
          transaction,
        );
      }
      return date;
    });
  }

  /** @returns false when none was scheduled */
  async withdraw(tenant: Tenant, user: Pick<User, 'id'>, origin: RequestOrigin): Promise<boolean> {
    const event = this.audit.parameterOf({
      tenantId: tenant.id,
      type: 'user.deletion_withdrawn',
      outcome: 'success',
      userId: user.id,
      origin,
      details: { changed: ['deletion_scheduled_for'] },
    });
    return this.repository.withdraw(tenant.id, user.id, event);
  }

  /** The same by an administrator, as one unit of work with its companion. @returns undefined when none was scheduled */
  withdrawWith(tenant: Tenant, userId: string, companion: Companion<true>): Promise<true | undefined> {
    return unitOfWork<true>(this.database, tenant.id, companion, async (_, transaction) =>
      (await this.repository.withdraw(tenant.id, userId, undefined, transaction)) ? true : undefined,
    );
  }

  /** Destroys accounts whose time has come, of all tenants. @returns how many were found */
  async destroyDue(atMost: number): Promise<number> {
    const due = await this.repository.findDue(atMost);
    for (const one of due) await this.destroy(one);
    return due.length;
  }

  private async destroy({ tenantId, userId }: DueDeletion): Promise<void> {
    const event = this.audit.parameterOf({
      tenantId,
      type: 'user.deleted',
      outcome: 'success',
      userId,
      target: `user:${userId}`,
      details: { reason: 'asked_for_by_person' },
    });
    await this.repository.destroy(tenantId, userId, event);
  }
}
