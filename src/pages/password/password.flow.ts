import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { SignInError } from '../../authentication/authentication.service.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { writeCookie } from '../../sessions/browser-cookies.js';
import { type PasswordForm, PasswordChanges, PasswordRefusedError } from '../../sessions/password-changes.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { User } from '../../users/user.js';
import { PasswordHasherBusyError } from '../../users/password-hasher.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { AccountAccess } from '../account-access.js';
import { redirect } from '../outcome-responder.js';
import { SIGNED_OUT } from '../page-address.js';
import type { PasswordNotice, PasswordPage } from '../page-content.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { roundWait } from '../wait.js';

interface Refusal {
  readonly notice: PasswordNotice;
  readonly status: number;
  readonly retryAfterSeconds?: number;
}

/** A person changes their own password. */
@Injectable()
export class PasswordFlow {
  constructor(
    private readonly changes: PasswordChanges,
    private readonly pages: PageResponder,
    private readonly access: AccountAccess,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant, refusal?: Refusal): Promise<void> {
    const session = await this.access.enter(request, response, tenant, { address: '/change-password' });
    if (!session) return;
    const { username } = session.user;
    const view: PasswordPage = {
      page: 'password',
      context: this.pages.context(request, tenant, { address: '/change-password' }),
      ...this.pages.form(request, tenant, { path: '/change-password', purpose: 'password' }),
      username,
      minLength: tenant.policy.passwordMinLength,
      accountPath: pathOf(tenant, '/account'),
      ...(refusal && { notice: refusal.notice }),
      ...(refusal?.retryAfterSeconds !== undefined && { retryAfterSeconds: refusal.retryAfterSeconds }),
    };
    this.pages.remember(request, response, tenant);
    if (refusal?.retryAfterSeconds !== undefined) {
      response.setHeader('Retry-After', roundWait(refusal.retryAfterSeconds));
    }
    this.pages.send(response, view, {}, refusal?.status);
  }

  /** The form names its user and belongs to no session, because the session ends when it is sent. */
  async change(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const { session } = browserOf(request);
    const username = params.find('username');
    // Who has a second factor proves it before the password is changed.
    if (session && !(await this.access.enter(request, response, tenant, { address: '/change-password' }))) return;
    // The page is shown again to the person who is signed in now.
    if (session && session.user.username !== username) return this.show(request, response, tenant);
    const [current, next] = [params.find('current_password'), params.find('new_password')];
    const isRepeated = next === params.find('new_password_again');
    if (username === undefined || current === undefined || next === undefined) {
      return this.show(request, response, tenant, { notice: 'fields_required', status: 400 });
    }
    if (!isRepeated) return this.show(request, response, tenant, { notice: 'not_repeated', status: 400 });
    const form = { username, current, next };
    try {
      const secret = await this.attempt(request, tenant, session?.user, form);
      if (secret === undefined) return redirect(response, pathOf(tenant, `/sign-in?${SIGNED_OUT}=`));
      response.appendHeader('Set-Cookie', writeCookie(tenant, 'session', secret));
      redirect(response, pathOf(tenant, '/account?password_changed'));
    } catch (error) {
      const refusal = toRefusal(error);
      if (!refusal) throw error;
      await this.show(request, response, tenant, refusal);
    }
  }

  private async attempt(
    request: PageRequest,
    tenant: Tenant,
    user: User | undefined,
    form: PasswordForm,
  ): Promise<string | undefined> {
    const browser = browserOf(request);
    const device = browser.isNew ? undefined : browser.secret;
    const origin = { ...browser.origin, device, userAgent: request.headers['user-agent'] };
    if (!user) return this.changes.changeAgain(tenant, form, origin);
    try {
      return await this.changes.change(tenant, user, form, origin);
    } catch (error) {
      const mayBeSecond = error instanceof SignInError && error.fault === 'invalid_credentials';
      const secret = mayBeSecond ? await this.changes.changeAgain(tenant, form, origin) : undefined;
      if (secret === undefined) throw error;
      return secret;
    }
  }
}

function toRefusal(error: unknown): Refusal | undefined {
  if (error instanceof PasswordRefusedError) return { notice: error.fault, status: 400 };
  if (error instanceof PasswordHasherBusyError) {
    return { notice: 'busy', status: 503, retryAfterSeconds: error.retryAfterSeconds };
  }
  if (!(error instanceof SignInError)) return undefined;
  if (error.fault === 'invalid_credentials') return { notice: 'wrong_password', status: 400 };
  return { notice: 'too_many_attempts', status: 429, retryAfterSeconds: error.retryAfterSeconds ?? 1 };
}
