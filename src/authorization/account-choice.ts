import type { AuthorizationRequest } from './authorization-request.js';
import type { VisitingBrowser } from './pending-requests.js';
import type { Session } from '../sessions/session.js';

/**
 * Kept with a pending request: the id of the user that was chosen for it. It counts for kept requests alone, and a client
 * cannot send it, because only what clients may send is kept of theirs.
 */
export const CHOSEN_ACCOUNT = 'chosen_account';

/** Whether the request, or the person for this request, says that it is about this account (Core §3.1.2.1). */
export function isChosen(
  { hintedSubject, params }: AuthorizationRequest,
  session: Session,
  requestedAt: number | undefined,
): boolean {
  if (requestedAt !== undefined && params.find(CHOSEN_ACCOUNT) === session.user.id) return true;
  if (hintedSubject !== undefined) return hintedSubject === session.user.id;
  return isNamed(session, params.find('login_hint'));
}

/**
 * The browser, with the account in use that `id_token_hint` or `login_hint` names, if it has that. What the person did for
 * this request goes first: they signed in, or chose.
 */
export function withNamedAccount<Browser extends VisitingBrowser>(
  request: AuthorizationRequest,
  browser: Browser,
  requestedAt?: number,
): Browser {
  const { hintedSubject, params, prompt } = request;
  if (!browser.others?.length || prompt.has('select_account')) return browser;
  const isDecided = (session: Session) =>
    requestedAt !== undefined && (session.authTime >= requestedAt || params.find(CHOSEN_ACCOUNT) === session.user.id);
  if (browser.session && isDecided(browser.session)) return browser;
  const hint = params.find('login_hint');
  const isMeant = (session: Session) =>
    hintedSubject === undefined ? isNamed(session, hint) : session.user.id === hintedSubject;
  if (browser.session && isMeant(browser.session)) return browser;
  const named = browser.others.find(({ session }) => isMeant(session));
  return named ? { ...browser, session: named.session } : browser;
}

function isNamed({ user }: Session, hint: string | undefined): boolean {
  if (hint === undefined) return false;
  return [user.username, user.email].some((name) => name?.toLowerCase() === hint.toLowerCase());
}
