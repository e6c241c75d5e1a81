import type { Config } from '../config/config.js';
import { type RegistrationWarning, when } from '../oauth/registration-warning.js';
import { type TenantPolicy, findEndingGrants } from './tenant-policy.js';

const PAIRS = [
  [
    'refresh_token_idle_lifetime_seconds',
    'refreshTokenIdleLifetimeSeconds',
    'refresh_token_absolute_lifetime_seconds',
    'refreshTokenAbsoluteLifetimeSeconds',
  ],
  [
    'session_idle_lifetime_seconds',
    'sessionIdleLifetimeSeconds',
    'session_absolute_lifetime_seconds',
    'sessionAbsoluteLifetimeSeconds',
  ],
] as const;

const MAIL_SETTINGS = [
  ['mail_from_name', 'mailFromName'],
  ['mail_from', 'mailFrom'],
  ['mail_reply_to', 'mailReplyTo'],
] as const;

/** @param policy as it is in effect, with the platform's defaults */
export function findPolicyWarnings(
  policy: TenantPolicy,
  platform: Pick<Config, 'auditRetentionDays' | 'production' | 'smtp'> & { readonly hasTerms: boolean },
): RegistrationWarning[] {
  const idle = PAIRS.flatMap(([name, idleName, other, absoluteName]) =>
    when(
      policy[idleName] > policy[absoluteName],
      'idle_longer_than_absolute',
      `/policy/${name}`,
      `${name} (${policy[idleName]}) has no effect beyond ${other} (${policy[absoluteName]}).`,
    ),
  );
  const beyond = when(
    policy.auditRetentionDays > platform.auditRetentionDays,
    'beyond_platform_limit',
    '/policy/audit_retention_days',
    `The platform keeps audit events for ${platform.auditRetentionDays} days at most (AUDIT_RETENTION_DAYS).`,
  );
  const nobody = when(
    policy.signUp === 'domains' && policy.signUpDomains.length === 0,
    'no_sign_up_domains',
    '/policy/sign_up_domains',
    'Nobody can sign up: sign_up is domains, and sign_up_domains names none.',
  );
  const nothing = when(
    policy.termsVersion !== null && !platform.hasTerms,
    'no_terms_uri',
    '/policy/terms_version',
    'People are asked to accept terms that they cannot read: set branding.terms_uri.',
  );
  const isMute = platform.production && platform.smtp === undefined;
  const mute = (isSet: boolean, name: string) =>
    when(
      isMute && isSet,
      'no_mail_server',
      `/policy/${name}`,
      'The platform sends no mail, because it has no SMTP server. Its operator has to set SMTP_URL.',
    );
  const unsent = [
    ...MAIL_SETTINGS.flatMap(([name, member]) => mute(policy[member] !== null, name)),
    ...mute(policy.signUp !== 'closed', 'sign_up'),
  ];
  return [...idle, ...beyond, ...nobody, ...nothing, ...unsent, ...endings(policy)];
}

/** Grants that are switched off on a day, or were. */
function endings(policy: TenantPolicy): RegistrationWarning[] {
  return findEndingGrants(policy).map(({ grant, from, hasEnded }) => ({
    code: hasEnded ? 'grant_ended' : 'grant_ends',
    pointer: `/policy/${grant}_grant_off_from`,
    detail: `The ${grant} grant ${hasEnded ? 'was' : 'will be'} switched off at the beginning of ${from} (UTC): move its clients to authorization_code.`,
  }));
}
