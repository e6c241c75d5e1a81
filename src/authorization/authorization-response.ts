import type { OAuthError } from '../oauth/oauth-error.js';
import { safeDescription } from '../oauth/oauth-error.js';
import type { ProvenRequest, ResponseModeName } from './authorization-request.js';
import type { Delivery } from './response-modes/response-mode.js';
import { responseModes } from './response-modes/response-modes.js';
import { responseModeFor } from './steps/check-response-mode.js';
import { stateToReturn } from './steps/check-state.js';

/** What goes back to the client: RFC 6749 §4.1.2, §4.2.2; always with `iss` (RFC 9207 §2). */
export interface AuthorizationResponse {
  readonly redirectUri: string;
  readonly mode: ResponseModeName;
  readonly params: Readonly<Record<string, string>>;
}

export function successResponse(request: ProvenRequest, params: Record<string, string>): AuthorizationResponse {
  return response(request, params);
}

/** RFC 6749 §4.1.2.1. Only for errors that are found after client and redirect URI were proven. */
export function errorResponse(request: ProvenRequest, error: OAuthError): AuthorizationResponse {
  return response(request, { error: error.code, error_description: safeDescription(error.message) });
}

export function deliver({ mode, redirectUri, params }: AuthorizationResponse): Delivery {
  const responseMode = responseModes.find(({ name }) => name === mode);
  if (!responseMode) throw new Error(`There is no response mode ${mode}.`);
  return responseMode.deliver(redirectUri, params);
}

function response(request: ProvenRequest, own: Record<string, string>): AuthorizationResponse {
  const { tenant, params, redirectUri } = request;
  const state = stateToReturn(params);
  return {
    redirectUri,
    mode: responseModeFor(request),
    params: { ...own, ...(state !== undefined && { state }), iss: tenant.issuer },
  };
}
