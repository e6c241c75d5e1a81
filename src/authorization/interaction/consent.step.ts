import { Injectable } from '@nestjs/common';
import { ConsentService } from '../../consent/consent.service.js';
import { ConsentRequiredError } from '../../oauth/oauth-error.js';
import type { InteractionStep, SignedInInteraction } from '../interaction-step.js';

/** OpenID Connect Core §3.1.2.4: the person allows what the client asks for. */
@Injectable()
export class ConsentStep implements InteractionStep {
  readonly name = 'consent';
  readonly page = '/consent';

  constructor(private readonly consents: ConsentService) {}

  silentError(): ConsentRequiredError {
    return new ConsentRequiredError('The user has to consent.');
  }

  async isNeeded({ request, session, repeats, review }: SignedInInteraction): Promise<boolean> {
    if (!request) return false;
    if (request.prompt.has('consent') && !repeats) return true;
    const { tenant, client, access } = request;
    const { missing } = await (review?.() ?? this.consents.review(tenant.id, session.user.id, client, access));
    return missing.size > 0;
  }
}
