import type { AuthorizationRequest } from './authorization-request.js';
import { AuthorizationPipeline } from './authorization-step.js';
import { checkAcr } from './steps/check-acr.js';
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

/**
 * THE TABLE of checks, in the order of their errors. The client and its redirect URI were proven before, by
 * `check-client.ts` and `check-redirect-uri.ts`, whose errors go to a page and never to the client. A new check is a file in
 * `steps` and a line here.
 */
export const authorizationSteps: AuthorizationPipeline<AuthorizationRequest> = AuthorizationPipeline.start
  .check(refuseRepeated) //       RFC 6749 §3.1
  .check(checkState) //           RFC 6749 §4.1.1
  .check(refuseRequestObject) //  Core §6.1, §6.2
  .check(checkResponseType) //    RFC 6749 §3.1.1
  .check(checkResponseMode) //    Multiple Response Types §2.1, Form Post §2
  .check(checkScope) //           RFC 6749 §3.3, RFC 8707 §2.1
  .check(checkPkce) //            RFC 7636 §4.4.1
  .check(checkNonce) //           Core §3.2.2.1
  .check(checkPrompt) //          Core §3.1.2.1
  .check(checkMaxAge) //          Core §3.1.2.1
  .check(checkAcr) //             Core §3.1.2.1, §5.5.1.1
  .check(checkIdTokenHint); //    Core §3.1.2.1
