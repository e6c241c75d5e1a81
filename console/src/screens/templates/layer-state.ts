import type { Answer } from '../../api/api.js';
import type { Schema } from '../../api/operation.js';
import type { PolicyMember, PolicyValue } from '../policies/catalog.js';
import type { LayerState } from '../policies/use-policy-draft.js';

type PolicyLayer = Pick<Schema<'PlatformPolicy'>, 'policy' | 'policy_locks'>;

export const OPERATORS = ['operator', 'tenants:write'] as const;

export function layerStateOf({ body, etag }: Answer<PolicyLayer>): LayerState {
  return { policy: body.policy as Readonly<Record<string, PolicyValue>>, locks: body.policy_locks, etag };
}

/** The reach of operators is never taken out of the hands of tenants. */
export function canLockAbove(member: PolicyMember): boolean {
  return member !== 'operator_access';
}
