import { isDeepStrictEqual } from 'node:util';
import { type ClientMember, clientLocksOf } from './client-policy.js';
import {
  type DecidedPolicy,
  LAYER_NAMES,
  type LayerName,
  POLICY_MEMBERS,
  type PolicyMember,
  effectivePolicy,
} from './policy-inheritance.js';
import { DEFAULT_POLICY, type TenantPolicy } from './tenant-policy.js';

/** Where a value can be decided, highest first. */
export type PolicySource = 'built_in' | LayerName | 'tenant' | 'client';

/** A value that some layer decided, and whether it is the one in force. */
export interface DecidedValue {
  readonly by: PolicySource;
  readonly value: unknown;
  readonly inForce: boolean;
}

/** One member of a policy: its value and how it came about. */
export interface ExplainedMember {
  readonly value: unknown;
  /** `rule`: what members may be together decided it (`policy-rules.ts`). */
  readonly from: PolicySource | 'rule';
  readonly lockedBy: Exclude<PolicySource, 'built_in' | 'client'> | undefined;
  /** Every value that a layer decided, highest layer first; without the built-in default. */
  readonly decided: readonly DecidedValue[];
}

/** What a client decides for itself. */
export type ClientDecisions = Readonly<Partial<Pick<TenantPolicy, ClientMember>>>;

type Explained = DecidedPolicy & { readonly policyLocks: readonly string[] };

/** Where every value of a policy comes from. @param client undefined: the policy of the tenant itself */
export function explainPolicy(tenant: Explained, client?: ClientDecisions): ReadonlyMap<PolicyMember, ExplainedMember> {
  const inEffect: TenantPolicy = { ...effectivePolicy(tenant) };
  return new Map(POLICY_MEMBERS.map((member) => [member, explainMember(tenant, { member, client, inEffect })]));
}

/** The policy as it holds for one client. */
export function policyForClient(tenant: Explained, client: ClientDecisions): TenantPolicy {
  const locks = clientLocksOf(tenant);
  const decided = Object.entries(client).filter(
    ([member, value]) => value !== undefined && !locks.has(member as ClientMember),
  );
  return { ...effectivePolicy(tenant), ...Object.fromEntries(decided) };
}

function explainMember(
  { policy, inherited, policyLocks }: Explained,
  { member, client, inEffect }: { member: PolicyMember; client: ClientDecisions | undefined; inEffect: TenantPolicy },
): ExplainedMember {
  const { layers } = inherited;
  const above = inherited.locks.get(member);
  const lockedBy = above ?? (policyLocks.includes(member) ? 'tenant' : undefined);
  const values: { by: PolicySource; value: unknown }[] = [
    ...LAYER_NAMES.map((by) => ({ by, value: layers[by]?.policy[member] })),
    { by: 'tenant' as const, value: policy[member] },
    { by: 'client' as const, value: client?.[member as ClientMember] },
  ];
  const order: readonly PolicySource[] = ['platform', 'template', 'tenant', 'client'];
  const lowest = lockedBy === undefined ? order.length : order.indexOf(lockedBy) + 1;
  const given = values.filter(({ value }) => value !== undefined);
  const last = given.filter(({ by }) => order.indexOf(by) < lowest).at(-1);
  const decided = given.map((one) => ({ ...one, inForce: one === last }));
  const value = last ? last.value : DEFAULT_POLICY[member];
  // A client's own value is its registration; the rules are about the tenant's.
  const isSettled = last?.by !== 'client' && !isDeepStrictEqual(value, inEffect[member]);
  if (!isSettled) return { value, from: last?.by ?? 'built_in', lockedBy, decided };
  return {
    value: inEffect[member],
    from: 'rule',
    lockedBy,
    decided: decided.map((one) => ({ ...one, inForce: false })),
  };
}
