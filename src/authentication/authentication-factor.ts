import type { Transaction } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import type { User } from '../users/user.js';

/**
 * One way for a person to prove who they are, a member of `authentication-factors.ts`.
 * `Account` is what the factor has to know of somebody to verify their credentials.
 */
export interface AuthenticationFactor<Account extends { readonly user: User } = { readonly user: User }> {
  /** Authentication method reference, RFC 8176 §2. */
  readonly amr: string;
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

/** Injection token of the factors' instances. */
export const AUTHENTICATION_FACTORS = Symbol('AuthenticationFactors');
