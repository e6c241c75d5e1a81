import { OPERATOR_ACCESS_CHOICES, type TenantPolicy } from '../../tenants/tenant-policy.js';
import { invalidMember } from '../kit/problem.js';

type Rule = Pick<TenantPolicy, 'operatorAccess' | 'operatorAccessMaxSeconds'>;

/**
 * A tenant relies on what keeps operators out, so operators only make it stricter. Administrators of the tenant decide as
 * they like.
 * @throws Problem when operators would need less than before
 */
export function requireNoLaxerAccess(before: Rule, after: Rule): void {
  refuseLaxer(before, after);
  if (rank(before) > 0 && rank(after) > 0) refuseLonger(before, after);
}

/**
 * The same of a layer. A tenant below it may have decided whom it lets in and left to the layer for how long.
 * @throws Problem when operators would need less than before at a tenant that inherits from it
 */
export function requireNoLaxerLayer(before: Rule, after: Rule): void {
  refuseLaxer(before, after);
  refuseLonger(before, after);
}

function rank({ operatorAccess }: Rule): number {
  return OPERATOR_ACCESS_CHOICES.indexOf(operatorAccess);
}

function refuseLaxer(before: Rule, after: Rule): void {
  if (rank(after) < rank(before)) {
    throw invalidMember(
      'policy/operator_access',
      `would be "${after.operatorAccess}" in place of "${before.operatorAccess}"; operators can only make it stricter for a tenant that is there, its own administrators decide otherwise`,
    );
  }
}

function refuseLonger(before: Rule, after: Rule): void {
  if (after.operatorAccessMaxSeconds > before.operatorAccessMaxSeconds) {
    throw invalidMember(
      'policy/operator_access_max_seconds',
      `would be more than ${before.operatorAccessMaxSeconds}; operators can only make it less for a tenant that is there`,
    );
  }
}
