import type { SigningAlgorithmName } from '../keys/signing-algorithm.js';
import type { ClientMember } from './client-policy.js';
import { type DecidedPolicy, valuesOf } from './policy-inheritance.js';
import type { TenantPolicy } from './tenant-policy.js';

/**
 * A policy chose another algorithm, and verifiers may have a key set from before that algorithm's key was published. The
 * one before signs on until they cannot. Unix times in milliseconds.
 */
export interface SigningHandover {
  readonly before: SigningAlgorithmName;
  readonly since: number;
  readonly until: number;
}

/** By the policy's member. */
export type SigningHandovers = { readonly [Member in SigningPolicy]?: SigningHandover };

export const SIGNING_POLICIES = [
  'accessTokenSigningAlg',
  'idTokenSigningAlg',
] as const satisfies (keyof TenantPolicy)[];
export type SigningPolicy = (typeof SIGNING_POLICIES)[number];

/** Most tenants have none, and share it. */
export const NO_HANDOVERS: SigningHandovers = Object.freeze({});

/**
 * The handovers of a tenant: those that its own choices left, and one that a change of a layer above it brings, which is
 * stored with the layer and not with each tenant.
 * @param policy in effect
 */
export function handoversOf(
  tenant: DecidedPolicy & { readonly signingHandovers: SigningHandovers },
  policy: TenantPolicy,
): SigningHandovers {
  const { inherited, signingHandovers: own } = tenant;
  const former = inherited.formerSigning;
  if (former === undefined || former.until <= Date.now()) return Object.keys(own).length === 0 ? NO_HANDOVERS : own;
  const was = { policy: valuesOf({ policy: tenant.policy, inherited: former.inherited }), handovers: own };
  const handovers: { -readonly [Member in SigningPolicy]?: SigningHandover } = { ...own };
  for (const member of SIGNING_POLICIES) {
    const before = algorithmNow(was, member);
    if (was.policy[member] === policy[member]) continue; // the layers changed nothing here
    if (before === policy[member]) delete handovers[member];
    else handovers[member] = { before, since: former.since, until: former.until };
  }
  return handovers;
}

/** What a tenant says about it. */
interface Signing {
  readonly policy: TenantPolicy;
  readonly handovers: SigningHandovers;
}

/** The algorithm of the tenant's JWT access tokens at this moment. */
export function accessTokenAlg(tenant: Signing): SigningAlgorithmName {
  return algorithmNow(tenant, 'accessTokenSigningAlg');
}

/**
 * The algorithm of a client's ID tokens at this moment. Whoever registers reads the keys afterwards, so neither the
 * client's own algorithm nor that of a client younger than the policy waits for anything.
 */
export function idTokenAlg(
  tenant: Signing & { readonly clientLocks: ReadonlySet<ClientMember> },
  client: { readonly idTokenSignedResponseAlg: SigningAlgorithmName | undefined; readonly registeredAt: number },
): SigningAlgorithmName {
  if (client.idTokenSignedResponseAlg !== undefined && !tenant.clientLocks.has('idTokenSigningAlg'))
    return client.idTokenSignedResponseAlg;
  const { idTokenSigningAlg: handover } = tenant.handovers;
  if (handover && client.registeredAt >= handover.since) return tenant.policy.idTokenSigningAlg;
  return algorithmNow(tenant, 'idTokenSigningAlg');
}

export function algorithmNow({ policy, handovers }: Signing, member: SigningPolicy): SigningAlgorithmName {
  const handover = handovers[member];
  return handover && handover.until > Date.now() ? handover.before : policy[member];
}

/** The algorithms that sign for a tenant now or will: those of its policy, and those that hand over to them. */
export function signingAlgorithmsOf(tenant: Signing): SigningAlgorithmName[] {
  const algorithms = SIGNING_POLICIES.flatMap((member) => [tenant.policy[member], algorithmNow(tenant, member)]);
  return [...new Set(algorithms)];
}

/** The algorithms that a policy chooses. */
export function algorithmsOf(policy: TenantPolicy): SigningAlgorithmName[] {
  return SIGNING_POLICIES.map((member) => policy[member]);
}
