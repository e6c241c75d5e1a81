import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { ProfileInputError } from '../../account/profile-input.js';
import { AccountGoneError, Profiles } from '../../account/profiles.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import type { Tenant } from '../../tenants/tenant.js';
import { askedAttributes, readAttributeFields } from '../../users/attribute-form.js';
import { type AttributeFault, missingAttributes } from '../../users/attribute-values.js';
import { type TypedAttributes, askedFields } from '../attribute-fields.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { redirect } from '../outcome-responder.js';
import { SIGNED_OUT, withQuery } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { type Entered, RequestTail } from '../sign-up/request-tail.js';

const ADDRESS = '/complete-profile';

/** A person fills in what the tenant requires, on their way to an application. */
@Injectable()
export class CompleteProfileFlow {
  constructor(
    private readonly profiles: Profiles,
    private readonly pages: PageResponder,
    private readonly tail: RequestTail,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const entered = await this.enter(request, response, tenant);
    if (entered) this.send(request, response, tenant, entered);
  }

  /** Only what is missing is read, so that a form of before changes nothing else. */
  async decide(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const entered = await this.enter(request, response, tenant);
    if (!entered) return;
    const id = this.tail.requestOf(request);
    if (id !== undefined && params.find('decision') === 'leave') {
      return this.tail.deny(request, response, tenant, id);
    }
    const { user } = entered.session;
    const missing = missingAttributes(tenant.userAttributes, user.attributes, 'sign_in');
    const given = readAttributeFields(missing, params);
    const attributes = Object.fromEntries(missing.map(({ name }) => [name, given[name] ?? null]));
    try {
      const { origin } = browserOf(request);
      const updated = await this.profiles.update(tenant, user.id, { attributes }, origin);
      await this.tail.goOn(request, response, tenant, { user: { attributes: updated.attributes } });
    } catch (error) {
      if (error instanceof AccountGoneError) return redirect(response, pathOf(tenant, `/sign-in?${SIGNED_OUT}=`));
      if (!(error instanceof ProfileInputError)) throw error;
      const named = error.member.replace(/^attributes\//, '');
      // All values together may be too long, which is no fault of one of them.
      const name = missing.some((one) => one.name === named) ? named : (missing[0]?.name ?? '');
      this.send(request, response, tenant, entered, { params, faults: { [name]: error.fault as AttributeFault } });
    }
  }

  private send(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    { session, policy }: Entered,
    typed?: TypedAttributes,
  ): void {
    const query = this.tail.queryOf(request);
    const { user } = session;
    const missing = missingAttributes(tenant.userAttributes, user.attributes, 'sign_in');
    const hidden = { ...query, ...askedAttributes(missing) };
    this.pages.remember(request, response, tenant, query.request);
    this.pages.send(
      response,
      {
        page: 'complete-profile',
        context: this.pages.context(request, tenant, { address: withQuery(ADDRESS, query) }),
        ...this.pages.form(request, tenant, { path: ADDRESS, purpose: 'complete-profile', hidden }),
        username: user.username,
        inputs: askedFields(missing, typed),
      },
      policy,
      typed ? 400 : 200,
    );
  }

  private enter(request: PageRequest, response: Response, tenant: Tenant): Promise<Entered | undefined> {
    return this.tail.enter(request, response, tenant, 'complete-profile');
  }
}
