import { LoginRequiredError } from '../oauth/oauth-error.js';
import type { Session } from '../sessions/session.js';
import type { AuthorizationRequest } from './authorization-request.js';
import { isChosen } from './account-choice.js';
import { RefusedRequest } from './authorization-validator.js';

/**
 * Whether the person has to sign in, or sign in again, OpenID Connect Core §3.1.2.1. A sign-in that was made for this
 * very request satisfies all of its demands.
 */
export function needsSignIn(
  request: AuthorizationRequest,
  session: Session,
  requestedAt: number | undefined,
  hasOthers = false,
): boolean {
  const { prompt, maxAge, hintedSubject } = request;
  const fresh = requestedAt !== undefined && session.authTime >= requestedAt;
  if (hintedSubject !== undefined && hintedSubject !== session.user.id) {
    // The person signed in as somebody other than `id_token_hint` names. Asking again would never end (Core §3.1.2.1).
    if (fresh) throw new RefusedRequest(request, new LoginRequiredError('Another user signed in.'));
    return true;
  }
  if (fresh) return false;
  // OpenID Connect Prompt Create 1.0: whoever is signed in makes another account all the same.
  if (prompt.has('login') || prompt.has('select_account') || prompt.has('create')) return true;
  // Several accounts, and nothing says which. A client that may not ask gets the one in use.
  if (hasOthers && !prompt.has('none') && !isChosen(request, session, requestedAt)) return true;
  return maxAge !== undefined && Date.now() / 1000 - session.authTime > maxAge;
}
