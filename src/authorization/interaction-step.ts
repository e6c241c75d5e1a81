import type { Type } from '@nestjs/common';
import type { OAuthError } from '../oauth/oauth-error.js';
import type { ConsentReview } from '../consent/consent.service.js';
import type { Session } from '../sessions/session.js';
import type { Tenant } from '../tenants/tenant.js';
import type { AuthorizationRequest } from './authorization-request.js';

/** Who wants what, as far as it is known: what steps look at. */
export interface Interaction {
  readonly tenant: Tenant;
  readonly session: Session | undefined;
  /** The browser is signed in with other accounts, too. */
  readonly hasOthers?: boolean;
  /** Undefined: the person wants to see their own account pages. */
  readonly request: AuthorizationRequest | undefined;
  /** When the request came, Unix time in seconds with fractions; undefined when it came just now. */
  readonly requestedAt: number | undefined;
  /**
   * It is about a change of what protects the account: a second factor is really given, and lately. A remembered browser
   * does not stand for it (NIST SP 800-63B-4 §4.1.2.1).
   */
  readonly isSensitive?: boolean;
  /** The request was answered a moment ago, and is answered again if nothing stands against it. */
  readonly repeats?: boolean;
  /** What the person allowed before, when somebody is signed in. It is read once, for the step and for its page. */
  readonly review?: () => Promise<ConsentReview>;
}

/** The same when somebody is signed in: all steps but the first are asked then. */
export interface SignedInInteraction extends Interaction {
  readonly session: Session;
}

/**
 * Something that a person may have to do before an authorization request is answered, or before they see their account
 * pages; a member of `interaction-steps.ts`. Its page is shown at `page`, with the parameter `request` for the id of a
 * pending request. What the page's form does has to end with `AuthorizationService.proceed` or `resume`, which asks the
 * steps again: a form that was sent out of turn leads to the step that is due.
 */
export interface InteractionStep {
  readonly name: string;
  /** Below the tenant's address. */
  readonly page: `/${string}`;
  /** For `prompt=none`, OpenID Connect Core §3.1.2.6: the person would have to do this. */
  silentError(): OAuthError;
  /** @throws OAuthError which is answered to the client: the person cannot do what the request needs */
  isNeeded(interaction: SignedInInteraction): boolean | Promise<boolean>;
}

/** Injection token of the list of steps after the sign-in (`AppModule.forRoot` may add some). */
export const INTERACTION_STEPS = Symbol('InteractionSteps');

export type InteractionStepType = Type<InteractionStep>;
