import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import type { Locale } from '../language/messages.js';
import { Mailer } from '../mail/mailer.js';
import { mailLocale } from '../notices/mail-locale.js';
import { SecurityNotices } from '../notices/security-notices.js';
import { profileAccess } from '../tenants/profile-fields.js';
import type { Tenant } from '../tenants/tenant.js';
import { normalizeIdentifier } from '../users/identifier.js';
import type { UserEntity } from '../users/user.entity.js';
import type { User } from '../users/user.js';
import { UserInputError } from '../users/user-input.js';
import { UsersRepository } from '../users/users.repository.js';
import { UsersService } from '../users/users.service.js';
import { shownCode } from '../verification/verification-code.js';
import type { AskingBrowser, Purpose, Verification } from '../verification/verification.js';
import { Verifications } from '../verification/verifications.js';
import { ProfileInputError, readProfileText } from './profile-input.js';

const PURPOSE = 'change_email';
const LIFETIME_SECONDS = 3600;
/** What was sent to the address of before and would give the account to whoever reads it. */
const OF_THE_OLD_ADDRESS: readonly Purpose[] = ['reset_password', 'set_password', 'verify_email', 'email_code'];

/** Who asks for another address, and from where. */
export interface EmailChangeRequest {
  readonly address: string;
  /** Without one the code can be typed nowhere, and only the link serves. */
  readonly browser: AskingBrowser;
  readonly locale: Locale;
  readonly origin: RequestOrigin;
}

/** `taken`: somebody else has the address by now. `spent`: the link or code does not work, or not any more. */
export type EmailChangeOutcome = 'changed' | 'wrong' | 'spent' | 'taken';

class SpentError extends Error {}

/**
 * A person changes their e-mail address. The new one counts once it is proven that they read its mail. Nothing in the
 * answer tells whether the address belongs to another account: its holder is told by mail.
 */
@Injectable()
export class EmailChanges {
  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly identifiers: UsersRepository,
    private readonly verifications: Verifications,
    private readonly mailer: Mailer,
    private readonly audit: AuditRecorder,
    private readonly notices: SecurityNotices,
  ) {}

  isOffered(tenant: Tenant): boolean {
    return profileAccess(tenant.policy, 'email') === 'editable' && this.mailer.isAvailable;
  }

  /** @returns the id under which the code is checked @throws ProfileInputError */
  async begin(tenant: Tenant, user: User, request: EmailChangeRequest): Promise<string> {
    if (!this.isOffered(tenant)) throw new ProfileInputError('email', 'not_editable');
    const address = readProfileText('email', request.address);
    await this.verifications.prepare(tenant);
    return this.database.transaction(tenant.id, async (transaction) => {
      const found = await this.identifiers.findByIdentifier(tenant.id, normalizeIdentifier(address), transaction);
      const holder = found && found.user.id !== user.id ? found.user : undefined;
      await this.verifications.withdraw(tenant, PURPOSE, { userId: user.id }, transaction);
      const asked = { purpose: PURPOSE, address, userId: user.id, browser: request.browser } as const;
      const challenge = await this.verifications.begin(
        tenant,
        { ...asked, lifetimeSeconds: LIFETIME_SECONDS },
        transaction,
      );
      await this.audit.recordWith(transaction, {
        tenantId: tenant.id,
        type: 'user.email_change_requested',
        outcome: 'success',
        userId: user.id,
        origin: request.origin,
      });
      const common = { to: address, origin: request.origin, whenRefused: 'drop' } as const;
      // Whoever has the address gets neither link nor code, so the change cannot be completed.
      if (holder) {
        const locale = mailLocale(tenant, holder);
        await this.mailer.send(tenant, { ...common, template: 'email_change_taken', locale, values: {} }, transaction);
      } else {
        await this.mailer.send(
          tenant,
          {
            ...common,
            template: 'email_change',
            locale: request.locale,
            values: { minutes: LIFETIME_SECONDS / 60 },
            link: `/account/confirm-email?token=${challenge.link}`,
            code: shownCode(challenge.code),
            usefulForSeconds: LIFETIME_SECONDS,
          },
          transaction,
        );
      }
      return challenge.id;
    });
  }

  /** What this browser asked for, while it can be confirmed. */
  async findOwn(tenant: Tenant, id: string, browser: AskingBrowser): Promise<Verification | undefined> {
    const found = await this.verifications.findOwn(tenant, PURPOSE, id, browser);
    return found?.state === 'live' ? found : undefined;
  }

  /** Whether this very change was made: its button was pressed twice. */
  async wasConfirmed(tenant: Tenant, user: Pick<User, 'id'>, id: string, browser: AskingBrowser): Promise<boolean> {
    const found = await this.verifications.findOwn(tenant, PURPOSE, id, browser);
    return found?.state === 'redeemed' && found.userId === user.id;
  }

  /** What a link is for, while it works. It changes nothing: scanners follow links. */
  peek(tenant: Tenant, token: string): Promise<Verification | undefined> {
    return this.verifications.peekLink(tenant, PURPOSE, token);
  }

  /** On whatever device. */
  async confirmByLink(tenant: Tenant, token: string, origin: RequestOrigin): Promise<EmailChangeOutcome> {
    const verification = await this.peek(tenant, token);
    return verification ? this.apply(tenant, verification, origin, 'link') : 'spent';
  }

  /** In the browser that asked, by the person who asked. */
  async confirmByCode(
    tenant: Tenant,
    user: Pick<User, 'id'>,
    typed: { readonly id: string; readonly code: string; readonly browser: AskingBrowser },
    origin: RequestOrigin,
  ): Promise<EmailChangeOutcome> {
    const checked = await this.verifications.checkCode(tenant, PURPOSE, typed.id, typed.code, typed.browser);
    if (checked === 'wrong' || checked === 'spent') return checked;
    return checked.userId === user.id ? this.apply(tenant, checked, origin, 'code') : 'spent';
  }

  private async apply(
    tenant: Tenant,
    verification: Verification,
    origin: RequestOrigin,
    method: 'link' | 'code',
  ): Promise<EmailChangeOutcome> {
    const { address, userId } = verification;
    if (userId === undefined) return 'spent';
    const finish = async (known: UserEntity, transaction: Transaction) => {
      // Whoever is second undoes the change with it.
      if (!(await this.verifications.redeem(tenant, verification, transaction))) throw new SpentError();
      await this.verifications.withdraw(tenant, OF_THE_OLD_ADDRESS, { userId }, transaction);
      const event = { tenantId: tenant.id, type: 'user.email_changed', outcome: 'success', userId, origin } as const;
      const differing = ['email', ...(known.emailVerified ? [] : ['email_verified'])];
      await this.audit.recordWith(transaction, { ...event, details: { method, changed: differing } });
      await this.tell(tenant, known, address, origin, transaction);
    };
    try {
      const changed = await this.users.change(tenant, userId, (known) => {
        if (!known.enabled) throw new SpentError();
        const input = { email: address, emailVerified: true };
        return { input, finish: (transaction) => finish(known, transaction) };
      });
      return changed ? 'changed' : 'spent';
    } catch (error) {
      if (error instanceof SpentError) return 'spent';
      if (error instanceof UserInputError && error.conflict) return 'taken';
      throw error;
    }
  }

  /** The address of before, if it was verified, learns that it is out; the new one, that it is in, and of which account. */
  private async tell(
    tenant: Tenant,
    known: UserEntity,
    address: string,
    origin: RequestOrigin,
    transaction: Transaction,
  ): Promise<void> {
    const isOther = normalizeIdentifier(known.email ?? '') !== normalizeIdentifier(address);
    if (!this.mailer.isAvailable || !isOther) return;
    if (known.emailVerified && known.email !== null) {
      const mail = { template: 'email_changed', to: known.email, userId: known.id, whenRefused: 'drop' } as const;
      const locale = mailLocale(tenant, known);
      await this.mailer.send(tenant, { ...mail, locale, values: { date: new Date() } }, transaction);
    }
    const user = { ...known, email: address, emailVerified: true };
    await this.notices.send(tenant, { name: 'email_added', user, origin, values: {} }, transaction);
  }
}
