import type { SecondFactor } from '../../authentication/authentication-factor.js';
import type { FactorRegistry } from '../../authentication/factor.registry.js';
import { factorsAsked } from '../../authorization/interaction/second-factor-demand.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type StepSubject, interactionOf } from './step-pages.js';

/** Those that the person has and that would meet what is demanded; none when the step is not due. */
export function usableFactors(factors: FactorRegistry, tenant: Tenant, subject: StepSubject): readonly SecondFactor[] {
  if (subject.step?.name !== 'second-factor') return [];
  return factorsAsked(factors.readyFor(tenant, subject.session.user), interactionOf(tenant, subject));
}
