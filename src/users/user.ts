import type { ManagementScope } from '../resources/management-api.js';
import type { AttributeValues } from '../tenants/user-attributes.js';

/** An account of one tenant. Its `id` is the `sub` of its tokens. */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  readonly phoneNumber: string | undefined;
  readonly phoneNumberVerified: boolean;
  readonly claims: ProfileClaims;
  /** What the tenant defined itself. */
  readonly attributes: AttributeValues;
  /** Has the role `owner` at the management API of this tenant; in tenant `system`: of every tenant. */
  readonly tenantAdmin: boolean;
  /** Names of the roles at the management API. */
  readonly managementRoles: readonly string[];
  /** What these roles allow together. */
  readonly managementPermissions: readonly ManagementScope[];
  readonly enabled: boolean;
  /** Version of the tenant's terms that the person accepted last. */
  readonly termsVersion?: string | undefined;
  /** Has to choose a new password before anything else. */
  readonly mustChangePassword: boolean;
  /** When the account is deleted, because its person asked for it. */
  readonly deletionScheduledFor?: Date | undefined;
  /** Names of the second factors that are set up (`authentication-factors.ts`). */
  readonly secondFactors: readonly string[];
  /** Unix time in seconds of the last change. */
  readonly updatedAt: number;
}

/** The rest of OpenID Connect Core §5.1, under the names it has there. */
export interface ProfileClaims {
  readonly name?: string;
  readonly given_name?: string;
  readonly family_name?: string;
  readonly middle_name?: string;
  readonly nickname?: string;
  readonly preferred_username?: string;
  readonly profile?: string;
  readonly picture?: string;
  readonly website?: string;
  readonly gender?: string;
  readonly birthdate?: string;
  readonly zoneinfo?: string;
  readonly locale?: string;
  readonly address?: AddressClaim;
}

/** OpenID Connect Core §5.1.1. */
export interface AddressClaim {
  readonly formatted?: string;
  readonly street_address?: string;
  readonly locality?: string;
  readonly region?: string;
  readonly postal_code?: string;
  readonly country?: string;
}
