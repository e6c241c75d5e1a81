import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { readAccessToken } from './bearer-token.js';
import type { OAuthRequest } from './oauth-request.js';

/** Reads the access token of a request (RFC 6750 §2). It does not verify the token; the protected resource does. */
@Injectable()
export class AccessTokenGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<OAuthRequest>();
    request.accessToken = await readAccessToken(request);
    return true;
  }
}
