import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { randomSecret } from '../../crypto/random.js';
import { originOf } from '../../protocol/oauth-request.js';
import { readCookies, readRequestSecrets } from '../../sessions/browser-cookies.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import type { PageRequest } from './current-browser.js';

/**
 * Recognises the browser and its session by the tenant's cookies. It runs after the tenant guard and refuses nobody.
 */
@Injectable()
export class BrowserGuard implements CanActivate {
  constructor(private readonly sessions: SessionsService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<PageRequest>();
    const { tenant } = request;
    if (!tenant) throw new Error('The BrowserGuard comes after the TenantGuard.');
    const cookies = readCookies(tenant, request.headers.cookie);
    request.browser = {
      secret: cookies.browser ?? randomSecret(),
      otherSecrets: readRequestSecrets(tenant, request.headers.cookie),
      isNew: cookies.browser === undefined,
      sessionSecret: cookies.session,
      deviceSecret: cookies.device,
      session: await this.sessions.find(tenant, cookies.session),
      origin: originOf(request),
    };
    return true;
  }
}
