import type { IdTokenHintVerifier } from '../tokens/id-token-hint.js';
import type { AccessResolver } from '../resources/access-resolver.js';
import type { AuthorizationRequest, ProvenRequest } from './authorization-request.js';
import { checkIdTokenHint } from './steps/check-id-token-hint.js';
import { checkMaxAge } from './steps/check-max-age.js';
import { checkNonce } from './steps/check-nonce.js';
import { checkPkce } from './steps/check-pkce.js';
import { checkPrompt } from './steps/check-prompt.js';
import { checkResponseMode } from './steps/check-response-mode.js';
import { checkResponseType } from './steps/check-response-type.js';
import { checkScope } from './steps/check-scope.js';
import { checkState } from './steps/check-state.js';
import { refuseRepeated } from './steps/refuse-repeated.js';
import { refuseRequestObject } from './steps/refuse-request-object.js';

/** What steps may ask beyond the request itself. */
export interface StepTools {
  readonly accessResolver: AccessResolver;
  readonly idTokenHints: IdTokenHintVerifier;
}

/** Checks one thing; returns what it established, or throws the error that goes to the client. */
export type AuthorizationStep = (
  request: ProvenRequest,
  tools: StepTools,
) => Partial<AuthorizationRequest> | Promise<Partial<AuthorizationRequest>>;

/**
 * THE TABLE of checks, in the order of their errors. The client and its redirect URI were proven before, by
 * `check-client.ts` and `check-redirect-uri.ts`, whose errors go to a page and never to the client.
 */
export const authorizationSteps: readonly AuthorizationStep[] = [
  refuseRepeated, //       RFC 6749 §3.1
  checkState, //           RFC 6749 §4.1.1
  refuseRequestObject, //  Core §6.1, §6.2
  checkResponseType, //    RFC 6749 §3.1.1
  checkResponseMode, //    Multiple Response Types §2.1, Form Post §2
  checkScope, //           RFC 6749 §3.3, RFC 8707 §2.1
  checkPkce, //            RFC 7636 §4.4.1
  checkNonce, //           Core §3.2.2.1
  checkPrompt, //          Core §3.1.2.1
  checkMaxAge, //          Core §3.1.2.1
  checkIdTokenHint, //     Core §3.1.2.1
];
