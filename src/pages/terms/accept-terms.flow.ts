import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Terms } from '../../registration/terms.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { redirect } from '../outcome-responder.js';
import { withQuery } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { MessageResponder } from '../sign-up/message.responder.js';
import { type Entered, RequestTail } from '../sign-up/request-tail.js';

/** A person who is signed in accepts the terms, or a newer version of them. */
@Injectable()
export class AcceptTermsFlow {
  constructor(
    private readonly terms: Terms,
    private readonly pages: PageResponder,
    private readonly messages: MessageResponder,
    private readonly tail: RequestTail,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const entered = await this.enter(request, response, tenant);
    if (!entered) return;
    const { termsVersion: version } = tenant.policy;
    if (version === null) return this.tail.goOn(request, response, tenant);
    const hidden = { ...this.tail.queryOf(request), version };
    const address = withQuery('/accept-terms', this.tail.queryOf(request));
    this.pages.remember(request, response, tenant, hidden.request);
    this.pages.send(
      response,
      {
        page: 'accept-terms',
        context: this.pages.context(request, tenant, { address }),
        ...this.pages.form(request, tenant, { path: '/accept-terms', purpose: 'terms', hidden }),
        version,
        uri: tenant.branding.termsUri,
      },
      entered.policy,
    );
  }

  async decide(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const entered = await this.enter(request, response, tenant);
    if (!entered) return;
    const { origin } = browserOf(request);
    const version = params.get('version');
    if (params.find('decision') !== 'accept') return this.decline(request, response, tenant);
    const isAccepted = await this.terms.accept(tenant, entered.session.user.id, version, origin);
    // Other terms are in force by now: they are shown.
    if (!isAccepted) return redirect(response, pathOf(tenant, withQuery('/accept-terms', this.tail.queryOf(request))));
    await this.tail.goOn(request, response, tenant, { user: { termsVersion: version } });
  }

  private async decline(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const id = this.tail.requestOf(request);
    if (id === undefined) return this.messages.send(request, response, tenant, 'termsDeclined');
    await this.tail.deny(request, response, tenant, id);
  }

  private enter(request: PageRequest, response: Response, tenant: Tenant): Promise<Entered | undefined> {
    return this.tail.enter(request, response, tenant, 'accept-terms');
  }
}
