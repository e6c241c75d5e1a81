import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { AuthorizationService } from '../../authorization/authorization.service.js';
import { NextStepDecider } from '../../authorization/next-step.decider.js';
import type { Session } from '../../sessions/session.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { User } from '../../users/user.js';
import { type KnownBrowser, type PageRequest, browserOf } from '../browser/current-browser.js';
import { OutcomeResponder, redirect } from '../outcome-responder.js';
import { type AccountAddress, RETURN, readReturn } from '../page-address.js';
import { type PagePolicy, pathOf } from '../page-responder.js';
import { queryText } from '../query-text.js';
import { formTargets } from '../redirect-target.js';

/** Whose turn of a step it is. */
export interface Entered {
  readonly session: Session;
  readonly policy: PagePolicy;
}

/** What follows a step: the authorization request that waits, or the account page that the person came from. */
@Injectable()
export class RequestTail {
  constructor(
    private readonly authorization: AuthorizationService,
    private readonly outcomes: OutcomeResponder,
    private readonly nextStep: NextStepDecider,
  ) {}

  /** Id of the authorization request, from the form or the address. */
  requestOf(request: PageRequest): string | undefined {
    return request.oauthParams?.find('request') ?? queryText(request, 'request');
  }

  /** What pages and forms of the step carry with them. */
  queryOf(request: PageRequest): { readonly request?: string; readonly [RETURN]?: string } {
    const id = this.requestOf(request);
    if (id !== undefined) return { request: id };
    const address = returnOf(request);
    return address === '/account' ? {} : { [RETURN]: address };
  }

  /**
   * Only when it is the turn of this step: what comes before it protects the account, such as a second factor, and is not
   * passed by opening a later page.
   * @returns who is signed in, and where the forms of the step may lead; undefined: the person was led on, and the answer
   * is sent
   * @throws PendingRequestGone, PendingRequestExpired
   */
  async enter(request: PageRequest, response: Response, tenant: Tenant, step: string): Promise<Entered | undefined> {
    const [id, browser] = [this.requestOf(request), browserOf(request)];
    const { session } = browser;
    if (session) {
      const { next, policy } =
        id === undefined ? await this.ofAccount(tenant, session) : await this.ofRequest(tenant, id, browser);
      if (next?.name === step) return { session, policy };
    }
    await this.goOn(request, response, tenant);
    return undefined;
  }

  /** @param changed what is different about the user since the request came */
  async goOn(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    { user: changed = {} }: { readonly user?: Partial<User> } = {},
  ): Promise<void> {
    const id = this.requestOf(request);
    if (id === undefined) return redirect(response, pathOf(tenant, returnOf(request)));
    const browser = browserOf(request);
    const session = browser.session && { ...browser.session, user: { ...browser.session.user, ...changed } };
    this.outcomes.send(request, response, tenant, await this.authorization.resume(tenant, id, { ...browser, session }));
  }

  /** The application is told that it was not allowed. */
  async deny(request: PageRequest, response: Response, tenant: Tenant, id: string): Promise<void> {
    this.outcomes.send(request, response, tenant, await this.authorization.deny(tenant, id, browserOf(request)));
  }

  private async ofAccount(tenant: Tenant, session: Session) {
    const next = await this.nextStep.decide({ tenant, session, request: undefined, requestedAt: undefined });
    return { next, policy: {} };
  }

  private async ofRequest(tenant: Tenant, id: string, browser: KnownBrowser) {
    const { next, request } = await this.authorization.show(tenant, id, browser);
    return { next, policy: formTargets(request) };
  }
}

function returnOf({ oauthParams, query }: PageRequest): AccountAddress {
  return readReturn(oauthParams?.find(RETURN) ?? query[RETURN]);
}
