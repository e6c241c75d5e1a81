import { LoginRequiredError } from '../oauth/oauth-error.js';
import type { Session } from '../sessions/session.js';
import type { AuthorizationRequest } from './authorization-request.js';
import { RefusedRequest } from './authorization-validator.js';

/**
 * Whether the person has to sign in, again perhaps, OpenID Connect Core §3.1.2.1.
 * A sign-in that happened for this very request satisfies whatever it asked for.
 */
export function needsSignIn(request: AuthorizationRequest, session: Session, requestedAt: number | undefined): boolean {
  const { prompt, maxAge, hintedSubject } = request;
  const fresh = requestedAt !== undefined && session.authTime >= requestedAt;
  if (hintedSubject !== undefined && hintedSubject !== session.user.id) {
    // Somebody else signed in than the client means: asking again would go on for ever (Core §3.1.2.1).
    if (fresh) throw new RefusedRequest(request, new LoginRequiredError('Another user signed in.'));
    return true;
  }
  if (fresh) return false;
  if (prompt.has('login') || prompt.has('select_account')) return true;
  return maxAge !== undefined && Date.now() / 1000 - session.authTime > maxAge;
}
