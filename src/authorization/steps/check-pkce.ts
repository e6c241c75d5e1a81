import { isConfidential } from '../../clients/client.js';
import { InvalidRequestError, quoted } from '../../oauth/oauth-error.js';
import { isCodeChallenge } from '../../oauth/pkce.js';
import { partsOf } from '../../oauth/response-type.js';
import type { ProvenRequest } from '../authorization-request.js';
import type { AuthorizationStep, Established } from '../authorization-step.js';

/** RFC 7636 §4.3, §4.4.1; S256 only (RFC 9700 §2.1.1). */
export const checkPkce: AuthorizationStep<Established<'codeChallenge'>, Established<'responseType' | 'access'>> = (
  request,
) => {
  const { params, responseType } = request;
  if (!partsOf(responseType).includes('code')) return { codeChallenge: undefined };
  const codeChallenge = params.find('code_challenge');
  const method = params.find('code_challenge_method');
  if (codeChallenge === undefined) {
    if (method !== undefined) throw new InvalidRequestError('code_challenge_method comes without code_challenge.');
    const missing = findMissing(request);
    if (missing) throw new InvalidRequestError(missing);
    return { codeChallenge };
  }
  // An absent method means plain (§4.3), which protects against nothing that reads the request.
  if (method !== 'S256') {
    throw new InvalidRequestError(`code_challenge_method must be S256, and is ${quoted(method ?? 'absent')}.`);
  }
  if (!isCodeChallenge(codeChallenge)) {
    throw new InvalidRequestError('code_challenge is not a SHA-256 hash in base64url.');
  }
  return { codeChallenge };
};

/**
 * OAuth 2.1 §7.5.1 and RFC 9700 §2.1.1: a public client always sends a challenge. A confidential one may send a nonce
 * instead, which its ID token brings back and which the client checks; without `openid` there is no ID token.
 */
function findMissing({ tenant, client, params, access }: ProvenRequest & Established<'access'>): string | undefined {
  const ofClient = tenant.clientLocks.has('requirePkce') ? undefined : client.requirePkce;
  const rule = isConfidential(client) ? (ofClient ?? tenant.policy.requirePkce) : true;
  if (rule === false) return undefined;
  const challenge = 'code_challenge is required (PKCE with S256, RFC 7636)';
  if (!isConfidential(client)) return `${challenge}: the client is public. Switch PKCE on in the application.`;
  if (rule === true) return `${challenge} by require_pkce of ${ofClient ? 'the client' : 'the tenant'}.`;
  if (access.openid.includes('openid') && params.find('nonce') !== undefined) return undefined;
  return (
    `${challenge}, or with the scope openid a nonce. Switch PKCE on in the application (code_challenge_method=S256), or ` +
    'set require_pkce: false of the client or the tenant here.'
  );
}
