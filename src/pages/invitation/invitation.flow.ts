import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { type OpenedInvitation, Invitations, askedOf } from '../../registration/invitations.js';
import { FormRefusedError, UsernameTakenError } from '../../registration/registration-errors.js';
import type { Tenant } from '../../tenants/tenant.js';
import { PasswordHasherBusyError } from '../../users/password-hasher.js';
import type { PageRequest } from '../browser/current-browser.js';
import { withQuery } from '../page-address.js';
import { PageResponder } from '../page-responder.js';
import { type FilledIn, attributeFields, ownFields, passwordFields, termsQuestion } from '../sign-up/account-fields.js';
import { MessageResponder, openLink } from '../sign-up/message.responder.js';
import { SignedUpResponder } from '../sign-up/signed-up.responder.js';

/** Somebody who was invited makes their account. */
@Injectable()
export class InvitationFlow {
  constructor(
    private readonly invitations: Invitations,
    private readonly pages: PageResponder,
    private readonly messages: MessageResponder,
    private readonly signedUp: SignedUpResponder,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant, token: string): Promise<void> {
    await this.attempt(request, response, tenant, () => this.send(request, response, tenant, token, {}));
  }

  async accept(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const token = params.get('token');
    const again = (filled: FilledIn, status: number) =>
      this.send(request, response, tenant, token, { params, ...filled }, status);
    await this.attempt(request, response, tenant, async () => {
      try {
        const accepted = await this.invitations.accept(tenant, token, params, this.signedUp.startOf(request, tenant));
        return await this.signedUp.send(request, response, tenant, accepted);
      } catch (error) {
        if (error instanceof FormRefusedError) return again({ faults: error.faults }, 400);
        if (error instanceof UsernameTakenError) return again({ faults: { username: 'taken' } }, 409);
        if (!(error instanceof PasswordHasherBusyError)) throw error;
        response.setHeader('Retry-After', error.retryAfterSeconds);
        return again({}, 503);
      }
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
    const { invitation } = await this.invitations.open(tenant, token);
    const own = ownFields(tenant, filled);
    const hidden = { token, ...own.hidden };
    this.pages.remember(request, response, tenant);
    this.pages.send(
      response,
      {
        page: 'account-form',
        context: this.pages.context(request, tenant, { address: withQuery('/invitation', { token }) }),
        kind: 'invitation',
        ...this.pages.form(request, tenant, { path: '/invitation', purpose: 'mail-link', hidden }),
        owner: invitation.email,
        inputs: fieldsOf(tenant, invitation, filled),
        attributes: own.attributes,
        terms: termsQuestion(tenant, filled),
        minLength: tenant.policy.passwordMinLength,
        isBusy: status === 503,
      },
      {},
      status,
    );
  }

  private attempt(request: PageRequest, response: Response, tenant: Tenant, work: () => Promise<void>): Promise<void> {
    const page = { spent: 'spentInvitation', address: openLink(request, '/invitation') } as const;
    return this.messages.attempt(request, response, tenant, page, work);
  }
}

function fieldsOf(tenant: Tenant, { attributes }: OpenedInvitation['invitation'], filled: FilledIn) {
  const { name, given_name, family_name } = attributes.claims ?? {};
  const known = { name, given_name, family_name };
  return [...attributeFields(askedOf(tenant, attributes), { known, ...filled }), ...passwordFields(filled)];
}
