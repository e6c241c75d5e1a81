import type { Schema } from '../../api/operation.js';

export type PolicyMember = Exclude<keyof Schema<'Policy'>, undefined>;
/** What a member can be; `null` leaves it to the layer above. */
export type PolicyValue = string | number | boolean | readonly string[] | Readonly<Record<string, string>> | null;

/** How a member is typed in. */
export type MemberKind =
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly options: readonly (string | boolean)[] }
  | { readonly kind: 'seconds' | 'number'; readonly min: number; readonly max: number; readonly unit?: 'days' }
  | { readonly kind: 'text' | 'email' | 'date' | 'list' }
  | { readonly kind: 'map'; readonly options: readonly string[]; readonly keys?: readonly string[] };

export const GROUPS = [
  'tokens',
  'applications',
  'sign_in',
  'second_factors',
  'passwords',
  'sessions',
  'sign_up',
  'accounts',
  'developers',
  'mail',
  'operation',
] as const;
export type PolicyGroup = (typeof GROUPS)[number];

const DAY = 86_400;
const YEAR = 365 * DAY;
const ON_OFF: MemberKind = { kind: 'switch' };
const choice = (...options: readonly (string | boolean)[]): MemberKind => ({ kind: 'choice', options });
const seconds = (min: number, max: number): MemberKind => ({ kind: 'seconds', min, max });
const number = (min: number, max: number): MemberKind => ({ kind: 'number', min, max });
const days = (min: number, max: number): MemberKind => ({ kind: 'number', min, max, unit: 'days' });
const ALGORITHMS = choice('ES256', 'RS256', 'EdDSA');
const LIST: MemberKind = { kind: 'list' };
const MANY = 1_000_000_000;

/** Members of a policy in the order in which they are read. */
export const CATALOG: Readonly<Record<PolicyGroup, Readonly<Partial<Record<PolicyMember, MemberKind>>>>> = {
  tokens: {
    access_token_lifetime_seconds: seconds(60, DAY),
    id_token_lifetime_seconds: seconds(60, DAY),
    refresh_token_idle_lifetime_seconds: seconds(60, YEAR),
    refresh_token_absolute_lifetime_seconds: seconds(60, YEAR),
    refresh_token_reuse_grace_seconds: seconds(0, 10),
    authorization_code_lifetime_seconds: seconds(10, 600),
    access_token_signing_alg: ALGORITHMS,
    id_token_signing_alg: ALGORITHMS,
  },
  applications: {
    require_pkce: choice(true, 'or_nonce', false),
    allow_implicit_grant: ON_OFF,
    implicit_grant_off_from: { kind: 'date' },
    allow_password_grant: ON_OFF,
    password_grant_off_from: { kind: 'date' },
    allow_dotless_schemes: ON_OFF,
    allow_private_http_redirects: ON_OFF,
  },
  sign_in: {
    sign_in_form: choice('one_page', 'identifier_first'),
    passkeys: choice('sign_in', 'second_factor', 'off'),
    passkey_user_verification: choice('required', 'preferred'),
    accounts_per_browser: number(1, 5),
    require_verified_email: ON_OFF,
    terms_version: { kind: 'text' },
  },
  second_factors: {
    second_factor: choice('off', 'optional', 'offered', 'required'),
    second_factor_required_from: { kind: 'date' },
    remembered_device_lifetime_seconds: seconds(0, YEAR),
    email_codes: choice('off', 'second_factor'),
    acr_values: {
      kind: 'map',
      options: ['one_factor', 'two_factors', 'phishing_resistant', 'phishing_resistant_hardware'],
    },
  },
  passwords: {
    password_min_length: number(8, 64),
    password_blocked_words: LIST,
    password_reset: choice('mail', 'off'),
    temporary_password: ON_OFF,
    breached_passwords_unreachable: choice('allow', 'refuse'),
  },
  sessions: {
    session_idle_lifetime_seconds: seconds(60, 30 * DAY),
    session_absolute_lifetime_seconds: seconds(60, 30 * DAY),
    remember_me: choice('off', 'offered'),
    remembered_session_lifetime_seconds: seconds(3600, YEAR),
  },
  sign_up: {
    sign_up: choice('closed', 'invitation', 'domains', 'open'),
    sign_up_domains: LIST,
    sign_up_attributes: {
      kind: 'map',
      options: ['required', 'optional'],
      keys: ['username', 'name', 'given_name', 'family_name', 'phone_number'],
    },
  },
  accounts: {
    profile_fields: {
      kind: 'map',
      options: ['hidden', 'shown', 'editable'],
      keys: [
        'name',
        'given_name',
        'family_name',
        'middle_name',
        'nickname',
        'preferred_username',
        'picture',
        'profile',
        'website',
        'gender',
        'birthdate',
        'locale',
        'zoneinfo',
        'address',
        'email',
        'phone_number',
      ],
    },
    account_deletion: choice('off', 'on'),
    account_deletion_grace_days: days(1, 90),
  },
  developers: {
    developer_registration: choice('off', 'with_approval', 'without_approval'),
    developer_groups: LIST,
    developer_grant_types: LIST,
    developer_scopes: LIST,
    developer_redirect_hosts: LIST,
    developer_max_clients: number(1, 1000),
  },
  mail: {
    mail_from_name: { kind: 'text' },
    mail_from: { kind: 'email' },
    mail_reply_to: { kind: 'email' },
    mail_recipient_hourly_limit: number(1, MANY),
    mail_network_hourly_limit: number(1, MANY),
    mail_tenant_hourly_limit: number(1, MANY),
  },
  operation: {
    operator_access: choice('open', 'by_grant', 'by_approval', 'forbidden'),
    operator_access_max_seconds: seconds(300, 7 * DAY),
    audit_retention_days: days(7, 3650),
    allow_unrecorded_tokens: ON_OFF,
  },
};

export const MEMBERS: Readonly<Record<string, MemberKind>> = Object.assign({}, ...Object.values(CATALOG)) as Readonly<
  Record<string, MemberKind>
>;

export function membersOf(group: PolicyGroup): readonly PolicyMember[] {
  return Object.keys(CATALOG[group]) as PolicyMember[];
}
