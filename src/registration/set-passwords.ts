import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import { Database } from '../database/database.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { Mailer } from '../mail/mailer.js';
import { mailLocale } from '../notices/mail-locale.js';
import { SecurityNotices } from '../notices/security-notices.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import type { Tenant } from '../tenants/tenant.js';
import type { UserEntity } from '../users/user.entity.js';
import { UsersService } from '../users/users.service.js';
import type { Verification } from '../verification/verification.js';
import { Verifications } from '../verification/verifications.js';
import { isTheirs } from './address-proofs.js';
import { FormRefusedError, VerificationSpentError } from './registration-errors.js';

/** An account that an administrator made can wait over a weekend. */
const LIFETIME_SECONDS = 3 * 86_400;

/** Administrators mail a link with which somebody sets the password of their account. */
@Injectable()
export class SetPasswords {
  constructor(
    private readonly database: Database,
    private readonly verifications: Verifications,
    private readonly users: UsersService,
    private readonly mailer: Mailer,
    private readonly notices: SecurityNotices,
    private readonly audit: AuditRecorder,
  ) {}

  /**
   * Links that were sent before do not work any more.
   * @throws MailLimitError, UnusableAddressError
   */
  async send(tenant: Tenant, user: UserEntity & { email: string }, companion?: Companion<true>) {
    const { id: userId, email } = user;
    return unitOfWork(this.database, tenant.id, companion, async (_, transaction) => {
      await this.verifications.withdraw(tenant, 'set_password', { userId }, transaction);
      const asked = { purpose: 'set_password', address: email, userId, lifetimeSeconds: LIFETIME_SECONDS } as const;
      const { link } = await this.verifications.begin(tenant, asked, transaction);
      const locale = mailLocale(tenant, user);
      const values = { username: user.username, until: new Date(Date.now() + LIFETIME_SECONDS * 1000) };
      const mail = { template: 'setPassword', to: email, userId, locale, values } as const;
      const path = `/set-password?token=${link}`;
      await this.mailer.send(tenant, { ...mail, link: path, usefulForSeconds: LIFETIME_SECONDS }, transaction);
      return true as const;
    });
  }

  /** Changes nothing. @throws VerificationSpentError, also for an account that is gone, disabled or has another address */
  async open(tenant: Tenant, token: string) {
    const verification = await this.verifications.peekLink(tenant, 'set_password', token);
    const { userId } = verification ?? {};
    const user = userId === undefined ? undefined : await this.users.findEntity(tenant.id, userId);
    if (!verification || !user || !isMeant(user, verification)) throw new VerificationSpentError();
    return { verification, user };
  }

  /** Ends every session and grant of the user. @throws what `open` throws, FormRefusedError */
  async finish(tenant: Tenant, token: string, params: OAuthParameters, origin: RequestOrigin): Promise<void> {
    const { verification, user } = await this.open(tenant, token);
    const password = params.find('new_password');
    if (password === undefined) throw new FormRefusedError({ new_password: 'missing' });
    if (password !== params.find('new_password_again'))
      throw new FormRefusedError({ new_password_again: 'not_repeated' });
    const { id: userId } = user;
    const event = { tenantId: tenant.id, type: 'user.password_set', outcome: 'success', userId } as const;
    const changed = await this.users.change(tenant, userId, async (known) => {
      if (!isMeant(known, verification)) throw new VerificationSpentError();
      const fault = await this.users.findPasswordFault(tenant, known, password);
      if (fault) throw new FormRefusedError({ new_password: fault });
      const differing = ['password', ...(known.emailVerified ? [] : ['email_verified'])];
      return {
        // The mail proves the address that it was sent to.
        input: { password, emailVerified: true },
        finish: async (transaction) => {
          if (!(await this.verifications.redeem(tenant, verification, transaction))) throw new VerificationSpentError();
          await this.audit.recordWith(transaction, {
            ...event,
            origin,
            details: { changed: differing },
          });
          const told = { ...known, email: known.email ?? undefined };
          await this.notices.send(tenant, { name: 'password_changed', user: told, origin, values: {} }, transaction);
        },
      };
    });
    if (!changed) throw new VerificationSpentError();
  }
}

function isMeant(user: UserEntity, { address }: Verification): boolean {
  return user.enabled && user.email !== null && isTheirs(user, address);
}
