import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ClientAuthenticator } from '../clients/authentication/client-authenticator.js';
import type { Client } from '../clients/client.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import type { Tenant } from '../tenants/tenant.js';
import { readForm } from './form-body.js';
import { type OAuthRequest, originOf } from './oauth-request.js';

/** Reads the form and proves which client sent it (RFC 6749 §3.2.1). Comes after the tenant guard. */
@Injectable()
export class ClientAuthenticationGuard implements CanActivate {
  constructor(private readonly authenticator: ClientAuthenticator) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<OAuthRequest>();
    const { tenant } = request;
    if (!tenant) throw new Error('The ClientAuthenticationGuard comes after the TenantGuard.');
    const { client, params } = await authenticateClient(this.authenticator, request, tenant);
    request.oauthParams = params;
    request.client = client;
    return true;
  }
}

/**
 * @param beforehand called once the form is there, before the client is looked for
 * @throws OAuthError for a body that is no form, a repeated parameter, and a client that does not prove itself
 */
export async function authenticateClient(
  authenticator: ClientAuthenticator,
  request: OAuthRequest,
  tenant: Tenant,
  beforehand?: () => void,
): Promise<{ readonly client: Client; readonly params: OAuthParameters }> {
  const params = (await readForm(request)).refuseRepeated();
  beforehand?.();
  const { authorization } = request.headers;
  const client = await authenticator.authenticate({ tenant, authorization, params, origin: originOf(request) });
  return { client, params };
}
