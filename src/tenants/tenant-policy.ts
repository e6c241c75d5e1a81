import type { SigningAlgorithmName } from '../keys/signing-algorithm.js';
import { type DeveloperRegistration, DEVELOPER_SCOPES } from './developer-policy.js';
import type { SignUpAttributes, SignUpMode } from './sign-up-policy.js';
import type { ProfileFieldPolicy } from './profile-fields.js';

export const PKCE_OR_NONCE = 'or_nonce';

/**
 * What a sign-in has to have proven for an `acr` value: one factor, factors of two kinds, a factor that no other site can
 * take the answer of (OpenID EAP ACR Values §2 `phr`), or that in hardware (`phrh`).
 */
export type AcrRequirement = (typeof ACR_REQUIREMENTS)[number];
/** From the weakest to the strongest. */
export const ACR_REQUIREMENTS = [
  'one_factor',
  'two_factors',
  'phishing_resistant',
  'phishing_resistant_hardware',
] as const;

/** An `acr` value: a name or a URI, without spaces. */
export const ACR_VALUE = /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/;

/** `off`: nobody has one; `optional`: who wants; `offered`: asked once a sign-in; `required`: of everybody. */
export type SecondFactorPolicy = (typeof SECOND_FACTOR_POLICIES)[number];
export const SECOND_FACTOR_POLICIES = ['off', 'optional', 'offered', 'required'] as const;

/** Whether a code that is mailed is a second factor, for everybody whose address is verified. */
export const EMAIL_CODE_POLICIES = ['off', 'second_factor'] as const;
/** `second_factor`: passkeys come after a password; `sign_in`: they sign in alone as well. */
export const PASSKEY_POLICIES = ['off', 'second_factor', 'sign_in'] as const;
/** Whether a passkey that signs in alone has to unlock its device, or is asked to. */
export const PASSKEY_USER_VERIFICATION = ['required', 'preferred'] as const;

/** Where name and password are asked for: together, or the name first. */
export const SIGN_IN_FORMS = ['one_page', 'identifier_first'] as const;
export const REMEMBER_ME_POLICIES = ['off', 'offered'] as const;

/** What a tenant decides for all its clients; a client may be stricter, and laxer only where the field says so. */
export interface TenantPolicy {
  /** Response types that hand tokens through the browser. A client has to ask for them too. */
  readonly allowImplicitGrant: boolean;
  /** The resource owner password credentials grant. A client has to ask for it too. */
  readonly allowPasswordGrant: boolean;
  /** A date, YYYY-MM-DD: from its beginning in UTC the implicit grant is refused as if it were not allowed. */
  readonly implicitGrantOffFrom: string | null;
  /** The same for the password grant. */
  readonly passwordGrantOffFrom: string | null;
  /**
   * PKCE from confidential clients: always, never, or unless the request has an OpenID `nonce` (OAuth 2.1 §7.5.1). A
   * client's own `require_pkce` goes first. Public clients always use PKCE.
   */
  readonly requirePkce: boolean | typeof PKCE_OR_NONCE;
  /** Redirect URIs of native applications with a private-use scheme that has no dot (RFC 8252 §8.4 advises against it). */
  readonly allowDotlessSchemes: boolean;
  /** Redirect URIs of confidential clients that are plain http to a host of a private network (Core §3.1.2.1). */
  readonly allowPrivateHttpRedirects: boolean;
  /** Of JWT access tokens. */
  readonly accessTokenSigningAlg: SigningAlgorithmName;
  /** Of the ID tokens of clients that registered no `id_token_signed_response_alg`. */
  readonly idTokenSigningAlg: SigningAlgorithmName;
  readonly authorizationCodeLifetimeSeconds: number;
  readonly accessTokenLifetimeSeconds: number;
  readonly idTokenLifetimeSeconds: number;
  /** A refresh token that is not used for so long expires. */
  readonly refreshTokenIdleLifetimeSeconds: number;
  /** Nothing that one authorization gave lives longer, however often it is refreshed. */
  readonly refreshTokenAbsoluteLifetimeSeconds: number;
  /** A rotated refresh token may be sent again for so long, while its successor is unused (a lost answer). */
  readonly refreshTokenReuseGraceSeconds: number;
  readonly sessionIdleLifetimeSeconds: number;
  readonly sessionAbsoluteLifetimeSeconds: number;
  /** NIST SP 800-63B-4 §3.1.1.2: 15 where the password is the only factor, 8 where a second is required (`policy-rules.ts`). */
  readonly passwordMinLength: number;
  /** Words beside the common ones that no password may be built on: product names, places, mascots. */
  readonly passwordBlockedWords: readonly string[];
  /** Whether people who forgot their password can choose a new one by mail. */
  readonly passwordReset: PasswordResetChoice;
  /** What happens to a new password while the list of breached passwords cannot be asked. */
  readonly breachedPasswordsUnreachable: UnreachableChoice;
  /** A password that an administrator typed has to be changed by the person at the next sign-in. */
  readonly temporaryPassword: boolean;
  readonly signInForm: (typeof SIGN_IN_FORMS)[number];
  /** How many people can be signed in at once in one browser; 1: who signs in takes the place of who was. */
  readonly accountsPerBrowser: number;
  /** Whether people may stay signed in beyond the window of their browser. */
  readonly rememberMe: (typeof REMEMBER_ME_POLICIES)[number];
  /** How long such a session lasts, used or not. */
  readonly rememberedSessionLifetimeSeconds: number;
  /** The tenant's `acr` values, and what each of them means. */
  readonly acrValues: Readonly<Record<string, AcrRequirement>>;
  readonly secondFactor: SecondFactorPolicy;
  /** A date, YYYY-MM-DD: a second factor that is required is offered until then. Null: it is required at once. */
  readonly secondFactorRequiredFrom: string | null;
  /** A browser that passed the second factor may be remembered for so long; 0: never. */
  readonly rememberedDeviceLifetimeSeconds: number;
  readonly emailCodes: (typeof EMAIL_CODE_POLICIES)[number];
  readonly passkeys: (typeof PASSKEY_POLICIES)[number];
  readonly passkeyUserVerification: (typeof PASSKEY_USER_VERIFICATION)[number];
  /** How long audit events are kept, within the platform's own limit. */
  readonly auditRetentionDays: number;
  /**
   * Whether tokens are issued while the audit log can store no events, when only the log would know of them. Otherwise
   * such a request is refused with 503 and may be sent again.
   */
  readonly allowUnrecordedTokens: boolean;
  readonly signUp: SignUpMode;
  /** With `domains`: those whose addresses may sign up. A domain does not include those below it. */
  readonly signUpDomains: readonly string[];
  readonly signUpAttributes: SignUpAttributes;
  /** A user whose e-mail address is not verified has to do that before an application is answered. */
  readonly requireVerifiedEmail: boolean;
  /** The version of `branding.terms_uri` that everybody has to accept; without one, nobody is asked. */
  readonly termsVersion: string | null;
  /** What of their profile people see and change, where it differs from `DEFAULT_PROFILE_ACCESS`. */
  readonly profileFields: ProfileFieldPolicy;
  /** Whether people may ask for the deletion of their own account. */
  readonly accountDeletion: 'off' | 'on';
  /** How long such an account stays, and can be kept after all. */
  readonly accountDeletionGraceDays: number;
  /** What operators need to reach into people and secrets. */
  readonly operatorAccess: OperatorAccessChoice;
  /** The longest time of an access grant of an operator. */
  readonly operatorAccessMaxSeconds: number;
  /** Whether developers register clients of their own, and whether an administrator approves each. */
  readonly developerRegistration: DeveloperRegistration;
  /** Groups whose members are developers, by name. None: everybody is. */
  readonly developerGroups: readonly string[];
  /** What clients of developers may be registered for at most. */
  readonly developerGrantTypes: readonly string[];
  /** Scopes of OpenID Connect by name, those of an API as `<identifier> <name>`. */
  readonly developerScopes: readonly string[];
  /** See `developer-policy.ts`. */
  readonly developerRedirectHosts: readonly string[];
  /** How many clients one developer may own. */
  readonly developerMaxClients: number;
  /** Name that mail is sent under; null: the tenant's display name. */
  readonly mailFromName: string | null;
  /** Sender's address, within what the operator allows (`MAIL_FROM`); null: the platform's. */
  readonly mailFrom: string | null;
  /** Where answers go; null: nowhere. */
  readonly mailReplyTo: string | null;
  /** Mails to one recipient in an hour; notices of changes to the account are counted apart. */
  readonly mailRecipientHourlyLimit: number;
  /** Mails in an hour that requests from one network cause. */
  readonly mailNetworkHourlyLimit: number;
  /** Mails of the tenant in an hour. */
  readonly mailTenantHourlyLimit: number;
}

/**
 * What lets operators reach into the people and secrets of a tenant: nothing more than their role, a grant they make
 * themselves, one that an owner approves, or none. From the laxest to the strictest.
 */
export const OPERATOR_ACCESS_CHOICES = ['open', 'by_grant', 'by_approval', 'forbidden'] as const;
export type OperatorAccessChoice = (typeof OPERATOR_ACCESS_CHOICES)[number];

export const PASSWORD_RESET_CHOICES = ['mail', 'off'] as const;
export type PasswordResetChoice = (typeof PASSWORD_RESET_CHOICES)[number];
export const UNREACHABLE_CHOICES = ['allow', 'refuse'] as const;
export type UnreachableChoice = (typeof UNREACHABLE_CHOICES)[number];

const HOUR = 3600;
const DAY = 24 * HOUR;

/** No token lives longer, so a retired signing key can go this long after it last signed. */
export const MAX_TOKEN_LIFETIME_SECONDS = DAY;

export const DEFAULT_POLICY: TenantPolicy = Object.freeze({
  allowImplicitGrant: false,
  allowPasswordGrant: false,
  implicitGrantOffFrom: null,
  passwordGrantOffFrom: null,
  requirePkce: PKCE_OR_NONCE,
  allowDotlessSchemes: false,
  allowPrivateHttpRedirects: false,
  accessTokenSigningAlg: 'ES256',
  // What a client expects that registers nothing (OpenID Connect Registration §2).
  idTokenSigningAlg: 'RS256',
  authorizationCodeLifetimeSeconds: 60,
  accessTokenLifetimeSeconds: 900,
  idTokenLifetimeSeconds: 900,
  refreshTokenIdleLifetimeSeconds: 14 * DAY,
  refreshTokenAbsoluteLifetimeSeconds: 90 * DAY,
  refreshTokenReuseGraceSeconds: 10,
  sessionIdleLifetimeSeconds: DAY,
  sessionAbsoluteLifetimeSeconds: 7 * DAY,
  passwordMinLength: 15,
  passwordBlockedWords: Object.freeze([]),
  passwordReset: 'mail',
  breachedPasswordsUnreachable: 'allow',
  temporaryPassword: false,
  signInForm: 'one_page',
  accountsPerBrowser: 1,
  rememberMe: 'off',
  rememberedSessionLifetimeSeconds: 30 * DAY,
  // `phr` is the name of OpenID Connect EAP ACR Values §2.
  acrValues: Object.freeze({ '1': 'one_factor', '2': 'two_factors', phr: 'phishing_resistant' }),
  secondFactor: 'optional',
  secondFactorRequiredFrom: null,
  rememberedDeviceLifetimeSeconds: 30 * DAY,
  emailCodes: 'off',
  // What people know from elsewhere: who has a passkey needs no password.
  passkeys: 'sign_in',
  passkeyUserVerification: 'required',
  auditRetentionDays: 365,
  allowUnrecordedTokens: false,
  signUp: 'closed',
  signUpDomains: Object.freeze([]),
  signUpAttributes: Object.freeze({ name: 'optional' }),
  requireVerifiedEmail: false,
  termsVersion: null,
  profileFields: Object.freeze({}),
  accountDeletion: 'off',
  accountDeletionGraceDays: 14,
  // Nobody loses a right by an upgrade; `doctor` reminds of it in production.
  operatorAccess: 'open',
  operatorAccessMaxSeconds: 8 * HOUR,
  developerRegistration: 'off',
  developerGroups: Object.freeze([]),
  developerGrantTypes: Object.freeze(['authorization_code', 'refresh_token']),
  developerScopes: DEVELOPER_SCOPES,
  developerRedirectHosts: Object.freeze([]),
  developerMaxClients: 10,
  mailFromName: null,
  mailFrom: null,
  mailReplyTo: null,
  mailRecipientHourlyLimit: 10,
  mailNetworkHourlyLimit: 100,
  mailTenantHourlyLimit: 5000,
});

/** Least and greatest value of every number a tenant may set; the management API refuses what is outside. */
export const POLICY_BOUNDS = {
  authorizationCodeLifetimeSeconds: [10, 600],
  accessTokenLifetimeSeconds: [60, MAX_TOKEN_LIFETIME_SECONDS],
  idTokenLifetimeSeconds: [60, MAX_TOKEN_LIFETIME_SECONDS],
  refreshTokenIdleLifetimeSeconds: [60, 365 * DAY],
  refreshTokenAbsoluteLifetimeSeconds: [60, 365 * DAY],
  refreshTokenReuseGraceSeconds: [0, 10],
  sessionIdleLifetimeSeconds: [60, 30 * DAY],
  sessionAbsoluteLifetimeSeconds: [60, 30 * DAY],
  accountsPerBrowser: [1, 5],
  rememberedSessionLifetimeSeconds: [HOUR, 365 * DAY],
  passwordMinLength: [8, 64],
  rememberedDeviceLifetimeSeconds: [0, 365 * DAY],
  auditRetentionDays: [7, 3650],
  accountDeletionGraceDays: [1, 90],
  operatorAccessMaxSeconds: [300, 7 * DAY],
  developerMaxClients: [1, 1000],
  mailRecipientHourlyLimit: [1, 100],
  mailNetworkHourlyLimit: [1, 10_000],
  mailTenantHourlyLimit: [1, 1_000_000],
} as const satisfies Partial<Record<keyof TenantPolicy, readonly [number, number]>>;

/** Grants that a tenant switches on, and that can end on a day: the members of the policy that say so. */
export const SWITCHED_GRANTS = {
  implicit: { allowed: 'allowImplicitGrant', offFrom: 'implicitGrantOffFrom' },
  password: { allowed: 'allowPasswordGrant', offFrom: 'passwordGrantOffFrom' },
} as const;

export type SwitchedGrant = keyof typeof SWITCHED_GRANTS;

export function isSwitchedGrant(grantType: string): grantType is SwitchedGrant {
  return Object.hasOwn(SWITCHED_GRANTS, grantType);
}

/** RFC 9700 §2.1.2 and §2.4: the implicit and the password grant are off until a tenant switches them on. */
export function allowsGrantType(policy: TenantPolicy, grantType: string): boolean {
  if (!isSwitchedGrant(grantType)) return true;
  return policy[SWITCHED_GRANTS[grantType].allowed] && !hasEnded(policy, grantType);
}

/** Whether the day has come on which the grant is switched off. */
export function hasEnded(policy: TenantPolicy, grant: SwitchedGrant): boolean {
  const from = policy[SWITCHED_GRANTS[grant].offFrom];
  return from !== null && Date.parse(from) <= Date.now();
}

/** A grant that is allowed and ends on a day, YYYY-MM-DD. */
export interface EndingGrant {
  readonly grant: SwitchedGrant;
  readonly from: string;
  readonly hasEnded: boolean;
}

export function findEndingGrants(policy: TenantPolicy): EndingGrant[] {
  return (Object.keys(SWITCHED_GRANTS) as SwitchedGrant[]).flatMap((grant) => {
    const { allowed, offFrom } = SWITCHED_GRANTS[grant];
    const from = policy[offFrom];
    return policy[allowed] && from !== null ? [{ grant, from, hasEnded: hasEnded(policy, grant) }] : [];
  });
}

/** Whether everybody needs a second factor today. */
export function isSecondFactorRequired({ secondFactor, secondFactorRequiredFrom: from }: TenantPolicy): boolean {
  return secondFactor === 'required' && (from === null || Date.parse(from) <= Date.now());
}

/** The members that this version knows. Others may be stored for processes of the version before. */
export function chosenPolicy(stored: Partial<TenantPolicy>): Partial<TenantPolicy> {
  return Object.fromEntries(Object.entries(stored).filter(([name]) => Object.hasOwn(DEFAULT_POLICY, name)));
}
