import type { TenantPolicy } from './tenant-policy.js';

/** What of a policy was accepted and has not the effect it names; see `RegistrationWarning`. */
export interface PolicyWarning {
  readonly code: string;
  readonly pointer: string;
  readonly detail: string;
}

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

/** @param policy as it is in effect, with the platform's defaults */
export function findPolicyWarnings(
  policy: TenantPolicy,
  platform: { readonly auditRetentionDays: number },
): PolicyWarning[] {
  const idle = PAIRS.filter(([, idleName, , absoluteName]) => policy[idleName] > policy[absoluteName]).map(
    ([name, idleName, other, absoluteName]) => ({
      code: 'idle_longer_than_absolute',
      pointer: `/policy/${name}`,
      detail: `${name} (${policy[idleName]}) has no effect beyond ${other} (${policy[absoluteName]}).`,
    }),
  );
  if (policy.auditRetentionDays <= platform.auditRetentionDays) return idle;
  const pointer = '/policy/audit_retention_days';
  const detail = `The platform keeps audit events for ${platform.auditRetentionDays} days at most (AUDIT_RETENTION_DAYS).`;
  return [...idle, { code: 'beyond_platform_limit', pointer, detail }];
}
