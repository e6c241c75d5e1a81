import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ClientAuthenticator } from '../clients/authentication/client-authenticator.js';
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
    const params = (await readForm(request)).refuseRepeated();
    request.oauthParams = params;
    request.client = await this.authenticator.authenticate({
      tenant,
      authorization: request.headers.authorization,
      params,
      origin: originOf(request),
    });
    return true;
  }
}
