import { InvalidRequestError } from '../../oauth/oauth-error.js';
import type { AuthorizationStep, Established } from '../authorization-step.js';

/** OpenID Connect Core §3.1.2.1: an ID token this tenant issued to this client, however old. */
export const checkIdTokenHint: AuthorizationStep<Established<'hintedSubject'>> = async (
  { tenant, client, params },
  { idTokenHints },
) => {
  const hint = params.find('id_token_hint');
  if (hint === undefined) return { hintedSubject: undefined };
  const verified = await idTokenHints.verify(tenant, hint);
  if (verified?.clientId !== client.clientId) {
    throw new InvalidRequestError('id_token_hint is not an ID token of this client.');
  }
  return { hintedSubject: verified.subject };
};
