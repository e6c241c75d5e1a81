import { Injectable } from '@nestjs/common';
import type { Session } from '../../sessions/session.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import type { SignedInPlace } from '../page-content.js';
import { PageResponder } from '../page-responder.js';

/** Where a person is signed in, for the account page. */
@Injectable()
export class AccountSessions {
  constructor(
    private readonly sessions: SessionsService,
    private readonly pages: PageResponder,
  ) {}

  async list(request: PageRequest, tenant: Tenant, current: Session): Promise<SignedInPlace[]> {
    const found = await this.sessions.list(tenant, current.user.id);
    const places = found.map(({ id, userAgent, address, authTime, lastSeenAt }) => ({
      ...(userAgent !== undefined && { userAgent }),
      ...(address !== undefined && { address }),
      signedInAt: authTime,
      lastSeenAt,
      ...(id !== current.id && {
        end: this.pages.form(request, tenant, {
          path: '/account/end-session',
          purpose: 'sessions',
          hidden: { session: id },
        }),
      }),
    }));
    return [...places.filter(({ end }) => !end), ...places.filter(({ end }) => end)];
  }
}
