import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { AccountDeletions } from '../../account/account-deletions.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { redirect } from '../outcome-responder.js';
import { withQuery } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { type Entered, RequestTail } from '../sign-up/request-tail.js';

const ADDRESS = '/keep-account';

/** A person who asked for the deletion of their account keeps it, on their way to an application. */
@Injectable()
export class KeepAccountFlow {
  constructor(
    private readonly deletions: AccountDeletions,
    private readonly pages: PageResponder,
    private readonly tail: RequestTail,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const entered = await this.enter(request, response, tenant);
    if (!entered) return;
    const { deletionScheduledFor: date, username } = entered.session.user;
    if (!date) return this.tail.goOn(request, response, tenant);
    const hidden = this.tail.queryOf(request);
    this.pages.remember(request, response, tenant, hidden.request);
    this.pages.send(
      response,
      {
        page: 'keep-account',
        context: this.pages.context(request, tenant, { address: withQuery(ADDRESS, hidden) }),
        ...this.pages.form(request, tenant, { path: ADDRESS, purpose: 'keep-account', hidden }),
        date,
        username,
      },
      entered.policy,
    );
  }

  async decide(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const entered = await this.enter(request, response, tenant);
    if (!entered) return;
    const id = this.tail.requestOf(request);
    if (id === undefined) return this.tail.goOn(request, response, tenant);
    if (params.find('decision') !== 'keep') return this.tail.deny(request, response, tenant, id);
    const isKept = await this.deletions.withdraw(tenant, entered.session.user, browserOf(request).origin);
    // Otherwise somebody was faster, or the account is gone: the address tells which.
    if (!isKept) return redirect(response, pathOf(tenant, withQuery(ADDRESS, this.tail.queryOf(request))));
    await this.tail.goOn(request, response, tenant, { user: { deletionScheduledFor: undefined } });
  }

  private enter(request: PageRequest, response: Response, tenant: Tenant): Promise<Entered | undefined> {
    return this.tail.enter(request, response, tenant, 'keep-account');
  }
}
