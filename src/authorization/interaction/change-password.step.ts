import { Injectable } from '@nestjs/common';
import { InteractionRequiredError } from '../../oauth/oauth-error.js';
import type { InteractionStep, SignedInInteraction } from '../interaction-step.js';

/** A person whose password somebody else knows chooses another: an administrator, or a policy of the tenant, asks for it. */
@Injectable()
export class ChangePasswordStep implements InteractionStep {
  readonly name = 'change-password';
  readonly page = '/change-password';

  silentError(): InteractionRequiredError {
    return new InteractionRequiredError('The user has to choose a new password.');
  }

  isNeeded({ session }: SignedInInteraction): boolean {
    return session.user.mustChangePassword;
  }
}
