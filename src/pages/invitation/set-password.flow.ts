import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { FormRefusedError } from '../../registration/registration-errors.js';
import { SetPasswords } from '../../registration/set-passwords.js';
import type { Tenant } from '../../tenants/tenant.js';
import { PasswordHasherBusyError } from '../../users/password-hasher.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { withQuery } from '../page-address.js';
import { PageResponder } from '../page-responder.js';
import { type FilledIn, passwordFields } from '../sign-up/account-fields.js';
import { MessageResponder, openLink } from '../sign-up/message.responder.js';

/** Somebody sets the password of an account that an administrator made. They sign in with it afterwards. */
@Injectable()
export class SetPasswordFlow {
  constructor(
    private readonly passwords: SetPasswords,
    private readonly pages: PageResponder,
    private readonly messages: MessageResponder,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant, token: string): Promise<void> {
    await this.attempt(request, response, tenant, () => this.send(request, response, tenant, token, {}));
  }

  async set(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const token = params.get('token');
    await this.attempt(request, response, tenant, async () => {
      try {
        await this.passwords.finish(tenant, token, params, browserOf(request).origin);
      } catch (error) {
        if (error instanceof FormRefusedError) {
          return this.send(request, response, tenant, token, { faults: error.faults }, 400);
        }
        if (!(error instanceof PasswordHasherBusyError)) throw error;
        response.setHeader('Retry-After', error.retryAfterSeconds);
        return this.send(request, response, tenant, token, {}, 503);
      }
      this.messages.send(request, response, tenant, 'passwordSet');
    });
  }

  private async send(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    token: string,
    filled: FilledIn,
    status?: number,
  ): Promise<void> {
    const { user } = await this.passwords.open(tenant, token);
    this.pages.remember(request, response, tenant);
    this.pages.send(
      response,
      {
        page: 'account-form',
        context: this.pages.context(request, tenant, { address: withQuery('/set-password', { token }) }),
        kind: 'set-password',
        ...this.pages.form(request, tenant, { path: '/set-password', purpose: 'mail-link', hidden: { token } }),
        owner: user.username,
        inputs: passwordFields(filled),
        minLength: tenant.policy.passwordMinLength,
        isBusy: status === 503,
      },
      {},
      status,
    );
  }

  private attempt(request: PageRequest, response: Response, tenant: Tenant, work: () => Promise<void>): Promise<void> {
    const page = { spent: 'spentPassword', address: openLink(request, '/set-password') } as const;
    return this.messages.attempt(request, response, tenant, page, work);
  }
}
