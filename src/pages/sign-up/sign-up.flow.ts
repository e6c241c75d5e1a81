import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { AuthorizationService } from '../../authorization/authorization.service.js';
import type { PendingInteraction } from '../../authorization/outcome.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { FormRefusedError, SignUpClosedError } from '../../registration/registration-errors.js';
import { SignUps } from '../../registration/sign-ups.js';
import type { Tenant } from '../../tenants/tenant.js';
import { PasswordHasherBusyError } from '../../users/password-hasher.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { redirect } from '../outcome-responder.js';
import { pendingAddress, withQuery } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { formTargets } from '../redirect-target.js';
import {
  type FilledIn,
  accountField,
  attributeFields,
  ownFields,
  passwordFields,
  termsQuestion,
} from './account-fields.js';
import { MessageResponder } from './message.responder.js';

/** The form that asks for an account. */
@Injectable()
export class SignUpFlow {
  constructor(
    private readonly signUps: SignUps,
    private readonly authorization: AuthorizationService,
    private readonly pages: PageResponder,
    private readonly messages: MessageResponder,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant, requestId: string | undefined): Promise<void> {
    const interaction = await this.load(request, tenant, requestId);
    if (!this.signUps.isOffered(tenant))
      return this.refuse(request, response, tenant, new SignUpClosedError(), requestId);
    const isTaken = browserOf(request).session !== undefined && tenant.policy.accountsPerBrowser === 1;
    if (!interaction && isTaken) return redirect(response, pathOf(tenant, '/account'));
    // Signed in meanwhile, in another tab.
    if (interaction && interaction.next?.name !== 'sign-in') {
      return redirect(response, pathOf(tenant, `/authorize/resume?request=${interaction.id}`));
    }
    try {
      await this.signUps.refuseWhenFull(tenant, browserOf(request));
    } catch (error) {
      return this.refuse(request, response, tenant, error, requestId);
    }
    this.send(request, response, tenant, interaction, {});
  }

  async begin(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const requestId = params.find('request');
    const interaction = await this.load(request, tenant, requestId);
    const browser = browserOf(request);
    try {
      const { locale } = this.context(request, tenant, interaction);
      const id = await this.signUps.begin(tenant, params, { browser, locale, requestId });
      this.pages.remember(request, response, tenant, requestId);
      redirect(response, pathOf(tenant, withQuery('/sign-up-code', { id, request: requestId })));
    } catch (error) {
      if (error instanceof FormRefusedError) {
        return this.send(request, response, tenant, interaction, { params, faults: error.faults }, 400);
      }
      if (error instanceof PasswordHasherBusyError) {
        response.setHeader('Retry-After', error.retryAfterSeconds);
        return this.send(request, response, tenant, interaction, { params }, 503);
      }
      this.refuse(request, response, tenant, error, requestId);
    }
  }

  private send(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    interaction: PendingInteraction | undefined,
    filled: FilledIn,
    status?: number,
  ): void {
    const requestId = interaction?.id;
    const known = { email: interaction?.request.params.find('login_hint') };
    const own = ownFields(tenant, filled);
    const hidden = { ...(requestId !== undefined && { request: requestId }), ...own.hidden };
    this.pages.remember(request, response, tenant, requestId);
    this.pages.send(
      response,
      {
        page: 'account-form',
        context: this.context(request, tenant, interaction),
        kind: 'sign-up',
        ...this.pages.form(request, tenant, { path: '/sign-up', purpose: 'sign-up', hidden }),
        inputs: [
          accountField('email', true, { known, ...filled }),
          ...attributeFields(tenant.policy, filled),
          ...passwordFields(filled),
        ],
        attributes: own.attributes,
        terms: termsQuestion(tenant, filled),
        minLength: tenant.policy.passwordMinLength,
        isBusy: status === 503,
        signInPath: pathOf(tenant, pendingAddress('sign-in', requestId)),
      },
      formTargets(interaction?.request),
      status,
    );
  }

  private context(request: PageRequest, tenant: Tenant, interaction: PendingInteraction | undefined) {
    return this.pages.context(request, tenant, {
      address: withQuery('/sign-up', { request: interaction?.id }),
      uiLocales: interaction?.request.params.find('ui_locales'),
    });
  }

  /** The authorization request that waits. @throws PendingRequestGone, PendingRequestExpired */
  private async load(request: PageRequest, tenant: Tenant, requestId: string | undefined) {
    return requestId === undefined ? undefined : this.authorization.show(tenant, requestId, browserOf(request));
  }

  private refuse(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    error: unknown,
    requestId: string | undefined,
  ): void {
    const address = withQuery('/sign-up', { request: requestId });
    this.messages.sendError(request, response, tenant, error, { spent: 'spentSignUp', requestId, address });
  }
}
