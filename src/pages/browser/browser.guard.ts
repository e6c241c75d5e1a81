import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { randomSecret } from '../../crypto/random.js';
import { originOf } from '../../protocol/oauth-request.js';
import { readAccounts, readCookies, readRequestSecrets } from '../../sessions/browser-cookies.js';
import type { HeldSession } from '../../sessions/second-factor-proofs.js';
import type { Session } from '../../sessions/session.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import type { Tenant } from '../../tenants/tenant.js';
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
    const session = await this.sessions.find(tenant, cookies.session);
    const others = await this.othersOf(tenant, request.headers.cookie, session);
    request.browser = {
      secret: cookies.browser ?? randomSecret(),
      otherSecrets: readRequestSecrets(tenant, request.headers.cookie),
      isNew: cookies.browser === undefined,
      sessionSecret: cookies.session,
      deviceSecret: cookies.device,
      session,
      ...(others.length > 0 && { others }),
      origin: originOf(request),
    };
    return true;
  }

  /** The accounts beside the one in use. Only a browser that has some is looked at. */
  private async othersOf(
    tenant: Tenant,
    header: string | undefined,
    current: Session | undefined,
  ): Promise<readonly HeldSession[]> {
    if (tenant.policy.accountsPerBrowser === 1) return [];
    const secrets = readAccounts(tenant, header);
    const found = await Promise.all(
      secrets.map(async (secret) => ({ secret, session: await this.sessions.find(tenant, secret) })),
    );
    return found
      .flatMap(({ secret, session }) => (session && session.user.id !== current?.user.id ? [{ secret, session }] : []))
      .slice(0, tenant.policy.accountsPerBrowser - 1);
  }
}
