import { InvalidScopeError, InvalidTargetError } from '../../oauth/oauth-error.js';
import { parseResponseType, partsOf } from '../../oauth/response-type.js';
import { type Scope, parseScope, without } from '../../oauth/scope.js';
import type { ProvenRequest } from '../authorization-request.js';
import type { AuthorizationStep } from '../authorization-steps.js';

/** RFC 6749 §3.3 and RFC 8707 §2.1: what is asked for, told apart by protected resource. */
export const checkScope: AuthorizationStep = async (request, { accessResolver }) => {
  const { tenant, client, params } = request;
  const scope = withoutUselessOfflineAccess(request, parseScope(params.find('scope')));
  const parts = partsOf(parseResponseType(params.get('response_type')) ?? 'code');
  // Core §3.1.2.1: without openid it is not an OpenID Connect request, and nobody's ID token can be asked for.
  if (parts.includes('id_token') && !scope.includes('openid')) {
    throw new InvalidScopeError('An ID token needs the scope openid.');
  }
  const resources = params.all('resource');
  if (parts.includes('token') && new Set(resources).size > 1) {
    throw new InvalidTargetError('A token is for one resource; ask for one, or for a code.');
  }
  return { access: await accessResolver.resolve(tenant, client, { scope, resources, whenUnscoped: 'nothing' }) };
};

/** Core §11: offline_access is ignored where no refresh token could follow. */
function withoutUselessOfflineAccess({ client, params }: ProvenRequest, scope: Scope): Scope {
  const givesCode = (params.find('response_type') ?? '').split(' ').includes('code');
  return givesCode && client.grantTypes.includes('refresh_token') ? scope : without(scope, ['offline_access']);
}
