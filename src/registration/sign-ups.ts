import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import type { Locale } from '../language/messages.js';
import { NetworkLimits } from '../limits/network-limits.js';
import { Mailer } from '../mail/mailer.js';
import { isInDomain } from '../oauth/email-address.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import type { Tenant } from '../tenants/tenant.js';
import { normalizeIdentifier } from '../users/identifier.js';
import { PasswordHasher } from '../users/password-hasher.js';
import { UsersRepository } from '../users/users.repository.js';
import { UsersService } from '../users/users.service.js';
import type { AskingBrowser, Verification } from '../verification/verification.js';
import { shownCode } from '../verification/verification-code.js';
import { Verifications } from '../verification/verifications.js';
import { NewAccounts } from './new-accounts.js';
import { FormRefusedError, SignUpClosedError, VerificationSpentError, WrongCodeError } from './registration-errors.js';
import { type ProposedAccount, readSignUpForm } from './sign-up-form.js';
import type { SignUpStart } from './signed-up.js';

/** Mail can be late, also by an hour when a mail server is down. */
const SIGN_UP_LIFETIME_SECONDS = 86_400;

/** What is kept, sealed, until the address is proven. */
export interface KeptSignUp extends ProposedAccount {
  readonly passwordHash: string;
}

/** Where a sign-up is asked for. */
export interface SignUpContext {
  readonly browser: AskingBrowser & { readonly origin: RequestOrigin };
  readonly locale: Locale;
  /** Id of the authorization request that goes on afterwards. */
  readonly requestId: string | undefined;
}

/** Whether anybody may begin a sign-up without an invitation. */
function allowsSignUp({ policy }: Pick<Tenant, 'policy'>): boolean {
  return policy.signUp === 'open' || policy.signUp === 'domains';
}

/**
 * People make their own accounts. No account is made before its address is proven. What is answered, what is stored and
 * how much work it takes are the same for an address that has an account; the mail alone says so.
 */
@Injectable()
export class SignUps {
  constructor(
    private readonly database: Database,
    private readonly limits: NetworkLimits,
    private readonly users: UsersService,
    private readonly identifiers: UsersRepository,
    private readonly hasher: PasswordHasher,
    private readonly verifications: Verifications,
    private readonly accounts: NewAccounts,
    private readonly mailer: Mailer,
    private readonly audit: AuditRecorder,
  ) {}

  /** Whether a sign-up can begin here: the tenant allows it, and mail can be sent. */
  isOffered(tenant: Tenant): boolean {
    return allowsSignUp(tenant) && this.mailer.isAvailable;
  }

  /** Before anybody fills in the form in vain. @throws QuotaExceededError */
  refuseWhenFull(tenant: Tenant, browser: SignUpContext['browser']): Promise<void> {
    return this.accounts.refuseWhenFull(tenant, browser);
  }

  /**
   * Judges the form and sends a mail.
   * @returns the id of the verification, for the page that asks for the code
   * @throws SignUpClosedError, TooManyAttemptsError, QuotaExceededError, FormRefusedError, PasswordHasherBusyError
   */
  async begin(tenant: Tenant, params: OAuthParameters, context: SignUpContext): Promise<string> {
    if (!this.isOffered(tenant)) throw new SignUpClosedError();
    const { policy, userAttributes } = tenant;
    const read = readSignUpForm(params, { policy, userAttributes, restrictsDomains: policy.signUp === 'domains' });
    if (Object.keys(read.faults).length > 0) throw new FormRefusedError(read.faults);
    this.limits.takeSignUp(tenant.id, context.browser.origin);
    const { account, password } = read;
    await this.accounts.refuseWhenFull(tenant, context.browser);
    const fault = await this.users.findPasswordFault(tenant, account, password);
    if (fault) throw new FormRefusedError({ new_password: fault });
    const passwordHash = await this.hasher.hash(tenant.id, password);
    return this.send(tenant, { ...account, passwordHash }, context);
  }

  /** What this browser began. @throws VerificationSpentError when it began nothing, or it is over */
  async find(tenant: Tenant, id: string, browser: AskingBrowser): Promise<Verification> {
    const found = await this.verifications.findOwn(tenant, 'sign_up', id, browser);
    if (!found) throw new VerificationSpentError();
    return found;
  }

  /** The same mail once more, with another link and code. Links that were sent before go on working. */
  async resend(tenant: Tenant, id: string, context: SignUpContext): Promise<string> {
    if (!this.isOffered(tenant)) throw new SignUpClosedError();
    const found = await this.find(tenant, id, context.browser);
    if (found.state !== 'live') throw new VerificationSpentError();
    this.limits.takeSignUp(tenant.id, context.browser.origin);
    return this.send(tenant, keptOf(found), { ...context, requestId: found.requestId });
  }

  /** What a link is for; it changes nothing. @throws VerificationSpentError */
  async openLink(tenant: Tenant, token: string, browser: AskingBrowser) {
    const verification = await this.verifications.peekLink(tenant, 'sign_up', token);
    if (!verification) throw new VerificationSpentError();
    const own = await this.verifications.findOwn(tenant, 'sign_up', verification.id, browser);
    return { verification, isOwn: own !== undefined };
  }

  /** @throws WrongCodeError, VerificationSpentError, and what `finish` throws */
  async finishWithCode(tenant: Tenant, id: string, code: string, start: SignUpStart) {
    const found = await this.verifications.checkCode(tenant, 'sign_up', id, code, start.browser);
    if (found === 'wrong') throw new WrongCodeError();
    if (found === 'spent') throw new VerificationSpentError();
    return this.finish(tenant, found, start, true);
  }

  /**
   * A link works in any browser. Only the one that asked is signed in: it knows the password, and another one knows
   * nothing but the mail.
   * @throws VerificationSpentError, and what `finish` throws
   */
  async finishWithLink(tenant: Tenant, token: string, start: SignUpStart) {
    const { verification, isOwn } = await this.openLink(tenant, token, start.browser);
    return this.finish(tenant, verification, start, isOwn);
  }

  /**
   * The browser that asked goes on after the link was opened elsewhere.
   * @returns the session, once; undefined when the link was not opened yet or the browser went on before
   */
  takeUp(tenant: Tenant, id: string, start: SignUpStart) {
    return this.accounts.takeUp(tenant, 'sign_up', id, start);
  }

  private async finish(tenant: Tenant, found: Verification, start: SignUpStart, signsIn: boolean) {
    const kept = keptOf(found);
    const { policy } = tenant;
    const isAllowed =
      allowsSignUp(tenant) && (policy.signUp === 'open' || isInDomain(kept.email, policy.signUpDomains));
    if (!isAllowed) throw new SignUpClosedError();
    const { passwordHash, ...account } = kept;
    return this.accounts.make(tenant, account, passwordHash, {
      verification: found,
      start,
      signsIn,
      recordMore: (user, transaction) =>
        this.audit.recordWith(transaction, {
          tenantId: tenant.id,
          type: 'user.signed_up',
          outcome: 'success',
          userId: user.id,
          origin: start.browser.origin,
          details: { terms_version: account.acceptedTerms, request: found.requestId },
        }),
    });
  }

  /** One lookup, one verification and one mail, whether or not there is an account. */
  private async send(tenant: Tenant, kept: KeptSignUp, { browser, locale, requestId }: SignUpContext): Promise<string> {
    return this.database.transaction(tenant.id, async (transaction) => {
      const holder = await this.findHolder(tenant, kept.email, transaction);
      const asked = { purpose: 'sign_up', address: kept.email, requestId, browser, data: { ...kept } } as const;
      const lifetimeSeconds = SIGN_UP_LIFETIME_SECONDS;
      const challenge = await this.verifications.begin(tenant, { ...asked, lifetimeSeconds }, transaction);
      const common = {
        locale,
        origin: browser.origin,
        usefulForSeconds: lifetimeSeconds,
        whenRefused: 'drop',
      } as const;
      await this.mailer.send(
        tenant,
        holder
          ? // Its link and code are never sent, so that nothing can come of them.
            { ...common, template: 'accountExists', to: holder.to, link: '/sign-in', values: { address: holder.to } }
          : {
              ...common,
              template: 'signUp',
              to: kept.email,
              link: `/sign-up-link?token=${challenge.link}`,
              code: shownCode(challenge.code),
              values: { address: kept.email },
            },
        transaction,
      );
      return challenge.id;
    });
  }

  /** Whose address it is, and where they are written to: the address that is stored, in its own spelling. */
  private async findHolder(tenant: Tenant, email: string, transaction: Transaction) {
    const key = normalizeIdentifier(email);
    const found = await this.identifiers.findByIdentifier(tenant.id, key, transaction);
    if (!found) return undefined;
    const stored = found.user.email;
    return { to: stored !== undefined && normalizeIdentifier(stored) === key ? stored : email };
  }
}

function keptOf({ data }: Verification): KeptSignUp {
  return data as unknown as KeptSignUp;
}
