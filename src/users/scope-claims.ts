import type { OpenIdScope } from '../oauth/openid-scopes.js';
import type { Scope } from '../oauth/scope.js';
import type { User } from './user.js';

/** Claims about a user as they are sent: absent instead of null. */
export type Claims = Readonly<Record<string, unknown>>;

/** OpenID Connect Core §5.4: which claims a scope asks for. */
const CLAIMS_OF_SCOPE: Readonly<Record<OpenIdScope, readonly string[]>> = {
  openid: ['sub'],
  profile: [
    'name',
    'family_name',
    'given_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
  address: ['address'],
  phone: ['phone_number', 'phone_number_verified'],
  offline_access: [],
  groups: ['groups'],
  'account:read': [],
  'account:write': [],
};

export const CLAIM_NAMES: readonly string[] = [...new Set(Object.values(CLAIMS_OF_SCOPE).flat())];

/** The names of this scope that ask for a claim. */
export function scopesAskingFor(claim: string, scope: Scope): Scope {
  return scope.filter((name) => CLAIMS_OF_SCOPE[name as OpenIdScope]?.includes(claim));
}

/** The claims that this scope releases about this user, as far as the account itself has them. */
export function claimsFor(user: User, scope: Scope): Claims {
  const all = allClaims(user);
  const names = scope.flatMap((name) => CLAIMS_OF_SCOPE[name as OpenIdScope] ?? []);
  const claims = names.map((name): [string, unknown] => [name, withoutEmpty(all[name])]);
  return Object.fromEntries(claims.filter(([, value]) => value !== undefined));
}

/**
 * OpenID Connect Core §5.3.2: a claim without a value "SHOULD NOT be present with a null or empty string value". The
 * same holds for the members of an object such as `address`, and for an object that has none left.
 */
function withoutEmpty(value: unknown): unknown {
  if (value === null || value === '') return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  const members = Object.entries(value)
    .map(([name, member]): [string, unknown] => [name, withoutEmpty(member)])
    .filter(([, member]) => member !== undefined);
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

function allClaims(user: User): Claims {
  return {
    ...user.claims,
    sub: user.id,
    preferred_username: user.claims.preferred_username || user.username,
    email: user.email,
    email_verified: user.email === undefined ? undefined : user.emailVerified,
    phone_number: user.phoneNumber,
    phone_number_verified: user.phoneNumber === undefined ? undefined : user.phoneNumberVerified,
    updated_at: user.updatedAt,
  };
}
