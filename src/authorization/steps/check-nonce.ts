import { InvalidRequestError } from '../../oauth/oauth-error.js';
import type { AuthorizationStep } from '../authorization-steps.js';

const MAX_NONCE_LENGTH = 2048;

/** OpenID Connect Core §3.2.2.1 and §3.3.2.1: required when an ID token comes through the browser. */
export const checkNonce: AuthorizationStep = ({ params }) => {
  const nonce = params.find('nonce');
  if (nonce !== undefined && nonce.length > MAX_NONCE_LENGTH) throw new InvalidRequestError('nonce is too long.');
  if (nonce === undefined && params.get('response_type').split(' ').includes('id_token')) {
    throw new InvalidRequestError('nonce is required for this response type.');
  }
  return { nonce };
};
