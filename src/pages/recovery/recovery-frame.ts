import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { PendingRequests } from '../../authorization/pending-requests.js';
import { PasswordResets } from '../../recovery/password-resets.js';
import { TooManyAttemptsError } from '../../oauth/oauth-error.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { redirect } from '../outcome-responder.js';
import { type PageAddress, pendingAddress } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';

/** What the pages for people who forgot something have in common. */
@Injectable()
export class RecoveryFrame {
  constructor(
    private readonly pages: PageResponder,
    private readonly requests: PendingRequests,
    private readonly resets: PasswordResets,
  ) {}

  /** In the language that the authorization request asked for, if it is this browser's. */
  async of(request: PageRequest, tenant: Tenant, address: PageAddress, requestId: string | undefined) {
    const uiLocales = requestId === undefined ? undefined : await this.uiLocales(request, tenant, requestId);
    return {
      context: this.pages.context(request, tenant, { address, uiLocales }),
      signInPath: pathOf(tenant, pendingAddress('sign-in', requestId)),
    };
  }

  /**
   * Whether people can help themselves here. Otherwise they are led to where they can.
   * @returns false when the answer was sent
   */
  async enter(request: PageRequest, response: Response, tenant: Tenant, requestId: string | undefined) {
    if (this.resets.isOffered(tenant)) return true;
    const { passwordResetUri } = tenant.branding;
    if (passwordResetUri !== undefined) redirect(response, passwordResetUri);
    else {
      const frame = await this.of(request, tenant, '/forgot-password', requestId);
      this.pages.send(response, { page: 'no-reset', reason: 'off', ...frame }, {}, 404);
    }
    return false;
  }

  private async uiLocales(request: PageRequest, tenant: Tenant, requestId: string): Promise<string | undefined> {
    const browser = browserOf(request);
    const owner = await this.requests.findOwner(tenant, requestId, browser);
    return owner?.isOwn ? (await this.requests.parametersOf(tenant, requestId, browser)).find('ui_locales') : undefined;
  }
}

/** For the page of a form that came too often. */
export function tooMany(error: unknown): number {
  if (error instanceof TooManyAttemptsError) return error.retryAfterSeconds ?? 1;
  throw error;
}
