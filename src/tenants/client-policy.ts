import type { DecidedPolicy, PolicyMember } from './policy-inheritance.js';

/** Members of the policy that a client decides for itself, unless they are locked. */
export const CLIENT_MEMBERS = ['requirePkce', 'idTokenSigningAlg'] as const satisfies PolicyMember[];
export type ClientMember = (typeof CLIENT_MEMBERS)[number];

/** Most tenants lock none, and share it. */
export const NO_CLIENT_LOCKS: ReadonlySet<ClientMember> = new Set();

/** The members whose value in a client's registration is not in force, by the tenant or a layer above it. */
export function clientLocksOf({
  policyLocks,
  inherited,
}: Pick<DecidedPolicy, 'inherited'> & { readonly policyLocks: readonly string[] }): ReadonlySet<ClientMember> {
  const locked = CLIENT_MEMBERS.filter((member) => policyLocks.includes(member) || inherited.locks.has(member));
  return locked.length === 0 ? NO_CLIENT_LOCKS : new Set(locked);
}
