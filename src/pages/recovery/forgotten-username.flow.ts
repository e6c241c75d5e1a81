import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { UsernameReminders } from '../../recovery/username-reminders.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { redirect } from '../outcome-responder.js';
import { recoveryAddress } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import type { AskNotice } from '../recovery-content.js';
import { roundWait } from '../wait.js';
import { requestOf } from './forgotten-password.flow.js';
import { RecoveryFrame, tooMany } from './recovery-frame.js';

const MAX_EMAIL_LENGTH = 320;

interface Refusal {
  readonly notice: AskNotice;
  readonly status: number;
  readonly retryAfterSeconds?: number;
}

/** A person forgot the user name. */
@Injectable()
export class ForgottenUsernameFlow {
  constructor(
    private readonly reminders: UsernameReminders,
    private readonly frame: RecoveryFrame,
    private readonly pages: PageResponder,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const requestId = requestOf(request.query['request']);
    if (!(await this.frame.enter(request, response, tenant, requestId))) return;
    if (request.query['sent'] === undefined) return this.showForm(request, response, tenant, { requestId });
    const address = recoveryAddress('forgot-username', { sent: '', request: requestId });
    const frame = await this.frame.of(request, tenant, address, requestId);
    this.pages.send(response, { page: 'username-sent', ...frame });
  }

  async ask(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const requestId = requestOf(params.find('request'));
    if (!(await this.frame.enter(request, response, tenant, requestId))) return;
    const email = params.find('email')?.trim().slice(0, MAX_EMAIL_LENGTH);
    const asked = { requestId, email };
    if (!email) {
      return this.showForm(request, response, tenant, asked, { notice: 'identifier_required', status: 400 });
    }
    try {
      const { locale } = (await this.frame.of(request, tenant, '/forgot-username', requestId)).context;
      await this.reminders.request(tenant, { email, origin: browserOf(request).origin, locale });
      redirect(response, pathOf(tenant, recoveryAddress('forgot-username', { sent: '', request: requestId })));
    } catch (error) {
      const retryAfterSeconds = tooMany(error);
      const refusal = { notice: 'too_many_requests', status: 429, retryAfterSeconds } as const;
      return this.showForm(request, response, tenant, asked, refusal);
    }
  }

  private async showForm(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    { requestId, email }: { readonly requestId: string | undefined; readonly email?: string | undefined },
    refusal?: Refusal,
  ): Promise<void> {
    const hidden: Record<string, string> = requestId === undefined ? {} : { request: requestId };
    const address = recoveryAddress('forgot-username', { request: requestId });
    const frame = await this.frame.of(request, tenant, address, requestId);
    this.pages.remember(request, response, tenant, requestId);
    if (refusal?.retryAfterSeconds !== undefined) {
      response.setHeader('Retry-After', roundWait(refusal.retryAfterSeconds));
    }
    const page = {
      page: 'forgotten-username',
      ...frame,
      ...this.pages.form(request, tenant, { path: '/forgot-username', purpose: 'recovery', hidden }),
      ...(email !== undefined && { email }),
      ...(refusal && { notice: refusal.notice }),
      ...(refusal?.retryAfterSeconds !== undefined && { retryAfterSeconds: refusal.retryAfterSeconds }),
    } as const;
    this.pages.send(response, page, {}, refusal?.status);
  }
}
