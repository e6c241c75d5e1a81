import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { AuthorizationService } from '../../authorization/authorization.service.js';
import { NextStepDecider } from '../../authorization/next-step.decider.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { User } from '../../users/user.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { OutcomeResponder, redirect } from '../outcome-responder.js';
import { type AccountAddress, RETURN, readReturn } from '../page-address.js';
import { type PagePolicy, pathOf } from '../page-responder.js';
import { formTargets } from '../redirect-target.js';

/** What follows a step: the authorization request that waits, or the account page that the person came from. */
@Injectable()
export class RequestTail {
  constructor(
    private readonly authorization: AuthorizationService,
    private readonly outcomes: OutcomeResponder,
    private readonly nextStep: NextStepDecider,
  ) {}

  /** Id of the authorization request, from the form or the address. */
  requestOf({ oauthParams, query }: PageRequest): string | undefined {
    const { request } = query;
    return oauthParams?.find('request') ?? (typeof request === 'string' ? request : undefined);
  }

  /** What pages and forms of the step carry with them. */
  queryOf(request: PageRequest): { readonly request?: string; readonly [RETURN]?: string } {
    const id = this.requestOf(request);
    if (id !== undefined) return { request: id };
    const address = returnOf(request);
    return address === '/account' ? {} : { [RETURN]: address };
  }

  /**
   * Whether the step is the one that is due. Those before it protect the account, such as a second factor, and are not
   * passed by opening a later page.
   */
  async isDue(request: PageRequest, tenant: Tenant, step: string): Promise<boolean> {
    const [id, browser] = [this.requestOf(request), browserOf(request)];
    const next =
      id === undefined
        ? await this.nextStep.decide({ tenant, session: browser.session, request: undefined, requestedAt: undefined })
        : (await this.authorization.show(tenant, id, browser)).next;
    return next?.name === step;
  }

  /** Where the forms of the step may lead. @throws PendingRequestGone, PendingRequestExpired */
  async policyOf(request: PageRequest, tenant: Tenant): Promise<PagePolicy> {
    const id = this.requestOf(request);
    if (id === undefined) return {};
    return formTargets((await this.authorization.show(tenant, id, browserOf(request))).request);
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
}

function returnOf({ oauthParams, query }: PageRequest): AccountAddress {
  return readReturn(oauthParams?.find(RETURN) ?? query[RETURN]);
}
