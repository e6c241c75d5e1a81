import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { AuthorizationService } from '../../authorization/authorization.service.js';
import type { SignedUp, SignUpStart } from '../../registration/signed-up.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { replacedSecret, signIntoBrowser } from '../browser/held-accounts.js';
import { OutcomeResponder, redirect } from '../outcome-responder.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { MessageResponder } from './message.responder.js';

/** What follows when an account was made. */
@Injectable()
export class SignedUpResponder {
  constructor(
    private readonly authorization: AuthorizationService,
    private readonly outcomes: OutcomeResponder,
    private readonly pages: PageResponder,
    private readonly messages: MessageResponder,
    private readonly sessions: SessionsService,
  ) {}

  /** The browser as the services see it. */
  startOf(request: PageRequest, tenant: Tenant, username?: string): SignUpStart {
    const browser = browserOf(request);
    const userAgent = request.headers['user-agent'];
    return { browser, sessionSecret: replacedSecret(tenant, browser, undefined), userAgent, username };
  }

  /** Signs the browser in and goes on with its request; one that only proved the address is told so. */
  async send(request: PageRequest, response: Response, tenant: Tenant, signedUp: SignedUp): Promise<void> {
    const { started, requestId } = signedUp;
    if (!started) return this.messages.send(request, response, tenant, 'doneElsewhere');
    await signIntoBrowser(this.sessions, response, tenant, browserOf(request), started);
    this.pages.remember(request, response, tenant);
    if (requestId === undefined) return redirect(response, pathOf(tenant, '/account'));
    const browser = { ...browserOf(request), session: started.session };
    this.outcomes.send(request, response, tenant, await this.authorization.resume(tenant, requestId, browser));
  }
}
