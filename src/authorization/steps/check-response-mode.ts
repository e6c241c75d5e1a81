import { InvalidRequestError } from '../../oauth/oauth-error.js';
import { parseResponseType, partsOf } from '../../oauth/response-type.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import type { ResponseModeName } from '../authorization-request.js';
import type { AuthorizationStep } from '../authorization-steps.js';
import { responseModes } from '../response-modes/response-modes.js';

/** OAuth 2.0 Multiple Response Types §2.1: how the answer travels; tokens never in a query. */
export const checkResponseMode: AuthorizationStep = ({ params }) => {
  const asked = params.find('response_mode');
  if (asked !== undefined && allowedMode(params) === undefined) {
    throw new InvalidRequestError('response_mode is not supported, or not for this response type.');
  }
  return { responseMode: responseModeFor(params) };
};

/** The mode of any answer to these parameters, errors included: the one asked for, or the response type's default. */
export function responseModeFor(params: OAuthParameters): ResponseModeName {
  return allowedMode(params) ?? (carriesTokens(params) ? 'fragment' : 'query');
}

function allowedMode(params: OAuthParameters): ResponseModeName | undefined {
  const asked = params.find('response_mode');
  const mode = responseModes.find(({ name }) => name === asked)?.name;
  return mode === 'query' && carriesTokens(params) ? undefined : mode;
}

function carriesTokens(params: OAuthParameters): boolean {
  const responseType = parseResponseType(params.find('response_type') ?? '');
  return responseType !== undefined && partsOf(responseType).some((part) => part !== 'code');
}
