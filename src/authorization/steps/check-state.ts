import { InvalidRequestError } from '../../oauth/oauth-error.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import type { AuthorizationStep, Established } from '../authorization-step.js';

/**
 * Characters. Long enough for a signed state that holds an application's own data. A longer state is refused, never
 * cut.
 */
const MAX_STATE_LENGTH = 8192;

/** The state as it goes back with any answer; one that is too long would make the address too long as well. */
export function stateToReturn(params: OAuthParameters): string | undefined {
  const state = params.find('state');
  return state !== undefined && state.length > MAX_STATE_LENGTH ? undefined : state;
}

/** RFC 6749 §4.1.1: opaque to us and returned unchanged. */
export const checkState: AuthorizationStep<Established<'state'>> = ({ params }) => {
  const state = params.find('state');
  if (state !== undefined && state.length > MAX_STATE_LENGTH)
    throw new InvalidRequestError(`state is longer than ${MAX_STATE_LENGTH} characters.`);
  return { state };
};
