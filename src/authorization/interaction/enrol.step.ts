import { Injectable } from '@nestjs/common';
import { FactorRegistry } from '../../authentication/factor.registry.js';
import { meets } from '../../authentication/assurance.js';
import { hasMark } from '../../authentication/proof.js';
import { InteractionRequiredError, UnmetAuthenticationRequirementsError } from '../../oauth/oauth-error.js';
import type { InteractionStep, SignedInInteraction } from '../interaction-step.js';
import { enrolmentDemandOf, wouldMeet } from './second-factor-demand.js';

/** A person without a second factor sets one up: because it is demanded, or because the tenant offers it. */
@Injectable()
export class EnrolStep implements InteractionStep {
  readonly name = 'enrol';
  readonly page = '/second-factor/enrol';

  constructor(private readonly factors: FactorRegistry) {}

  silentError(): InteractionRequiredError {
    return new InteractionRequiredError('The user has to set up a second factor.');
  }

  /** Asked after `SecondFactorStep`: whoever can meet the demand with a factor they have was led there. */
  isNeeded(interaction: SignedInInteraction): boolean {
    const { tenant, session } = interaction;
    const demand = enrolmentDemandOf(interaction);
    const enrollable = this.factors.enrollableFor(tenant, session.user);
    const fitting = demand ? enrollable.filter(({ factor }) => wouldMeet(demand, interaction, factor)) : enrollable;
    if (demand?.isStrict) {
      if (fitting.length > 0) return true;
      // OpenID Connect Core Error Code unmet_authentication_requirements 1.0 §2.
      throw new UnmetAuthenticationRequirementsError(
        'The user has no second factor that would meet the request, and cannot set one up here; the policy second_factor of the tenant decides.',
      );
    }
    if (fitting.length === 0 || hasMark(session.proofs, 'enrolmentSkipped')) return false;
    return demand !== undefined || (isOffered(interaction) && session.user.secondFactors.length === 0);
  }
}

/** Required from a later date is offered until then. Whoever has proven two factors needs no offer. */
function isOffered({ tenant, session }: SignedInInteraction): boolean {
  if (meets('two_factors', session.proofs)) return false;
  return tenant.policy.secondFactor === 'offered' || tenant.policy.secondFactor === 'required';
}
