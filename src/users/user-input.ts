import type { AttributeValues } from '../tenants/user-attributes.js';
import type { ProfileClaims } from './user.js';

/** What can be set about a user; absent members stay as they are (or get their default at creation). */
export interface UserInput {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** An administrator has typed the password, and so knows it. */
  readonly isPasswordOfAdministrator?: boolean | undefined;
  readonly email?: string | null | undefined;
  readonly emailVerified?: boolean | undefined;
  readonly phoneNumber?: string | null | undefined;
  readonly phoneNumberVerified?: boolean | undefined;
  readonly claims?: ProfileClaims | undefined;
  /** All of them. */
  readonly attributes?: AttributeValues | undefined;
  readonly tenantAdmin?: boolean | undefined;
  /** Names of roles at the management API, for a new account. */
  readonly managementRoles?: readonly string[] | undefined;
  readonly enabled?: boolean | undefined;
  /** Version of the tenant's terms that the person accepts now. */
  readonly acceptedTerms?: string | undefined;
  readonly mustChangePassword?: boolean | undefined;
}

/** What is wrong with the input, and which member it is (snake case). */
export class UserInputError extends Error {
  constructor(
    readonly member: string,
    readonly fault: string,
    readonly conflict = false,
  ) {
    super(`${member} ${fault}`);
  }
}
