import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { randomSecret } from '../../crypto/random.js';
import { originOf } from '../../protocol/oauth-request.js';
import { readAccounts, readCookies, readRequestSecrets } from '../../sessions/browser-cookies.js';
import type { HeldSession } from '../../sessions/held-session.js';
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
    const { session, others } = await this.sessionsOf(tenant, cookies.session, request.headers.cookie);
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

  /** The session in use, and those of the accounts beside it, where the tenant lets a browser have several. */
  private async sessionsOf(
    tenant: Tenant,
    secret: string | undefined,
    header: string | undefined,
  ): Promise<{ readonly session: Session | undefined; readonly others: readonly HeldSession[] }> {
    const { accountsPerBrowser } = tenant.policy;
    const current = secret === undefined ? [] : [secret];
    const beside = accountsPerBrowser === 1 ? [] : readAccounts(tenant, header);
    const found = await this.sessions.find(tenant, [...current, ...beside]);
    const session = found[current.length - 1];
    const others = beside.flatMap((one, index) => {
      const other = found[current.length + index];
      return other && other.user.id !== session?.user.id ? [{ secret: one, session: other }] : [];
    });
    return { session, others: others.slice(0, accountsPerBrowser - 1) };
  }
}
