import type { SigningAlgorithmName } from '../keys/signing-algorithm.js';
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
  tenant: Signing,
  client: { readonly idTokenSignedResponseAlg: SigningAlgorithmName | undefined; readonly registeredAt: number },
): SigningAlgorithmName {
  if (client.idTokenSignedResponseAlg !== undefined) return client.idTokenSignedResponseAlg;
  const { idTokenSigningAlg: handover } = tenant.handovers;
  if (handover && client.registeredAt >= handover.since) return tenant.policy.idTokenSigningAlg;
  return algorithmNow(tenant, 'idTokenSigningAlg');
}

export function algorithmNow({ policy, handovers }: Signing, member: SigningPolicy): SigningAlgorithmName {
  const handover = handovers[member];
  return handover && handover.until > Date.now() ? handover.before : policy[member];
}

/** The algorithms that a policy chooses. */
export function algorithmsOf(policy: TenantPolicy): SigningAlgorithmName[] {
  return SIGNING_POLICIES.map((member) => policy[member]);
}
