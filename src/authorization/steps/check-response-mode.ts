import { InvalidRequestError } from '../../oauth/oauth-error.js';
import { parseResponseType, partsOf } from '../../oauth/response-type.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import type { ProvenRequest, ResponseModeName } from '../authorization-request.js';
import type { AuthorizationStep } from '../authorization-steps.js';
import { responseModes } from '../response-modes/response-modes.js';

/**
 * OAuth 2.0 Multiple Response Types §2.1: how the answer travels. Tokens never in a query; and a form only to where
 * browsers send one, which a private-use scheme (RFC 8252 §7.1) is not.
 */
export const checkResponseMode: AuthorizationStep = (request) => {
  const asked = request.params.find('response_mode');
  if (asked !== undefined && allowedMode(request) === undefined) {
    throw new InvalidRequestError('response_mode is not supported, or not for this response type or redirect URI.');
  }
  return { responseMode: responseModeFor(request) };
};

/** The mode of any answer to this request, errors included: the one asked for, or the response type's default. */
export function responseModeFor(request: ProvenRequest): ResponseModeName {
  return allowedMode(request) ?? (carriesTokens(request.params) ? 'fragment' : 'query');
}

function allowedMode({ params, redirectUri }: ProvenRequest): ResponseModeName | undefined {
  const asked = params.find('response_mode');
  const mode = responseModes.find(({ name }) => name === asked)?.name;
  if (mode === 'query' && carriesTokens(params)) return undefined;
  return mode === 'form_post' && !/^https?:/.test(redirectUri) ? undefined : mode;
}

function carriesTokens(params: OAuthParameters): boolean {
  const responseType = parseResponseType(params.find('response_type') ?? '');
  return responseType !== undefined && partsOf(responseType).some((part) => part !== 'code');
}
