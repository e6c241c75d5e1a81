import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import { typedIdentifier } from '../authentication/typed-identifier.js';
import { Database } from '../database/database.js';
import { inPart } from '../database/savepoint.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import type { Locale } from '../language/messages.js';
import { NetworkLimits } from '../limits/network-limits.js';
import { RefusalRecorder } from '../limits/refusal-recorder.js';
import { MailLimitError, UnusableAddressError } from '../mail/mail-errors.js';
import { Mailer } from '../mail/mailer.js';
import { mailLocale } from '../notices/mail-locale.js';
import { SecurityNotices } from '../notices/security-notices.js';
import { PasswordRefusedError } from '../sessions/password-changes.js';
import type { Tenant } from '../tenants/tenant.js';
import { normalizeIdentifier } from '../users/identifier.js';
import { PasswordHasher } from '../users/password-hasher.js';
import type { UserEntity } from '../users/user.entity.js';
import { UsersRepository } from '../users/users.repository.js';
import { UsersService } from '../users/users.service.js';
import type { AskingBrowser, Purpose, Verification } from '../verification/verification.js';
import { shownCode } from '../verification/verification-code.js';
import { Verifications } from '../verification/verifications.js';
import { decoyAddress } from './decoy.js';
import { evenly } from './even-answers.js';
import { type RecoverableAccount, causeOf, fingerprint, recoverable } from './recovery-account.js';
import { RecoveryRepository } from './recovery.repository.js';

const PURPOSE = 'reset_password';
/** What whoever had the account before may have asked for, to keep it or get it back. */
const ENDED_BY_RESET: readonly Purpose[] = [PURPOSE, 'set_password', 'change_email', 'verify_email', 'email_code'];
export const RESET_LIFETIME_SECONDS = 15 * 60;
const RESET_BY_ADMINISTRATOR_SECONDS = 60 * 60;

/** The link was used, is too old, or another mail or password has taken its place. */
export class ResetGoneError extends Error {}

/** No mail can be sent to this user: why. */
export class NotRecoverableError extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

/** Who forgot a password, as far as they say. */
export interface ResetRequest {
  /** User name or e-mail address. */
  readonly identifier: string;
  readonly browser: AskingBrowser;
  readonly origin: RequestOrigin;
  /** Of the authorization request that goes on afterwards. */
  readonly requestId: string | undefined;
  readonly locale: Locale;
}

/** A reset that can be finished. */
export interface OpenReset extends RecoverableAccount {
  readonly verification: Verification;
}

/**
 * Forgotten passwords. A mail has a link, which works on any device, and a code, which works in the browser that asked.
 * The newest mail alone works, and none after the password was changed. A reset signs nobody in: the person signs in with
 * the new password, and gives every other factor as before.
 */
@Injectable()
export class PasswordResets {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly rules: UsersService,
    private readonly hasher: PasswordHasher,
    private readonly repository: RecoveryRepository,
    private readonly verifications: Verifications,
    private readonly mailer: Mailer,
    private readonly notices: SecurityNotices,
    private readonly limits: NetworkLimits,
    private readonly refusals: RefusalRecorder,
    private readonly audit: AuditRecorder,
  ) {}

  /** Whether the tenant resets passwords here, and mail can be sent. */
  isOffered({ policy, branding }: Tenant): boolean {
    return policy.passwordReset === 'mail' && branding.passwordResetUri === undefined && this.mailer.isAvailable;
  }

  /**
   * Sends a mail, if there is an account to send it to. For every identifier the same statements are sent and the same
   * is encrypted and hashed; what was written for nobody is undone at the end. The answer leaves evenly.
   * @returns the id of the code that this browser may type, also when none was sent
   * @throws TooManyAttemptsError when the network asks too often
   */
  async request(tenant: Tenant, asked: ResetRequest): Promise<string> {
    this.limits.takeRecovery(tenant.id, asked.origin);
    return evenly(() => this.send(tenant, asked));
  }

  private async send(tenant: Tenant, asked: ResetRequest): Promise<string> {
    const { identifier, browser, origin, requestId, locale } = asked;
    await this.verifications.prepare(tenant);
    const { id, account, isSent } = await this.database.transaction(tenant.id, async (transaction) => {
      const found = await this.users.findByIdentifier(tenant.id, normalizeIdentifier(identifier), transaction);
      const real = recoverable(found);
      const address = real?.user.email ?? decoyAddress(identifier);
      const begun = {
        ...({ purpose: PURPOSE, address, requestId, browser, lifetimeSeconds: RESET_LIFETIME_SECONDS } as const),
        userId: real?.user.id,
        data: { password: fingerprint(real?.passwordHash ?? randomUUID()) },
      };
      const challenge = await this.verifications.begin(tenant, begun, transaction);
      const isMailed = await inPart(transaction, async () => {
        const mail = {
          template: 'password_reset_link',
          to: address,
          userId: real?.user.id,
          locale: mailLocale(tenant, real?.user, locale),
          link: linkOf(challenge.link),
          code: shownCode(challenge.code),
          values: { username: real?.user.username ?? identifier, minutes: RESET_LIFETIME_SECONDS / 60 },
          usefulForSeconds: RESET_LIFETIME_SECONDS,
          origin,
        } as const;
        const isWritten = await ifWithinLimits(() => this.mailer.send(tenant, mail, transaction));
        return isWritten && real !== undefined;
      });
      // An older link goes on working when no newer one was sent, so nobody can take it away by asking too often.
      const superseded = isMailed && real ? real.user.id : randomUUID();
      const older = { userId: superseded, exceptId: challenge.id };
      await this.verifications.withdraw(tenant, PURPOSE, older, transaction);
      return { id: challenge.id, account: found, isSent: isMailed };
    });
    const known = recoverable(account) ? 'mail_limit' : causeOf(account);
    this.refusals.record({
      tenantId: tenant.id,
      type: 'user.password_reset_requested',
      outcome: isSent ? 'success' : 'failure',
      userId: account?.user.id,
      origin,
      details: {
        ...(!isSent && { reason: known }),
        ...typedIdentifier(identifier, { password: undefined, isKnown: account !== undefined }),
        request: requestId,
      },
    });
    return id;
  }

  /**
   * A mail with a link, because an administrator wants so. The present password goes on working until then.
   * @throws NotRecoverableError, MailLimitError, UnusableAddressError, MailUnavailableError
   */
  async sendByAdministrator(
    tenant: Tenant,
    userId: string,
    { companion, origin }: { readonly companion: Companion<UserEntity>; readonly origin: RequestOrigin },
  ): Promise<UserEntity | undefined> {
    const account = await this.repository.find(tenant.id, userId);
    if (!account) return undefined;
    const real = recoverable(account);
    if (!real) throw new NotRecoverableError(causeOf(account));
    await this.verifications.prepare(tenant);
    return unitOfWork(this.database, tenant.id, companion, async (manager, transaction) => {
      const { id, username, email: address } = real.user;
      const lifetimeSeconds = RESET_BY_ADMINISTRATOR_SECONDS;
      const data = { password: fingerprint(real.passwordHash) };
      const begun = { purpose: PURPOSE, address, userId: id, data, lifetimeSeconds } as const;
      const challenge = await this.verifications.begin(tenant, begun, transaction);
      await this.verifications.withdraw(tenant, PURPOSE, { userId: id, exceptId: challenge.id }, transaction);
      const mail = {
        template: 'password_reset_by_administrator',
        to: address,
        userId: id,
        locale: mailLocale(tenant, real.user),
        link: linkOf(challenge.link),
        values: { username, minutes: lifetimeSeconds / 60 },
        usefulForSeconds: lifetimeSeconds,
        origin,
      } as const;
      await this.mailer.send(tenant, mail, transaction);
      return this.users.findEntity(tenant.id, id, manager);
    });
  }

  /**
   * A typed code, of which there are few guesses. A right one is exchanged for what a link has, so that a mistake in the
   * new password does not cost it.
   * @returns the token of a link that is in no mail
   */
  async enterCode(
    tenant: Tenant,
    {
      id,
      code,
      browser,
      origin,
    }: { readonly id: string; readonly code: string; readonly browser: AskingBrowser; readonly origin: RequestOrigin },
  ): Promise<{ readonly token: string } | 'wrong' | 'spent'> {
    const checked = await this.verifications.checkCode(tenant, PURPOSE, id, code, browser);
    if (typeof checked === 'string') {
      this.recordFailure(tenant, origin, undefined, `${checked}_code`);
      return checked;
    }
    const open = await this.open(tenant, checked);
    if (!open) return 'spent';
    const { address, userId, requestId, data } = checked;
    return this.database.transaction(tenant.id, async (transaction) => {
      if (!(await this.verifications.redeem(tenant, checked, transaction))) return 'spent';
      const begun = {
        purpose: PURPOSE,
        address,
        userId,
        requestId,
        data,
        lifetimeSeconds: RESET_LIFETIME_SECONDS,
      } as const;
      const { link } = await this.verifications.begin(tenant, begun, transaction);
      return { token: link };
    });
  }

  /** What a link is for. It changes nothing, because scanners of mail follow links. */
  async find(tenant: Tenant, token: string): Promise<OpenReset | undefined> {
    const verification = await this.verifications.peekLink(tenant, PURPOSE, token);
    return verification && this.open(tenant, verification);
  }

  /**
   * Sets the new password, once.
   * @throws ResetGoneError, PasswordRefusedError, PasswordHasherBusyError
   */
  async reset(
    tenant: Tenant,
    token: string,
    {
      password,
      endsEverything,
      origin,
      locale,
    }: {
      readonly password: string;
      readonly endsEverything: boolean;
      readonly origin: RequestOrigin;
      readonly locale: Locale;
    },
  ): Promise<OpenReset> {
    const open = await this.find(tenant, token);
    if (!open) throw new ResetGoneError();
    const { user, passwordHash: knownHash } = open;
    const fault = await this.rules.findPasswordFault(tenant, user, password);
    if (fault) throw new PasswordRefusedError(fault);
    const passwordHash = await this.hasher.hash(tenant.id, password);
    const event = this.audit.parameterOf({
      tenantId: tenant.id,
      type: 'user.password_reset',
      outcome: 'success',
      userId: user.id,
      origin,
      details: { ended_sessions: endsEverything, changed: ['password'] },
    });
    await this.database.transaction(tenant.id, async (transaction) => {
      const redeemed = await this.verifications.redeemLink(tenant, PURPOSE, token, transaction);
      const stored = { userId: user.id, knownHash, passwordHash, endsEverything, event };
      if (!redeemed || !(await this.repository.reset(tenant.id, stored, transaction))) throw new ResetGoneError();
      await this.verifications.withdraw(tenant, ENDED_BY_RESET, { userId: user.id }, transaction);
      await this.notices.send(tenant, { name: 'password_reset', user, origin, locale, values: {} }, transaction);
    });
    return open;
  }

  /** The account as it was when the mail was sent: the same address, the same password, and not disabled since. */
  private async open(tenant: Tenant, verification: Verification): Promise<OpenReset | undefined> {
    const { userId, address, data } = verification;
    const account = userId === undefined ? undefined : await this.repository.find(tenant.id, userId);
    const real = recoverable(account);
    if (!real || real.user.email !== address || fingerprint(real.passwordHash) !== data['password']) return undefined;
    return { ...real, verification };
  }

  private recordFailure(tenant: Tenant, origin: RequestOrigin, userId: string | undefined, reason: string): void {
    const type = 'user.password_reset_failed';
    this.refusals.record({ tenantId: tenant.id, type, outcome: 'failure', userId, origin, details: { reason } });
  }
}

function linkOf(token: string): string {
  return `/reset-password?token=${token}`;
}

async function ifWithinLimits(send: () => Promise<void>): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    if (error instanceof MailLimitError || error instanceof UnusableAddressError) return false;
    throw error;
  }
}
