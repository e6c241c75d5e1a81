import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { readEmailAddress } from '../../oauth/email-address.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { AddressProofs } from '../../registration/address-proofs.js';
import { AddressTakenError, VerificationSpentError, WrongCodeError } from '../../registration/registration-errors.js';
import type { FieldFault } from '../../registration/sign-up-form.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { redirect } from '../outcome-responder.js';
import { withQuery } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { queryText } from '../query-text.js';
import type { MailCodeNotice } from '../sign-up-content.js';
import { MessageResponder } from '../sign-up/message.responder.js';
import { type Entered, RequestTail } from '../sign-up/request-tail.js';

interface Shown {
  readonly notice?: MailCodeNotice | undefined;
  readonly fault?: FieldFault | undefined;
  readonly typed?: string | undefined;
  readonly status?: number | undefined;
}

const NOTICES: readonly MailCodeNotice[] = ['resent', 'notYet'];

/** A person who is signed in proves their e-mail address, or names one first. */
@Injectable()
export class VerifyAddressFlow {
  constructor(
    private readonly proofs: AddressProofs,
    private readonly pages: PageResponder,
    private readonly messages: MessageResponder,
    private readonly tail: RequestTail,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const entered = await this.enter(request, response, tenant);
    if (!entered) return;
    const notice = NOTICES.find((name) => request.query[name] !== undefined);
    await this.send(request, response, tenant, entered, queryText(request, 'id'), { notice });
  }

  /** Sends the mail, also again. */
  async mail(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const entered = await this.enter(request, response, tenant);
    if (!entered) return;
    const { user } = entered.session;
    const typed = params.find('email');
    const address = user.email ?? (typed === undefined ? undefined : readEmailAddress(typed));
    if (address === undefined) {
      const fault = typed === undefined ? 'missing' : 'not_an_address';
      return this.send(request, response, tenant, entered, undefined, { fault, typed, status: 400 });
    }
    const { locale } = this.pages.context(request, tenant);
    const context = { browser: browserOf(request), locale, requestId: this.tail.requestOf(request) };
    const id = await this.proofs.send(tenant, user, address, context);
    const resent = params.find('again') === undefined ? undefined : '';
    redirect(response, pathOf(tenant, withQuery('/verify-address', { id, ...this.tail.queryOf(request), resent })));
  }

  async check(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const entered = await this.enter(request, response, tenant);
    if (!entered) return;
    const [id, browser] = [params.get('id'), browserOf(request)];
    try {
      await this.proofs.finishWithCode(tenant, entered.session.user, { id, code: params.get('code'), browser });
    } catch (error) {
      const requestId = this.tail.requestOf(request);
      if (error instanceof WrongCodeError) {
        return this.send(request, response, tenant, entered, id, { notice: 'wrong', status: 400 });
      }
      if (error instanceof AddressTakenError) {
        return this.messages.send(request, response, tenant, 'addressInUse', { requestId });
      }
      if (!(error instanceof VerificationSpentError)) throw error;
      // No more guesses: another mail can be sent.
      return this.send(request, response, tenant, entered, undefined, { status: 400 });
    }
    await this.tail.goOn(request, response, tenant, { user: { emailVerified: true } });
  }

  /** The link was opened elsewhere. */
  async goOn(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const entered = await this.enter(request, response, tenant);
    if (!entered) return;
    const query = { id: params.find('id'), ...this.tail.queryOf(request), notYet: '' };
    redirect(response, pathOf(tenant, withQuery('/verify-address', query)));
  }

  private async send(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    { session: { user }, policy }: Entered,
    id: string | undefined,
    { notice, fault, typed, status }: Shown,
  ): Promise<void> {
    const query = this.tail.queryOf(request);
    const found = id === undefined ? undefined : await this.proofs.find(tenant, user, id, browserOf(request));
    const context = this.pages.context(request, tenant, { address: withQuery('/verify-address', { id, ...query }) });
    const form = (path: string, hidden: Readonly<Record<string, string>>) =>
      this.pages.form(request, tenant, { path, purpose: 'verify-address', hidden: { ...query, ...hidden } });
    const switchAccount = this.pages.switchAccount(request, tenant, query.request);
    this.pages.remember(request, response, tenant, query.request);
    if (id === undefined || found?.state !== 'live') {
      const field = user.email === undefined && ({ kind: 'email', isRequired: true, value: typed, fault } as const);
      return this.pages.send(
        response,
        {
          page: 'prove-address',
          context,
          ...form('/verify-address/send', {}),
          address: user.email,
          ...(field && { field }),
          switchAccount,
        },
        policy,
        status,
      );
    }
    this.pages.send(
      response,
      {
        page: 'mail-code',
        context,
        ...form('/verify-address', { id }),
        address: found.address,
        notice,
        resend: form('/verify-address/send', { again: '1', email: found.address }),
        opened: form('/verify-address/continue', { id }),
        switchAccount,
        ...(user.email === undefined && { againPath: pathOf(tenant, withQuery('/verify-address', query)) }),
      },
      policy,
      status,
    );
  }

  private enter(request: PageRequest, response: Response, tenant: Tenant): Promise<Entered | undefined> {
    return this.tail.enter(request, response, tenant, 'verify-address');
  }
}
