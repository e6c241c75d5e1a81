import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import type { Locale } from '../language/messages.js';
import { Mailer } from '../mail/mailer.js';
import type { Tenant } from '../tenants/tenant.js';
import { normalizeIdentifier } from '../users/identifier.js';
import type { UserEntity } from '../users/user.entity.js';
import { UserInputError } from '../users/user-input.js';
import type { User } from '../users/user.js';
import { UsersRepository } from '../users/users.repository.js';
import { UsersService } from '../users/users.service.js';
import type { AskingBrowser, Verification } from '../verification/verification.js';
import { shownCode } from '../verification/verification-code.js';
import { Verifications } from '../verification/verifications.js';
import { AddressTakenError, VerificationSpentError, WrongCodeError } from './registration-errors.js';

const LIFETIME_SECONDS = 86_400;

/** Where a proof is asked for. */
export interface ProofContext {
  readonly browser: AskingBrowser & { readonly origin: RequestOrigin };
  readonly locale: Locale;
  readonly requestId: string | undefined;
}

/** Whether the person still has to prove an address. */
export function needsVerifiedEmail({ policy }: Pick<Tenant, 'policy'>, user: User): boolean {
  return policy.requireVerifiedEmail && !user.emailVerified;
}

/** People who have an account prove their e-mail address, or name the first one and prove that. */
@Injectable()
export class AddressProofs {
  constructor(
    private readonly database: Database,
    private readonly verifications: Verifications,
    private readonly users: UsersService,
    private readonly identifiers: UsersRepository,
    private readonly mailer: Mailer,
    private readonly audit: AuditRecorder,
  ) {}

  /**
   * Sends a link and a code. An address that another account has is told so by mail, and nowhere else.
   * @param address the user's own, or the first one that a user without address names
   * @returns the id of the verification
   * @throws MailLimitError, UnusableAddressError
   */
  async send(
    tenant: Tenant,
    user: User,
    address: string,
    { browser, locale, requestId }: ProofContext,
  ): Promise<string> {
    return this.database.transaction(tenant.id, async (transaction) => {
      const holder = await this.identifiers.findByIdentifier(tenant.id, normalizeIdentifier(address), transaction);
      const asked = { purpose: 'verify_email', address, userId: user.id, requestId, browser } as const;
      const challenge = await this.verifications.begin(
        tenant,
        { ...asked, lifetimeSeconds: LIFETIME_SECONDS },
        transaction,
      );
      const common = { to: address, locale, origin: browser.origin, usefulForSeconds: LIFETIME_SECONDS } as const;
      await this.mailer.send(
        tenant,
        holder && holder.user.id !== user.id
          ? { ...common, template: 'accountExists', link: '/sign-in', values: { address } }
          : {
              ...common,
              template: 'verifyAddress',
              userId: user.id,
              link: `/verify-address-link?token=${challenge.link}`,
              code: shownCode(challenge.code),
              values: { address },
            },
        transaction,
      );
      return challenge.id;
    });
  }

  /** What this browser asked for. */
  async find(tenant: Tenant, user: User, id: string, browser: AskingBrowser): Promise<Verification | undefined> {
    const found = await this.verifications.findOwn(tenant, 'verify_email', id, browser);
    return found?.userId === user.id ? found : undefined;
  }

  /** @throws WrongCodeError, VerificationSpentError, AddressTakenError */
  async finishWithCode(
    tenant: Tenant,
    user: User,
    { id, code, browser }: { readonly id: string; readonly code: string; readonly browser: ProofContext['browser'] },
  ): Promise<void> {
    const found = await this.verifications.checkCode(tenant, 'verify_email', id, code, browser);
    if (found === 'wrong') throw new WrongCodeError();
    if (found === 'spent' || found.userId !== user.id) throw new VerificationSpentError();
    await this.finish(tenant, found, browser.origin);
  }

  /** Changes nothing. */
  findLink(tenant: Tenant, token: string): Promise<Verification | undefined> {
    return this.verifications.findLink(tenant, 'verify_email', token);
  }

  /** In any browser. @throws VerificationSpentError, AddressTakenError */
  async finishWithLink(tenant: Tenant, token: string, origin: RequestOrigin): Promise<void> {
    const found = await this.verifications.peekLink(tenant, 'verify_email', token);
    if (!found) throw new VerificationSpentError();
    await this.finish(tenant, found, origin);
  }

  private async finish(tenant: Tenant, found: Verification, origin: RequestOrigin): Promise<void> {
    const { userId, address } = found;
    if (userId === undefined) throw new VerificationSpentError();
    const event = { tenantId: tenant.id, type: 'user.email_verified', outcome: 'success', userId } as const;
    const finish = async (transaction: Transaction) => {
      if (!(await this.verifications.redeem(tenant, found, transaction))) throw new VerificationSpentError();
      await this.audit.recordWith(transaction, { ...event, origin, details: { changed: ['email_verified'] } });
    };
    try {
      const proven = await this.users.change(tenant, userId, (user) => {
        if (!isTheirs(user, address)) throw new VerificationSpentError();
        return { input: { email: user.email ?? address, emailVerified: true }, finish };
      });
      if (!proven) throw new VerificationSpentError();
    } catch (error) {
      throw error instanceof UserInputError && error.conflict ? new AddressTakenError() : error;
    }
  }
}

/** The address may have been changed after the mail was sent. A user without one takes the first that is proven. */
export function isTheirs({ email }: UserEntity, address: string): boolean {
  return email === null || normalizeIdentifier(email) === normalizeIdentifier(address);
}
