import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { UsernameTakenError } from '../../registration/registration-errors.js';
import { usernameFault } from '../../registration/sign-up-form.js';
import { SignUps } from '../../registration/sign-ups.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { withQuery } from '../page-address.js';
import { PageResponder } from '../page-responder.js';
import type { AccountField } from '../sign-up-content.js';
import { MessageResponder, openLink } from './message.responder.js';
import { SignedUpResponder } from './signed-up.responder.js';

/** The link of the mail, opened in any browser. */
@Injectable()
export class SignUpLinkFlow {
  constructor(
    private readonly signUps: SignUps,
    private readonly pages: PageResponder,
    private readonly messages: MessageResponder,
    private readonly signedUp: SignedUpResponder,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant, token: string): Promise<void> {
    await this.attempt(request, response, tenant, () => this.send(request, response, tenant, token));
  }

  async confirm(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const token = params.get('token');
    const username = params.find('username')?.trim();
    const again = { kind: 'username', isRequired: true, value: username } as const;
    await this.attempt(request, response, tenant, async () => {
      const fault = username === undefined ? undefined : usernameFault(username);
      if (fault) return this.send(request, response, tenant, token, { ...again, fault }, 400);
      try {
        const start = this.signedUp.startOf(request, tenant, username);
        const made = await this.signUps.finishWithLink(tenant, token, start);
        return await this.signedUp.send(request, response, tenant, made);
      } catch (error) {
        if (!(error instanceof UsernameTakenError)) throw error;
        const field = { ...again, fault: username === undefined ? undefined : ('taken' as const) };
        return this.send(request, response, tenant, token, field, 409);
      }
    });
  }

  private async send(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    token: string,
    username?: AccountField,
    status?: number,
  ): Promise<void> {
    const { verification, isOwn } = await this.signUps.openLink(tenant, token, browserOf(request));
    this.pages.remember(request, response, tenant);
    this.pages.send(
      response,
      {
        page: 'confirm-address',
        context: this.pages.context(request, tenant, { address: withQuery('/sign-up-link', { token }) }),
        kind: 'signUp',
        ...this.pages.form(request, tenant, { path: '/sign-up-link', purpose: 'mail-link', hidden: { token } }),
        address: verification.address,
        isOwn,
        username,
      },
      {},
      status,
    );
  }

  private attempt(request: PageRequest, response: Response, tenant: Tenant, work: () => Promise<void>): Promise<void> {
    const page = { spent: 'spentSignUp', address: openLink(request, '/sign-up-link') } as const;
    return this.messages.attempt(request, response, tenant, page, work);
  }
}
