import type { ScopesByResource } from '../consent/optional-scopes.js';
import type { AuthorizationResponse } from './authorization-response.js';
import type { Session } from '../sessions/session.js';
import type { InteractionStep } from './interaction-step.js';
import type { LoadedRequest } from './pending-requests.js';

/** The result of a step: an answer for the client, or the next page for the person. */
export type Outcome =
  | { readonly kind: 'respond'; readonly response: AuthorizationResponse }
  /** The person's own account page: what they want to undo was done, and can be undone there. */
  | { readonly kind: 'account' }
  /** The request is kept. The browser goes on with it by `/authorize/resume`, and brings its cookies there. */
  | { readonly kind: 'kept'; readonly requestId: string }
  | {
      readonly kind: 'step';
      readonly step: InteractionStep;
      readonly requestId: string;
      /**
       * The interaction of a request that arrived just now and needs a sign-in. Its page can be the answer at once,
       * without a redirect.
       */
      readonly interaction?: PendingInteraction;
      /** The account of this browser that the request is about, where that is not the one in use. */
      readonly account?: Session;
    };

/** A pending request as its pages show it. */
export interface PendingInteraction extends LoadedRequest {
  readonly id: string;
  /** What the person has to do before the client is answered; undefined: nothing any more. */
  readonly next: InteractionStep | undefined;
  /** What the user has not allowed so far. */
  readonly missing: ScopesByResource;
  /** What the user left out before, of what is optional. */
  readonly declined: ScopesByResource;
}
