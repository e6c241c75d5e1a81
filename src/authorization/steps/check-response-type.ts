import { checkGrantType } from '../../grants/allowed-grant-types.js';
import { UnauthorizedClientError, UnsupportedResponseTypeError, quoted } from '../../oauth/oauth-error.js';
import { grantTypesOf, parseResponseType } from '../../oauth/response-type.js';
import type { AuthorizationStep, Established } from '../authorization-step.js';

/** RFC 6749 §3.1.1: a registered response type, which client and tenant both allow. */
export const checkResponseType: AuthorizationStep<Established<'responseType'>> = ({ tenant, client, params }) => {
  const asked = params.get('response_type');
  const responseType = parseResponseType(asked);
  if (!responseType) throw new UnsupportedResponseTypeError(`The response type ${quoted(asked)} is not supported.`);
  if (!client.responseTypes.includes(responseType)) {
    throw new UnauthorizedClientError(
      `The client is not registered for the response type ${quoted(responseType)} (response_types).`,
    );
  }
  for (const grantType of grantTypesOf(responseType)) checkGrantType(tenant, client, grantType);
  return { responseType };
};
