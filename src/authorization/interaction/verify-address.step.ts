import { Injectable } from '@nestjs/common';
import { InteractionRequiredError } from '../../oauth/oauth-error.js';
import { needsVerifiedEmail } from '../../registration/address-proofs.js';
import type { InteractionStep, SignedInInteraction } from '../interaction-step.js';

/** A person proves their e-mail address, where the tenant's policy `require_verified_email` asks for it. */
@Injectable()
export class VerifyAddressStep implements InteractionStep {
  readonly name = 'verify-address';
  readonly page = '/verify-address';

  silentError(): InteractionRequiredError {
    return new InteractionRequiredError('The user has to verify an e-mail address.');
  }

  isNeeded({ tenant, session }: SignedInInteraction): boolean {
    return needsVerifiedEmail(tenant, session.user);
  }
}
