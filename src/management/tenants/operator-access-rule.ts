import { OPERATOR_ACCESS_CHOICES, type TenantPolicy } from '../../tenants/tenant-policy.js';
import { invalidMember } from '../kit/problem.js';

type Rule = Pick<TenantPolicy, 'operatorAccess' | 'operatorAccessMaxSeconds'>;

/**
 * A tenant relies on what keeps operators out, so operators only make it stricter. Administrators of the tenant decide as
 * they like.
 * @throws Problem when operators would need less than before
 */
export function requireNoLaxerAccess(before: Rule, after: Rule): void {
  const rank = ({ operatorAccess }: Rule) => OPERATOR_ACCESS_CHOICES.indexOf(operatorAccess);
  if (rank(after) < rank(before)) {
    throw invalidMember(
      'policy/operator_access',
      `would be "${after.operatorAccess}" in place of "${before.operatorAccess}"; operators can only make it stricter for a tenant that is there, its own administrators decide otherwise`,
    );
  }
  if (rank(after) > 0 && after.operatorAccessMaxSeconds > before.operatorAccessMaxSeconds && rank(before) > 0) {
    throw invalidMember(
      'policy/operator_access_max_seconds',
      `would be more than ${before.operatorAccessMaxSeconds}; operators can only make it less for a tenant that is there`,
    );
  }
}
