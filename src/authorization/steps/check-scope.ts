import { InvalidScopeError, InvalidTargetError, quoted } from '../../oauth/oauth-error.js';
import { partsOf } from '../../oauth/response-type.js';
import { parseScope, without } from '../../oauth/scope.js';
import { isSameResource } from '../../resources/resource-identifier.js';
import type { AuthorizationStep, Established } from '../authorization-step.js';

/** RFC 6749 §3.3 and RFC 8707 §2.1: what is asked for, told apart by protected resource. */
export const checkScope: AuthorizationStep<Established<'access'>, Established<'responseType'>> = async (
  request,
  { accessResolver },
) => {
  const { tenant, client, params } = request;
  const parts = partsOf(request.responseType);
  const asked = parseScope(params.find('scope'));
  // Core §11: offline_access is ignored where no refresh token could follow.
  const mayRefresh = parts.includes('code') && client.grantTypes.includes('refresh_token');
  const scope = mayRefresh ? asked : without(asked, ['offline_access']);
  // Core §3.1.2.1: without openid it is not an OpenID Connect request, and nobody's ID token can be asked for.
  if (parts.includes('id_token') && !scope.includes('openid')) {
    throw new InvalidScopeError('The response type has id_token, and an ID token needs the scope openid.');
  }
  const resources = params.all('resource');
  const [first = ''] = resources;
  if (parts.includes('token') && !resources.every((resource) => isSameResource(resource, first))) {
    throw new InvalidTargetError(`A token is for one resource; ask for one of ${quoted(resources)}, or for a code.`);
  }
  return { access: await accessResolver.resolve(tenant, client, { scope, resources, whenUnscoped: 'nothing' }) };
};
