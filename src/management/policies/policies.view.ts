import { chosenPolicy } from '../../tenants/tenant-policy.js';
import type { ExplainedMember } from '../../tenants/explained-policy.js';
import type { PolicyMember } from '../../tenants/policy-inheritance.js';
import type { PolicyLayerEntity } from '../../tenants/policy-layer.entity.js';
import type { View } from '../kit/view.js';
import { toWire } from '../kit/wire.js';
import { nameOfMember, namesOfLocks } from '../tenants/policy-members.js';

/** The platform's own policy. */
export function platformPolicyView({ policy, locks, updatedAt }: PolicyLayerEntity): View {
  return { policy: toWire(chosenPolicy(policy)), policy_locks: namesOfLocks(locks), updated_at: updatedAt };
}

export function policyTemplateView(template: PolicyLayerEntity): View {
  return {
    name: template.name,
    display_name: template.displayName,
    description: template.description,
    policy: toWire(chosenPolicy(template.policy)),
    policy_locks: namesOfLocks(template.locks),
    created_at: template.createdAt,
    updated_at: template.updatedAt,
  };
}

export function explanationView(explained: ReadonlyMap<PolicyMember, ExplainedMember>): View {
  return Object.fromEntries(
    [...explained].map(([member, { value, from, lockedBy, decided }]) => [
      nameOfMember(member),
      {
        value,
        from,
        locked_by: lockedBy ?? null,
        decided: decided.map((one) => ({ by: one.by, value: one.value, in_force: one.inForce })),
      },
    ]),
  );
}
