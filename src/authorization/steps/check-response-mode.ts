import { InvalidRequestError, quoted } from '../../oauth/oauth-error.js';
import { type ResponseType, parseResponseType, partsOf } from '../../oauth/response-type.js';
import type { ProvenRequest, ResponseModeName } from '../authorization-request.js';
import type { AuthorizationStep, Established } from '../authorization-step.js';
import { responseModes } from '../response-modes/response-modes.js';

/**
 * OAuth 2.0 Multiple Response Types §2.1: the response mode. Tokens are never sent in a query. `form_post` is refused
 * for a private-use scheme (RFC 8252 §7.1), because browsers do not post forms there.
 */
export const checkResponseMode: AuthorizationStep<Established<'responseMode'>, Established<'responseType'>> = ({
  params,
  redirectUri,
  responseType,
}) => {
  const asked = params.find('response_mode');
  const byDefault = defaultMode(responseType);
  if (asked === undefined) return { responseMode: byDefault };
  const responseMode = allowedMode(asked, byDefault, redirectUri);
  if (responseMode === undefined) {
    throw new InvalidRequestError(
      `response_mode ${quoted(asked)} is not supported, or not for this response type or redirect URI.`,
    );
  }
  return { responseMode };
};

/**
 * The mode of an answer to a request that may be wrong in any other way: the one asked for where it is allowed, or the
 * response type's default.
 */
export function responseModeFor({ params, redirectUri }: ProvenRequest): ResponseModeName {
  const byDefault = defaultMode(parseResponseType(params.find('response_type') ?? ''));
  return allowedMode(params.find('response_mode'), byDefault, redirectUri) ?? byDefault;
}

function allowedMode(
  asked: string | undefined,
  byDefault: ResponseModeName,
  redirectUri: string,
): ResponseModeName | undefined {
  const mode = responseModes.find(({ name }) => name === asked)?.name;
  if (mode === 'query' && byDefault === 'fragment') return undefined;
  return mode === 'form_post' && !/^https?:/.test(redirectUri) ? undefined : mode;
}

function defaultMode(responseType: ResponseType | undefined): ResponseModeName {
  const carriesTokens = responseType !== undefined && partsOf(responseType).some((part) => part !== 'code');
  return carriesTokens ? 'fragment' : 'query';
}
