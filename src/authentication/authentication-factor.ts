import type { OAuthParameters } from '../oauth/parameters.js';
import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';

/** One way for a person to prove who they are, a member of `authentication-factors.ts`. */
export interface AuthenticationFactor {
  /** Authentication method reference, RFC 8176 §2. */
  readonly amr: string;
  /**
   * The user the credentials belong to, or undefined. It takes the same time whether the user is unknown, cannot use
   * this factor, or gave wrong credentials.
   */
  verify(tenant: Tenant, credentials: OAuthParameters): Promise<User | undefined>;
}

/** Injection token of the factors' instances. */
export const AUTHENTICATION_FACTORS = Symbol('AuthenticationFactors');
