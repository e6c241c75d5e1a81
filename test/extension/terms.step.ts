import { Injectable } from '@nestjs/common';
import type { InteractionStep, SignedInInteraction } from '../../src/authorization/interaction-step.js';
import { InteractionRequiredError } from '../../src/oauth/oauth-error.js';

/** Somebody else's step: whoever has a nickname has read the terms. */
@Injectable()
export class TermsStep implements InteractionStep {
  readonly name = 'terms';
  readonly page = '/account/terms';

  silentError(): InteractionRequiredError {
    return new InteractionRequiredError('The user has to read the terms.');
  }

  isNeeded({ session }: SignedInInteraction): boolean {
    return session.user.claims.nickname === undefined;
  }
}
