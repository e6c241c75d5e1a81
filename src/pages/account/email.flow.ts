import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { EmailChanges } from '../../account/email-changes.js';
import { ProfileInputError } from '../../account/profile-input.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import type { Session } from '../../sessions/session.js';
import { TenantNotFoundError } from '../../tenants/tenant-not-found.error.js';
import type { Tenant } from '../../tenants/tenant.js';
import { normalizeIdentifier } from '../../users/identifier.js';
import type { AccountEmailPage, ConfirmEmailPage, EmailNotice } from '../account-content.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { FRESH_SECONDS } from '../account-access.js';
import { AccountFrames } from '../frame/account-frames.js';
import { redirect } from '../outcome-responder.js';
import { PageResponder, pathOf } from '../page-responder.js';

const ADDRESS = '/account/email';
const CONFIRM = '/account/confirm-email';
/** 256 bits in base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const STATUS: Readonly<Record<EmailNotice, number>> = {
  not_an_email_address: 400,
  too_long: 400,
  same: 400,
  wrong: 400,
  spent: 400,
  taken: 409,
};

/** A person changes their e-mail address. */
@Injectable()
export class EmailFlow {
  constructor(
    private readonly frames: AccountFrames,
    private readonly pages: PageResponder,
    private readonly changes: EmailChanges,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant, sent?: string): Promise<void> {
    const session = await this.enter(request, response, tenant);
    if (!session) return;
    const verification = sent === undefined ? undefined : await this.changes.findOwn(tenant, sent, browserOf(request));
    if (sent !== undefined && !verification) return redirect(response, pathOf(tenant, ADDRESS));
    const isOwn = verification?.userId === session.user.id;
    const code = verification && isOwn && this.codeForm(request, tenant, verification.id);
    this.send(request, response, tenant, session, {
      ...(code && { sent: { ...code, address: verification.address } }),
    });
  }

  async begin(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const session = await this.enter(request, response, tenant);
    if (!session) return;
    const entered = params.find('email')?.trim() ?? '';
    const { user } = session;
    const isSame = user.email !== undefined && normalizeIdentifier(user.email) === normalizeIdentifier(entered);
    if (isSame && user.emailVerified) return this.send(request, response, tenant, session, { entered, notice: 'same' });
    try {
      const browser = browserOf(request);
      const { locale } = this.pages.context(request, tenant);
      const id = await this.changes.begin(tenant, user, { address: entered, browser, locale, origin: browser.origin });
      redirect(response, pathOf(tenant, `${ADDRESS}?sent=${id}`));
    } catch (error) {
      if (!(error instanceof ProfileInputError)) throw error;
      const notice = error.fault === 'too_long' ? 'too_long' : 'not_an_email_address';
      this.send(request, response, tenant, session, { entered, notice });
    }
  }

  async confirmByCode(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters) {
    const session = await this.enter(request, response, tenant);
    if (!session) return;
    const browser = browserOf(request);
    const [id, code] = [params.find('verification') ?? '', params.find('code') ?? ''];
    const outcome = await this.changes.confirmByCode(tenant, session.user, { id, code, browser }, browser.origin);
    if (outcome === 'changed') return redirect(response, pathOf(tenant, '/account/profile?email_changed'));
    const again = outcome === 'wrong' ? await this.changes.findOwn(tenant, id, browser) : undefined;
    // Sent twice: the first one changed it.
    if (outcome === 'spent' && (await this.changes.wasConfirmed(tenant, session.user, id, browser))) {
      return redirect(response, pathOf(tenant, '/account/profile?email_changed'));
    }
    this.send(request, response, tenant, session, {
      notice: again ? 'wrong' : outcome === 'taken' ? 'taken' : 'spent',
      ...(again && { sent: { ...this.codeForm(request, tenant, id), address: again.address } }),
    });
  }

  async ask(request: PageRequest, response: Response, tenant: Tenant, token = ''): Promise<void> {
    const found = TOKEN.test(token) ? await this.changes.peek(tenant, token) : undefined;
    const form = { path: CONFIRM, purpose: 'confirm-email', hidden: { token } } as const;
    this.pages.remember(request, response, tenant);
    this.sendConfirm(
      request,
      response,
      tenant,
      found ? { confirm: { ...this.pages.form(request, tenant, form), address: found.address } } : { outcome: 'spent' },
    );
  }

  async confirmByLink(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters) {
    const token = params.find('token') ?? '';
    const { origin } = browserOf(request);
    const outcome = TOKEN.test(token) ? await this.changes.confirmByLink(tenant, token, origin) : 'spent';
    this.sendConfirm(request, response, tenant, { outcome: outcome === 'wrong' ? 'spent' : outcome });
  }

  private async enter(request: PageRequest, response: Response, tenant: Tenant): Promise<Session | undefined> {
    const access = { address: ADDRESS, maxAgeSeconds: FRESH_SECONDS } as const;
    const session = await this.frames.enter(request, response, tenant, access);
    if (session && !this.changes.isOffered(tenant)) throw new TenantNotFoundError();
    return session;
  }

  private codeForm(request: PageRequest, tenant: Tenant, verification: string) {
    const form = { path: '/account/email-code', purpose: 'account/email', hidden: { verification } } as const;
    return this.pages.form(request, tenant, form);
  }

  private send(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    session: Session,
    more: Partial<Pick<AccountEmailPage, 'entered' | 'notice' | 'sent'>>,
  ): void {
    this.pages.send(
      response,
      {
        page: 'account-email',
        ...this.frames.frame(request, tenant, session, ADDRESS),
        ...this.pages.form(request, tenant, { path: ADDRESS, purpose: 'account/email' }),
        current: session.user.email,
        ...more,
      },
      {},
      more.notice && STATUS[more.notice],
    );
  }

  private sendConfirm(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    more: Pick<ConfirmEmailPage, 'confirm' | 'outcome'>,
  ): void {
    const status = more.outcome === 'taken' ? 409 : more.outcome === 'spent' ? 400 : 200;
    this.pages.send(
      response,
      {
        page: 'confirm-email',
        context: this.pages.context(request, tenant),
        accountPath: pathOf(tenant, '/account/profile'),
        ...more,
      },
      {},
      status,
    );
  }
}
