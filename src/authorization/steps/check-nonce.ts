import { InvalidRequestError, quoted } from '../../oauth/oauth-error.js';
import { partsOf } from '../../oauth/response-type.js';
import type { AuthorizationStep, Established } from '../authorization-step.js';

const MAX_NONCE_LENGTH = 2048;

/** OpenID Connect Core §3.2.2.1 and §3.3.2.1: required when an ID token comes through the browser. */
export const checkNonce: AuthorizationStep<Established<'nonce'>, Established<'responseType'>> = ({
  params,
  responseType,
}) => {
  const nonce = params.find('nonce');
  if (nonce !== undefined && nonce.length > MAX_NONCE_LENGTH)
    throw new InvalidRequestError(`nonce is longer than ${MAX_NONCE_LENGTH} characters.`);
  if (nonce === undefined && partsOf(responseType).includes('id_token')) {
    throw new InvalidRequestError(`nonce is required for the response type ${quoted(responseType)}.`);
  }
  return { nonce };
};
