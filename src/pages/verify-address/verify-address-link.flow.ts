import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { AddressProofs } from '../../registration/address-proofs.js';
import { AddressTakenError, VerificationSpentError } from '../../registration/registration-errors.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { withQuery } from '../page-address.js';
import { PageResponder } from '../page-responder.js';
import { MessageResponder, openLink } from '../sign-up/message.responder.js';

/** The link of the mail that proves an address, opened in any browser. Nobody is signed in by it. */
@Injectable()
export class VerifyAddressLinkFlow {
  constructor(
    private readonly proofs: AddressProofs,
    private readonly pages: PageResponder,
    private readonly messages: MessageResponder,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant, token: string): Promise<void> {
    const found = await this.proofs.findLink(tenant, token);
    const address = openLink(request, '/verify-address-link');
    if (found?.state !== 'live') return this.messages.send(request, response, tenant, 'spentVerify', { address });
    const { session } = browserOf(request);
    this.pages.remember(request, response, tenant);
    this.pages.send(response, {
      page: 'confirm-address',
      context: this.pages.context(request, tenant, { address: withQuery('/verify-address-link', { token }) }),
      kind: 'verify',
      ...this.pages.form(request, tenant, { path: '/verify-address-link', purpose: 'mail-link', hidden: { token } }),
      address: found.address,
      isOwn: session !== undefined && session.user.id === found.userId,
    });
  }

  async confirm(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const { origin } = browserOf(request);
    try {
      await this.proofs.finishWithLink(tenant, params.get('token'), origin);
    } catch (error) {
      if (error instanceof AddressTakenError) return this.messages.send(request, response, tenant, 'addressInUse');
      if (!(error instanceof VerificationSpentError)) throw error;
      return this.messages.send(request, response, tenant, 'spentVerify');
    }
    this.messages.send(request, response, tenant, 'verifiedElsewhere');
  }
}
