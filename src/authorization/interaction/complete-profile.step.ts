import { Injectable } from '@nestjs/common';
import { InteractionRequiredError } from '../../oauth/oauth-error.js';
import { missingAttributes } from '../../users/attribute-values.js';
import type { InteractionStep, SignedInInteraction } from '../interaction-step.js';

/**
 * A person fills in what the tenant requires of its users (`required_at` of an attribute), on their way to an application.
 * The account pages ask for nothing: whoever does not want to tell it can still take their data along and leave.
 */
@Injectable()
export class CompleteProfileStep implements InteractionStep {
  readonly name = 'complete-profile';
  readonly page = '/complete-profile';

  silentError(): InteractionRequiredError {
    return new InteractionRequiredError('The user has to complete the profile.');
  }

  isNeeded({ tenant, session, request }: SignedInInteraction): boolean {
    if (!request) return false;
    return missingAttributes(tenant.userAttributes, session.user.attributes, 'sign_in').length > 0;
  }
}
