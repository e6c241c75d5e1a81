import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { Session } from '../../sessions/session.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { SignedInPlace } from '../account-content.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { AccountFrames } from '../frame/account-frames.js';
import { redirect } from '../outcome-responder.js';
import { PageResponder, pathOf } from '../page-responder.js';

const ADDRESS = '/account/sessions';

/** Where the person is signed in, and ending it. */
@Injectable()
export class SessionsFlow {
  constructor(
    private readonly frames: AccountFrames,
    private readonly pages: PageResponder,
    private readonly sessions: SessionsService,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const session = await this.frames.enter(request, response, tenant, { address: '/account/sessions' });
    if (!session) return;
    const places = await this.places(request, tenant, session);
    const endOthers = { path: '/account/end-other-sessions', purpose: 'account/sessions' } as const;
    this.pages.send(response, {
      page: 'account-sessions',
      ...this.frames.frame(request, tenant, session, ADDRESS),
      places,
      ...(places.length > 1 && { endOthers: this.pages.form(request, tenant, endOthers) }),
    });
  }

  /** Ends one of the person's other sessions, or all of them. What is not theirs is not there. */
  async endSessions(request: PageRequest, response: Response, tenant: Tenant, id?: string): Promise<void> {
    const session = await this.frames.enter(request, response, tenant, { address: '/account/sessions' });
    if (!session) return;
    await this.sessions.endOthers(tenant, session, browserOf(request).origin, id);
    redirect(response, pathOf(tenant, `${ADDRESS}?sessions_ended`));
  }

  private async places(request: PageRequest, tenant: Tenant, current: Session): Promise<SignedInPlace[]> {
    const found = await this.sessions.list(tenant, current.user.id);
    const places = found.map(({ id, userAgent, address, authTime, lastSeenAt }) => ({
      ...(userAgent !== undefined && { userAgent }),
      ...(address !== undefined && { address }),
      signedInAt: authTime,
      lastSeenAt,
      ...(id !== current.id && {
        end: this.pages.form(request, tenant, {
          path: '/account/end-session',
          purpose: 'account/sessions',
          hidden: { session: id },
        }),
      }),
    }));
    return [...places.filter(({ end }) => !end), ...places.filter(({ end }) => end)];
  }
}
