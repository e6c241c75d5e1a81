import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { type AuthorizationResponse, deliver } from '../authorization/authorization-response.js';
import type { Outcome } from '../authorization/outcome.js';
import { formActionSource } from '../oauth/redirect-uri.js';
import type { Tenant } from '../tenants/tenant.js';
import { type PageRequest, browserOf } from './browser/current-browser.js';
import { heldAccounts, putInUse } from './browser/held-accounts.js';
import { PageResponder, pathOf } from './page-responder.js';
import { SignInPageResponder } from './sign-in-page.responder.js';

/** Carries out what the authorization endpoint decided: answers the client, or leads the person to the next page. */
@Injectable()
export class OutcomeResponder {
  constructor(
    private readonly pages: PageResponder,
    private readonly signInPage: SignInPageResponder,
  ) {}

  send(request: PageRequest, response: Response, tenant: Tenant, outcome: Outcome): void {
    if (outcome.kind === 'respond') return this.sendResponse(request, response, tenant, outcome.response);
    if (outcome.kind === 'account') return redirect(response, pathOf(tenant, '/account/applications'));
    if (outcome.kind === 'kept') {
      return redirect(response, pathOf(tenant, `/authorize/resume?request=${outcome.requestId}`));
    }
    const { interaction, requestId, step, account } = outcome;
    const held = account && heldAccounts(browserOf(request)).find(({ session }) => session.id === account.id);
    if (held) putInUse(response, tenant, browserOf(request), held);
    if (interaction && step.page === '/sign-in') {
      return this.signInPage.sendFor(request, response, tenant, { interaction });
    }
    this.pages.remember(request, response, tenant, requestId);
    redirect(response, pathOf(tenant, `${step.page}?request=${requestId}`));
  }

  private sendResponse(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    authorization: AuthorizationResponse,
  ): void {
    const delivery = deliver(authorization);
    if (delivery.kind === 'redirect') return redirect(response, delivery.location);
    const { action, fields } = delivery;
    const context = this.pages.context(request, tenant);
    this.pages.send(
      response,
      { page: 'form-post', context, action, fields },
      { script: true, formActions: [formActionSource(action)], popup: true },
    );
  }
}

/** RFC 9700 §4.12: 303, so that no browser sends a form with a password again. */
export function redirect(response: Response, location: string): void {
  response.statusCode = 303;
  response.setHeader('Location', location);
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Length', 0);
  response.end();
}
