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
  /** Whose credentials these claim to be; undefined when nobody is called that. Sends its statement before it waits. */
  identify(tenantId: TenantId, credentials: OAuthParameters, transaction: Transaction): Promise<Account | undefined>;
  /**
   * Whether they are. It takes the same time whether the account is unknown, cannot use this factor, or the credentials
   * are wrong.
   */
  verify(tenantId: TenantId, account: Account | undefined, credentials: OAuthParameters): Promise<boolean>;
}

/** Injection token of the factors' instances. */
export const AUTHENTICATION_FACTORS = Symbol('AuthenticationFactors');
