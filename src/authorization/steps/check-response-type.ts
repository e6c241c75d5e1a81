import { checkGrantType } from '../../grants/allowed-grant-types.js';
import { UnauthorizedClientError, UnsupportedResponseTypeError } from '../../oauth/oauth-error.js';
import { grantTypesOf, parseResponseType } from '../../oauth/response-type.js';
import type { AuthorizationStep, Established } from '../authorization-step.js';

/** RFC 6749 §3.1.1: a registered response type, which client and tenant both allow. */
export const checkResponseType: AuthorizationStep<Established<'responseType'>> = ({ tenant, client, params }) => {
  const responseType = parseResponseType(params.get('response_type'));
  if (!responseType) throw new UnsupportedResponseTypeError('The response type is not supported.');
  if (!client.responseTypes.includes(responseType)) {
    throw new UnauthorizedClientError('The client is not registered for this response type.');
  }
  for (const grantType of grantTypesOf(responseType)) checkGrantType(tenant, client, grantType);
  return { responseType };
};
