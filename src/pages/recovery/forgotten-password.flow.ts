import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { isUuid } from '../../crypto/uuid.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { PasswordResets, RESET_LIFETIME_SECONDS } from '../../recovery/password-resets.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { redirect } from '../outcome-responder.js';
import { recoveryAddress } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import type { AskNotice, ResetSentPage } from '../recovery-content.js';
import { roundWait } from '../wait.js';
import { RecoveryFrame, tooMany } from './recovery-frame.js';

const MAX_IDENTIFIER_LENGTH = 320;

interface Asked {
  readonly requestId: string | undefined;
  readonly identifier?: string | undefined;
}

interface Refusal {
  readonly notice: AskNotice;
  readonly status: number;
  readonly retryAfterSeconds?: number;
}

/** A person forgot the password: says who they are, and types the code of the mail. */
@Injectable()
export class ForgottenPasswordFlow {
  constructor(
    private readonly resets: PasswordResets,
    private readonly frame: RecoveryFrame,
    private readonly pages: PageResponder,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant, sent: string | undefined): Promise<void> {
    const requestId = requestOf(request.query['request']);
    if (!(await this.frame.enter(request, response, tenant, requestId))) return;
    if (sent !== undefined) return this.showSent(request, response, tenant, { id: sent, requestId });
    return this.showForm(request, response, tenant, { requestId });
  }

  async ask(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const requestId = requestOf(params.find('request'));
    if (!(await this.frame.enter(request, response, tenant, requestId))) return;
    const identifier = params.find('identifier')?.trim().slice(0, MAX_IDENTIFIER_LENGTH);
    const asked = { requestId, identifier };
    if (!identifier) {
      return this.showForm(request, response, tenant, asked, { notice: 'identifier_required', status: 400 });
    }
    const browser = browserOf(request);
    try {
      const { locale } = (await this.frame.of(request, tenant, '/forgot-password', requestId)).context;
      const { origin } = browser;
      const id = await this.resets.request(tenant, { identifier, browser, origin, requestId, locale });
      this.pages.remember(request, response, tenant, requestId);
      redirect(response, pathOf(tenant, recoveryAddress('forgot-password', { sent: id, request: requestId })));
    } catch (error) {
      const retryAfterSeconds = tooMany(error);
      const refusal = { notice: 'too_many_requests', status: 429, retryAfterSeconds } as const;
      return this.showForm(request, response, tenant, asked, refusal);
    }
  }

  async enterCode(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const requestId = requestOf(params.find('request'));
    const [id = '', code = ''] = [params.find('sent'), params.find('code')];
    const browser = browserOf(request);
    const entered = await this.resets.enterCode(tenant, { id, code, browser, origin: browser.origin });
    if (typeof entered !== 'string') {
      return redirect(response, pathOf(tenant, recoveryAddress('reset-password', { token: entered.token })));
    }
    const notice = entered === 'wrong' ? 'wrong_code' : 'spent_code';
    return this.showSent(request, response, tenant, { id, requestId, notice });
  }

  private async showForm(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    { requestId, identifier }: Asked,
    refusal?: Refusal,
  ): Promise<void> {
    const hidden: Record<string, string> = requestId === undefined ? {} : { request: requestId };
    const address = recoveryAddress('forgot-password', { request: requestId });
    const frame = await this.frame.of(request, tenant, address, requestId);
    this.pages.remember(request, response, tenant, requestId);
    if (refusal?.retryAfterSeconds !== undefined) {
      response.setHeader('Retry-After', roundWait(refusal.retryAfterSeconds));
    }
    const page = {
      page: 'forgotten-password',
      ...frame,
      ...this.pages.form(request, tenant, { path: '/forgot-password', purpose: 'recovery', hidden }),
      usernamePath: pathOf(tenant, recoveryAddress('forgot-username', { request: requestId })),
      ...(identifier !== undefined && { identifier }),
      ...(refusal && { notice: refusal.notice }),
      ...(refusal?.retryAfterSeconds !== undefined && { retryAfterSeconds: refusal.retryAfterSeconds }),
    } as const;
    this.pages.send(response, page, {}, refusal?.status);
  }

  private async showSent(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    sent: {
      readonly id: string;
      readonly requestId: string | undefined;
      readonly notice?: Exclude<ResetSentPage['notice'], undefined>;
    },
  ): Promise<void> {
    const { id, requestId, notice } = sent;
    if (!isUuid(id)) return this.showForm(request, response, tenant, { requestId });
    const address = recoveryAddress('forgot-password', { sent: id, request: requestId });
    const hidden = { sent: id, ...(requestId !== undefined && { request: requestId }) };
    const page = {
      page: 'reset-sent',
      ...(await this.frame.of(request, tenant, address, requestId)),
      ...this.pages.form(request, tenant, { path: '/forgot-password/code', purpose: 'recovery', hidden }),
      minutes: RESET_LIFETIME_SECONDS / 60,
      againPath: pathOf(tenant, recoveryAddress('forgot-password', { request: requestId })),
      ...(notice && { notice }),
    } as const;
    this.pages.remember(request, response, tenant, requestId);
    this.pages.send(response, page, {}, notice ? 400 : 200);
  }
}

/** The id of a pending request, as a link or a form gives it. */
export function requestOf(value: unknown): string | undefined {
  return typeof value === 'string' && isUuid(value) ? value : undefined;
}
