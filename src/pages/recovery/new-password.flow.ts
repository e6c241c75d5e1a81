import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { PendingRequests } from '../../authorization/pending-requests.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { PasswordResets, ResetGoneError } from '../../recovery/password-resets.js';
import { PasswordRefusedError } from '../../sessions/password-changes.js';
import type { Tenant } from '../../tenants/tenant.js';
import { PasswordHasherBusyError } from '../../users/password-hasher.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { redirect } from '../outcome-responder.js';
import { PASSWORD_RESET, pendingAddress, recoveryAddress } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import type { NewPasswordNotice } from '../recovery-content.js';
import { RecoveryFrame } from './recovery-frame.js';

interface Refusal {
  readonly notice: NewPasswordNotice;
  readonly status: number;
  readonly endsSessions: boolean;
}

/** A person chooses a new password in place of a forgotten one. They sign in with it afterwards. */
@Injectable()
export class NewPasswordFlow {
  constructor(
    private readonly resets: PasswordResets,
    private readonly requests: PendingRequests,
    private readonly frame: RecoveryFrame,
    private readonly pages: PageResponder,
  ) {}

  async show(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    token: string,
    refusal?: Refusal,
  ): Promise<void> {
    const open = await this.resets.find(tenant, token);
    if (!open) return this.showGone(request, response, tenant);
    const { user, verification } = open;
    const requestId = await this.ownRequest(request, tenant, verification.requestId);
    const address = recoveryAddress('reset-password', { token });
    const page = {
      page: 'new-password',
      ...(await this.frame.of(request, tenant, address, requestId)),
      ...this.pages.form(request, tenant, { path: '/reset-password', purpose: 'recovery', hidden: { token } }),
      username: user.username,
      minLength: tenant.policy.passwordMinLength,
      endsSessions: refusal?.endsSessions ?? true,
      ...(refusal && { notice: refusal.notice }),
    } as const;
    this.pages.remember(request, response, tenant, requestId);
    this.pages.send(response, page, {}, refusal?.status);
  }

  async set(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const token = params.find('token') ?? '';
    const [password, again] = [params.find('new_password'), params.find('new_password_again')];
    const endsSessions = params.find('end_sessions') !== undefined;
    const refuse = (notice: NewPasswordNotice, status = 400) =>
      this.show(request, response, tenant, token, { notice, status, endsSessions });
    if (password === undefined || again === undefined) return refuse('fields_required');
    if (password !== again) return refuse('not_repeated');
    try {
      const { locale } = this.pages.context(request, tenant);
      const { origin } = browserOf(request);
      const { verification } = await this.resets.reset(tenant, token, {
        password,
        endsEverything: endsSessions,
        origin,
        locale,
      });
      redirect(response, pathOf(tenant, await this.signInAddress(request, tenant, verification.requestId)));
    } catch (error) {
      if (error instanceof ResetGoneError) return this.showGone(request, response, tenant);
      if (error instanceof PasswordRefusedError) return refuse(error.fault, error.fault === 'unchecked' ? 503 : 400);
      if (error instanceof PasswordHasherBusyError) return refuse('busy', 503);
      throw error;
    }
  }

  /** Used, too old, made up, or of another tenant: all alike, and another mail is one press away. */
  private async showGone(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const frame = await this.frame.of(request, tenant, '/reset-password', undefined);
    const againPath = pathOf(tenant, recoveryAddress('forgot-password', {}));
    this.pages.send(response, { page: 'no-reset', reason: 'gone', againPath, ...frame }, {}, 400);
  }

  /** The sign-in goes on in the browser that began it. Elsewhere the person is told so. */
  private async signInAddress(request: PageRequest, tenant: Tenant, requestId: string | undefined): Promise<string> {
    if (requestId === undefined) return `/sign-in?${PASSWORD_RESET}=`;
    const own = await this.ownRequest(request, tenant, requestId);
    if (own === undefined) return `/sign-in?${PASSWORD_RESET}=elsewhere`;
    return `${pendingAddress('sign-in', own)}&${PASSWORD_RESET}=`;
  }

  private async ownRequest(
    request: PageRequest,
    tenant: Tenant,
    requestId: string | undefined,
  ): Promise<string | undefined> {
    if (requestId === undefined) return undefined;
    const owner = await this.requests.findOwner(tenant, requestId, browserOf(request));
    return owner?.isOwn ? requestId : undefined;
  }
}
