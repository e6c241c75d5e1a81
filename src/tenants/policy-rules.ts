import { type TenantPolicy, isSecondFactorRequired } from './tenant-policy.js';

/** A policy that members together break. */
export interface PolicyFault {
  readonly member: string;
  readonly fault: string;
  /** What holds in place of it, where several layers break the rule together and nobody can be told. */
  readonly instead: Partial<TenantPolicy>;
}

/** NIST SP 800-63B-4 §3.1.1.2: what a password has at least that is the only factor. */
const ONLY_FACTOR_LENGTH = 15;

/**
 * What the members of a policy may not be together. It is asked of the policy as it would be in effect, so a rule is
 * broken by whichever member is changed last.
 */
export function findPolicyFault(policy: TenantPolicy): PolicyFault | undefined {
  return findMailboxFault(policy) ?? findLengthFault(policy);
}

/**
 * The policy with what holds in place of a fault. A change of the platform or of a template can put members together that
 * no tenant put together; the stricter value holds then.
 */
export function settlePolicy(policy: TenantPolicy): TenantPolicy {
  const found = findPolicyFault(policy);
  return found ? settlePolicy({ ...policy, ...found.instead }) : policy;
}

/** A reset by mail and a code by mail would be one factor: whoever reads the mail of a person would be that person. */
function findMailboxFault({ emailCodes, passwordReset }: TenantPolicy): PolicyFault | undefined {
  if (emailCodes === 'off' || passwordReset !== 'mail') return undefined;
  return {
    member: 'email_codes',
    fault:
      'can be "second_factor" only while password_reset is "off": otherwise a mailbox alone would be enough to sign in; ' +
      'set password_reset to "off", or use another second factor',
    instead: { emailCodes: 'off' },
  };
}

function findLengthFault(policy: TenantPolicy): PolicyFault | undefined {
  const { passwordMinLength } = policy;
  if (passwordMinLength >= ONLY_FACTOR_LENGTH || isSecondFactorRequired(policy)) return undefined;
  return {
    member: 'password_min_length',
    fault:
      `(${passwordMinLength}) can be less than ${ONLY_FACTOR_LENGTH} only while second_factor is "required" and ` +
      'second_factor_required_from is not in the future (NIST SP 800-63B-4, section 3.1.1.2); raise it, or require a second factor',
    instead: { passwordMinLength: ONLY_FACTOR_LENGTH },
  };
}
