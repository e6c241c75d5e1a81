import { Injectable } from '@nestjs/common';
import { InteractionRequiredError } from '../../oauth/oauth-error.js';
import type { InteractionStep, SignedInInteraction } from '../interaction-step.js';

/**
 * A person whose account is going to be deleted, because they asked for it, wants to use an application. They keep the
 * account, or the application gets no access. The pages of the account say it themselves. A silent request
 * (`prompt=none`) comes from an application that is in use; it goes on until the account is gone.
 */
@Injectable()
export class KeepAccountStep implements InteractionStep {
  readonly name = 'keep-account';
  readonly page = '/keep-account';

  silentError(): InteractionRequiredError {
    return new InteractionRequiredError('The user has to decide whether to keep the account.');
  }

  isNeeded({ session, request }: SignedInInteraction): boolean {
    return session.user.deletionScheduledFor !== undefined && request !== undefined && !request.prompt.has('none');
  }
}
