import type { FactorRegistry } from '../../authentication/factor.registry.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { StepSubject } from './step-pages.js';

/**
 * Whether this factor can be set up now: when that is due, or from the account page. A person who has a second factor proves
 * it before a further one is set up: otherwise somebody who has the password alone could add their own.
 */
export function mayEnrol(
  factors: FactorRegistry,
  tenant: Tenant,
  { session, step, interaction }: StepSubject,
  name: string,
): boolean {
  const isDue = step ? step.name === 'enrol' : !interaction;
  return isDue && factors.enrollableFor(tenant, session.user).some(({ factor }) => factor.name === name);
}
