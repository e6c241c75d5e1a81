import { CLIENT_MEMBERS } from '../../tenants/client-policy.js';
import { POLICY_MEMBERS, type PolicyMember } from '../../tenants/policy-inheritance.js';
import { toWire } from '../kit/wire.js';

/** Wire names of members of the policy, by the names inside. */
const WIRE_NAMES = new Map(
  POLICY_MEMBERS.map((member) => [member, Object.keys(toWire({ [member]: true }))[0] ?? member]),
);
const MEMBERS = new Map([...WIRE_NAMES].map(([member, name]) => [name, member]));

export const POLICY_MEMBER_NAMES: readonly string[] = [...MEMBERS.keys()];

const DECIDED_BY_TENANT: readonly string[] = ['operator_access', 'operator_access_max_seconds'];

/** What the layers above a tenant can lock. Whom it lets in, and for how long, is the decision of the tenant. */
export const LOCKABLE_MEMBER_NAMES: readonly string[] = POLICY_MEMBER_NAMES.filter(
  (name) => !DECIDED_BY_TENANT.includes(name),
);

/** What a tenant can lock, because clients decide it. */
export const CLIENT_MEMBER_NAMES: readonly string[] = CLIENT_MEMBERS.map(nameOfMember);

export function nameOfMember(member: PolicyMember): string {
  return WIRE_NAMES.get(member) ?? member;
}

/** Those that this version knows, in the order of the policy. */
export function namesOfLocks(locks: readonly string[]): string[] {
  return POLICY_MEMBERS.filter((member) => locks.includes(member)).map(nameOfMember);
}

export function readLocks(names: readonly string[]): PolicyMember[] {
  return names.flatMap((name) => MEMBERS.get(name) ?? []);
}
