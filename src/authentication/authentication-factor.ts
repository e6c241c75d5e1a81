import type { Type } from '@nestjs/common';
import type { RequestOrigin } from '../audit/request-origin.js';
import type { Transaction } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { Locale } from '../language/messages.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';

/**
 * A way for a person to prove who they are that begins a sign-in, a member of `authentication-factors.ts`.
 * `Account` is what the factor has to know of somebody to verify their credentials.
 */
export interface FirstFactor<Account extends { readonly user: User } = { readonly user: User }> {
  readonly role: 'first';
  /** What sessions call it. */
  readonly name: string;
  /** Authentication method references, RFC 8176 §2. */
  readonly amr: readonly string[];
  /**
   * Finds the account that the credentials name; undefined when there is none. It sends its statement before it first
   * waits.
   */
  identify(tenantId: TenantId, credentials: OAuthParameters, transaction: Transaction): Promise<Account | undefined>;
  /**
   * Whether the credentials are right. It takes the same time for an unknown account, an account without this factor
   * and wrong credentials.
   */
  verify(tenantId: TenantId, account: Account | undefined, credentials: OAuthParameters): Promise<boolean>;
}

/** Uses up what was right. @returns false when somebody was faster: it works once. */
export type UseUp = (transaction: Transaction) => Promise<boolean>;

/** Who wants to be sent a code, and where. */
export interface CodeRequest {
  readonly tenant: Tenant;
  readonly user: User;
  /** The browser's own secret, for codes that count in the browser that asked for them. */
  readonly browserSecret: string;
  readonly origin: RequestOrigin;
  /** Of the page. */
  readonly locale: Locale | undefined;
}

/** What is known of a factor that a person has set up, for lists. */
export interface FactorState {
  readonly addedAt?: Date;
  /** Of codes that are used up: how many are left. */
  readonly codesLeft?: number;
}

/** What a second factor is asked about. */
export interface SecondFactorAttempt extends CodeRequest {
  readonly credentials: OAuthParameters;
}

/**
 * A way to prove more about a person who is known already, a member of `authentication-factors.ts`. Which users have set
 * it up is kept in `users.second_factors` (`UserFactorsRepository`), so that a sign-in without one costs nothing.
 * `FactorChanges` adds, removes and resets each of them, records it and tells the person by mail.
 */
export interface SecondFactor {
  readonly role: 'second';
  /** What sessions and `users.second_factors` call it. */
  readonly name: string;
  /** Authentication method references, RFC 8176 §2. */
  readonly amr: readonly string[];
  /** The page that asks for it, `/second-factor/<name>` for a factor whose proof is a typed code. */
  readonly challengePage: `/${string}`;
  /** A page of its own on which a person sets it up. A factor that has `enrol` needs none. */
  readonly enrolmentPage?: `/${string}`;
  /** A page of the account on which its parts are removed. Otherwise the page of second factors has a button. */
  readonly accountPage?: `/account/${string}`;
  /** The mails about it, where the texts for all factors do not say enough. */
  readonly noticeNames?: { readonly added: PlainNotice; readonly removed: PlainNotice };
  /** What people call it, for a factor without texts in the catalogue (`factors.<name>`). Default: its name. */
  displayName?(locale: Locale): string;
  /** Its code is mailed to the verified address of the person, and the page says so. */
  readonly sendsMail?: boolean;
  /** Whether the tenant uses it. */
  isOffered(tenant: Tenant): boolean;
  /** Whether this user can prove it now. */
  isReady(tenant: Tenant, user: User): boolean;
  /**
   * Sends a code, for a factor whose code the person does not have at hand. It is sent when the person presses a button.
   * @returns what the form brings back with the code, as the parameter `sent`
   * @throws MailLimitError or another `TooManyAttemptsError`
   */
  sendCode?(request: CodeRequest): Promise<string>;
  /**
   * Checks a typed code, the parameter `code`. A factor with a page of its own needs none of it.
   * @returns what uses it up, within the transaction that strengthens the session; undefined when it is wrong
   */
  verify?(attempt: SecondFactorAttempt): Promise<UseUp | undefined>;
  /**
   * Sets it up with a typed code, the parameter `code` of the page `/second-factor/enrol/<name>`. With `sendCode`, the
   * page sends one first. The limits of `verify` hold.
   * @returns what stores it; undefined when the code is wrong
   */
  enrol?(attempt: SecondFactorAttempt): Promise<UseUp | undefined>;
  /** What is known of it. Asked only about a user who has it. */
  describe?(tenantId: TenantId, userId: string): Promise<FactorState>;
  /** Deletes what is kept beside its name in `users.second_factors`, in the transaction that takes the name out. */
  remove?(tenantId: TenantId, userId: string, transaction: Transaction): Promise<unknown>;
}

/** A notice that says nothing but what every notice says. */
export type PlainNotice = 'totp_added' | 'totp_removed';

export type AuthenticationFactor = FirstFactor | SecondFactor;

/** Injection token of the list of factors (`AppModule.forRoot` may add some). */
export const AUTHENTICATION_FACTORS = Symbol('AuthenticationFactors');

export type FactorType = Type<AuthenticationFactor>;
