import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { UsernameTakenError, WrongCodeError } from '../../registration/registration-errors.js';
import { usernameFault } from '../../registration/sign-up-form.js';
import { SignUps } from '../../registration/sign-ups.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { redirect } from '../outcome-responder.js';
import { withQuery } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { queryText } from '../query-text.js';
import type { AccountField, MailCodeNotice } from '../sign-up-content.js';
import { MessageResponder } from './message.responder.js';
import { SignedUpResponder } from './signed-up.responder.js';

interface Shown {
  readonly notice?: MailCodeNotice | undefined;
  /** The code that was right, with the user name that is asked for again. */
  readonly code?: string | undefined;
  readonly username?: AccountField | undefined;
  readonly status?: number | undefined;
}

const NOTICES: readonly MailCodeNotice[] = ['resent', 'notYet'];

/** The page that waits for the code of the mail, in the browser that asked. */
@Injectable()
export class SignUpCodeFlow {
  constructor(
    private readonly signUps: SignUps,
    private readonly pages: PageResponder,
    private readonly messages: MessageResponder,
    private readonly signedUp: SignedUpResponder,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant, id: string): Promise<void> {
    const notice = NOTICES.find((name) => request.query[name] !== undefined);
    await this.attempt(request, response, tenant, () => this.send(request, response, tenant, id, { notice }));
  }

  async check(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const [id, code] = [params.get('id'), params.get('code')];
    const username = params.find('username')?.trim();
    await this.attempt(request, response, tenant, async () => {
      const fault = username === undefined ? undefined : usernameFault(username);
      const again = { kind: 'username', isRequired: true, value: username } as const;
      if (fault) {
        const shown = { notice: 'usernameTaken', code, username: { ...again, fault }, status: 400 } as const;
        return this.send(request, response, tenant, id, shown);
      }
      try {
        const start = this.signedUp.startOf(request, tenant, username);
        return await this.signedUp.send(
          request,
          response,
          tenant,
          await this.signUps.finishWithCode(tenant, id, code, start),
        );
      } catch (error) {
        if (error instanceof WrongCodeError) {
          return this.send(request, response, tenant, id, { notice: 'wrong', status: 400 });
        }
        if (!(error instanceof UsernameTakenError)) throw error;
        const field = { ...again, fault: username === undefined ? undefined : ('taken' as const) };
        return this.send(request, response, tenant, id, {
          notice: 'usernameTaken',
          code,
          username: field,
          status: 409,
        });
      }
    });
  }

  async resend(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const { locale } = this.pages.context(request, tenant);
    await this.attempt(request, response, tenant, async () => {
      const context = { browser: browserOf(request), locale, requestId: undefined };
      const id = await this.signUps.resend(tenant, params.get('id'), context);
      const query = { id, request: params.find('request'), resent: '' };
      redirect(response, pathOf(tenant, withQuery('/sign-up-code', query)));
    });
  }

  /** The link was opened elsewhere, and this browser goes on. */
  async goOn(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const id = params.get('id');
    await this.attempt(request, response, tenant, async () => {
      const taken = await this.signUps.takeUp(tenant, id, this.signedUp.startOf(request, tenant));
      if (taken) return this.signedUp.send(request, response, tenant, taken);
      const query = { id, request: params.find('request'), notYet: '' };
      redirect(response, pathOf(tenant, withQuery('/sign-up-code', query)));
    });
  }

  private async send(request: PageRequest, response: Response, tenant: Tenant, id: string, shown: Shown) {
    const found = await this.signUps.find(tenant, id, browserOf(request));
    const { requestId } = found;
    const hidden = { id, ...(requestId !== undefined && { request: requestId }) };
    const form = (path: string, more = {}) =>
      this.pages.form(request, tenant, { path, purpose: 'sign-up', hidden: { ...hidden, ...more } });
    const opened = form('/sign-up-code/continue');
    if (found.state === 'redeemed') {
      return this.messages.send(request, response, tenant, 'accountReady', { requestId, form: opened });
    }
    const { notice, code, username, status } = shown;
    this.pages.send(
      response,
      {
        page: 'mail-code',
        context: this.pages.context(request, tenant, {
          address: withQuery('/sign-up-code', { id, request: requestId }),
        }),
        ...form('/sign-up-code', username && code !== undefined ? { code } : {}),
        address: found.address,
        notice,
        username,
        resend: form('/sign-up-code/resend'),
        opened,
        againPath: pathOf(tenant, withQuery('/sign-up', { request: requestId })),
      },
      {},
      status,
    );
  }

  private attempt(request: PageRequest, response: Response, tenant: Tenant, work: () => Promise<void>): Promise<void> {
    const requestId = request.oauthParams?.find('request') ?? queryText(request, 'request');
    return this.messages.attempt(request, response, tenant, { spent: 'spentSignUp', requestId }, work);
  }
}
