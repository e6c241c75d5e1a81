import { type Client, isConfidential } from '../../clients/client.js';
import { InvalidRequestError } from '../../oauth/oauth-error.js';
import { isCodeChallenge } from '../../oauth/pkce.js';
import { partsOf } from '../../oauth/response-type.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { AuthorizationStep, Established } from '../authorization-step.js';

/** RFC 7636 §4.3, §4.4.1; S256 only (RFC 9700 §2.1.1). */
export const checkPkce: AuthorizationStep<Established<'codeChallenge'>, Established<'responseType'>> = ({
  tenant,
  client,
  params,
  responseType,
}) => {
  if (!partsOf(responseType).includes('code')) return { codeChallenge: undefined };
  const codeChallenge = params.find('code_challenge');
  const method = params.find('code_challenge_method');
  if (codeChallenge === undefined) {
    if (method !== undefined) throw new InvalidRequestError('code_challenge_method comes without code_challenge.');
    if (requiresPkce(tenant, client)) throw new InvalidRequestError('code_challenge is required.');
    return { codeChallenge };
  }
  // An absent method means plain (§4.3), which protects against nothing that reads the request.
  if (method !== 'S256') throw new InvalidRequestError('code_challenge_method must be S256.');
  if (!isCodeChallenge(codeChallenge))
    throw new InvalidRequestError('code_challenge is not a SHA-256 hash in base64url.');
  return { codeChallenge };
};

/** RFC 9700 §2.1.1: public clients always; a confidential one may be excused by itself or its tenant. */
function requiresPkce(tenant: Tenant, client: Client): boolean {
  return !isConfidential(client) || (client.requirePkce ?? tenant.policy.requirePkce);
}
