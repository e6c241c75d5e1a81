import { isDeepStrictEqual } from 'node:util';
import type { MailFrom } from '../../config/config.js';
import { isAllowedSender } from '../../mail/compose-mail.js';
import { parseMailAddress } from '../../mail/mail-address.js';
import { type InheritedPolicy, type LayerName, type PolicyMember, valuesOf } from '../../tenants/policy-inheritance.js';
import { findPolicyFault } from '../../tenants/policy-rules.js';
import type { TenantPolicy } from '../../tenants/tenant-policy.js';
import { invalidMember } from '../kit/problem.js';
import { fromWire, mergePatch } from '../kit/wire.js';
import type { PolicyDto } from './policy.dto.js';
import { nameOfMember } from './policy-members.js';

export const LOCKED_BY: Readonly<Record<LayerName, string>> = {
  platform: 'the platform',
  template: 'the template of the tenant',
};

/**
 * What a layer or a tenant decides after a patch. What the members are together is asked only when the request changes
 * one: a date that has passed refuses nothing else.
 * @param above what is inherited
 * @throws Problem for a member that is locked above, and for members that may not be together
 */
export function readPolicy(
  current: Partial<TenantPolicy>,
  patch: PolicyDto | null | undefined,
  above: InheritedPolicy,
): Partial<TenantPolicy> {
  if (patch === undefined) return current;
  const policy = patch === null ? {} : mergePatch(current, fromWire(patch));
  for (const member of Object.keys(policy) as PolicyMember[]) {
    const by = above.locks.get(member);
    if (by === undefined || isDeepStrictEqual(policy[member], current[member])) continue;
    throw invalidMember(`policy/${nameOfMember(member)}`, `is locked by ${LOCKED_BY[by]}, so it cannot be set here`);
  }
  const fault = findPolicyFault(valuesOf({ policy, inherited: above }));
  if (fault) throw invalidMember(`policy/${fault.member}`, fault.fault);
  return policy;
}

/** @throws Problem when mail would be sent from an address that the operator does not allow */
export function checkSender(mailFrom: string | null | undefined, allowed: MailFrom, member = 'policy/mail_from'): void {
  const address = mailFrom ? parseMailAddress(mailFrom) : undefined;
  if (address === undefined || isAllowedSender(address, allowed)) return;
  const choices = [...allowed.addresses, ...allowed.domains.map((domain) => `@${domain}`)].join(', ');
  throw invalidMember(member, `must be one that the operator allows in MAIL_FROM: ${choices}`);
}
