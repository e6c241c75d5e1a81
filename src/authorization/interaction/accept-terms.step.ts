import { Injectable } from '@nestjs/common';
import { InteractionRequiredError } from '../../oauth/oauth-error.js';
import { needsTerms } from '../../registration/terms.js';
import type { InteractionStep, SignedInInteraction } from '../interaction-step.js';

/** A person accepts the tenant's terms, or a newer version of them (policy `terms_version`). */
@Injectable()
export class AcceptTermsStep implements InteractionStep {
  readonly name = 'accept-terms';
  readonly page = '/accept-terms';

  silentError(): InteractionRequiredError {
    return new InteractionRequiredError('The user has to accept the terms.');
  }

  isNeeded({ tenant, session }: SignedInInteraction): boolean {
    return needsTerms(tenant, session.user);
  }
}
