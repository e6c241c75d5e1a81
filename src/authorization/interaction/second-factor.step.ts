import { Injectable } from '@nestjs/common';
import { FactorRegistry } from '../../authentication/factor.registry.js';
import { LoginRequiredError } from '../../oauth/oauth-error.js';
import type { InteractionStep, SignedInInteraction } from '../interaction-step.js';
import { demandsOf, factorsAsked } from './second-factor-demand.js';

/** A person who has a second factor proves it, when it is demanded. */
@Injectable()
export class SecondFactorStep implements InteractionStep {
  readonly name = 'second-factor';
  readonly page = '/second-factor';

  constructor(private readonly factors: FactorRegistry) {}

  silentError(): LoginRequiredError {
    return new LoginRequiredError('The user has to prove a second factor.');
  }

  isNeeded(interaction: SignedInInteraction): boolean {
    if (demandsOf(interaction).length === 0) return false;
    const ready = this.factors.readyFor(interaction.tenant, interaction.session.user);
    return factorsAsked(ready, interaction).length > 0;
  }
}
