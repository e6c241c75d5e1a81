import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { SignInError } from '../../authentication/authentication.service.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { isUuid } from '../../crypto/uuid.js';
import { PasswordResets } from '../../recovery/password-resets.js';
import { writeSessionCookie } from '../../sessions/browser-cookies.js';
import {
  type NextSession,
  type PasswordForm,
  PasswordChanges,
  PasswordRefusedError,
} from '../../sessions/password-changes.js';
import type { Session } from '../../sessions/session.js';
import type { Tenant } from '../../tenants/tenant.js';
import { PasswordHasherBusyError } from '../../users/password-hasher.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { AccountAccess } from '../account-access.js';
import { redirect } from '../outcome-responder.js';
import {
  type AccountAddress,
  type PageAddress,
  RETURN,
  SIGNED_OUT,
  readReturn,
  recoveryAddress,
  withReturn,
} from '../page-address.js';
import type { PasswordNotice, PasswordPage } from '../page-content.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { roundWait } from '../wait.js';

interface Refusal {
  readonly notice: PasswordNotice;
  readonly status: number;
  readonly retryAfterSeconds?: number;
}

/** Where the person goes on afterwards. */
interface Way {
  /** The authorization request that waits for it. */
  readonly requestId: string | undefined;
  readonly returnTo: AccountAddress;
}

/** A person changes their own password: by themselves, or because they have to before they go on. */
@Injectable()
export class PasswordFlow {
  constructor(
    private readonly changes: PasswordChanges,
    private readonly pages: PageResponder,
    private readonly access: AccountAccess,
    private readonly resets: PasswordResets,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant, way: Way, refusal?: Refusal): Promise<void> {
    const session = await this.access.enter(request, response, tenant, {
      address: '/change-password',
      isSensitive: true,
    });
    if (!session) return;
    const { username, mustChangePassword } = session.user;
    const { requestId, returnTo } = way;
    const hidden = {
      ...(requestId !== undefined && { request: requestId }),
      ...(returnTo !== '/account' && { [RETURN]: returnTo }),
    };
    const view: PasswordPage = {
      page: 'password',
      context: this.pages.context(request, tenant, { address: addressOf(way) }),
      ...this.pages.form(request, tenant, { path: '/change-password', purpose: 'password', hidden }),
      username,
      minLength: tenant.policy.passwordMinLength,
      isAsked: mustChangePassword,
      ...(mustChangePassword
        ? { switchAccount: this.pages.switchAccount(request, tenant, requestId) }
        : { accountPath: pathOf(tenant, '/account') }),
      ...this.forgotten(tenant, requestId),
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
    const way = wayOf(params.find('request'), params.find(RETURN));
    const show = (refusal?: Refusal) => this.show(request, response, tenant, way, refusal);
    // Who has a second factor proves it before the password is changed.
    if (
      session &&
      !(await this.access.enter(request, response, tenant, { address: '/change-password', isSensitive: true }))
    )
      return;
    // The page is shown again to the person who is signed in now.
    if (session && session.user.username !== username) return show();
    const [current, chosen] = [params.find('current_password'), params.find('new_password')];
    const isRepeated = chosen === params.find('new_password_again');
    if (username === undefined || current === undefined || chosen === undefined) {
      return show({ notice: 'fields_required', status: 400 });
    }
    if (!isRepeated) return show({ notice: 'not_repeated', status: 400 });
    const form = { username, current, next: chosen };
    try {
      const next = await this.attempt(request, tenant, session, form);
      if (!next) return redirect(response, pathOf(tenant, `/sign-in?${SIGNED_OUT}=`));
      response.appendHeader('Set-Cookie', writeSessionCookie(tenant, next));
      redirect(response, pathOf(tenant, afterwards(way)));
    } catch (error) {
      const refusal = toRefusal(error);
      if (!refusal) throw error;
      await show(refusal);
    }
  }

  private forgotten(tenant: Tenant, requestId: string | undefined) {
    if (!this.resets.isOffered(tenant)) return {};
    return { forgottenPath: pathOf(tenant, recoveryAddress('forgot-password', { request: requestId })) };
  }

  private async attempt(
    request: PageRequest,
    tenant: Tenant,
    session: Session | undefined,
    form: PasswordForm,
  ): Promise<NextSession | undefined> {
    const browser = browserOf(request);
    const { locale } = this.pages.context(request, tenant);
    const device = browser.isNew ? undefined : browser.secret;
    const origin = { ...browser.origin, device, userAgent: request.headers['user-agent'], locale };
    if (!session) return this.changes.changeAgain(tenant, form, origin);
    try {
      return await this.changes.change(tenant, session, form, origin);
    } catch (error) {
      const mayBeSecond = error instanceof SignInError && error.fault === 'invalid_credentials';
      const started = mayBeSecond ? await this.changes.changeAgain(tenant, form, origin) : undefined;
      if (!started) throw error;
      return started;
    }
  }
}

/** As a link or a form says it. */
export function wayOf(requestId: unknown, returnTo: unknown): Way {
  const isRequest = typeof requestId === 'string' && isUuid(requestId);
  return { requestId: isRequest ? requestId : undefined, returnTo: readReturn(returnTo) };
}

function addressOf({ requestId, returnTo }: Way): PageAddress {
  if (requestId !== undefined) return `/change-password?request=${requestId}`;
  return withReturn('/change-password', returnTo) as PageAddress;
}

/** A page of the account that was asked for says nothing of the password; the account page does. */
function afterwards({ requestId, returnTo }: Way): string {
  if (requestId !== undefined) return `/authorize/resume?request=${requestId}`;
  return returnTo === '/account' || returnTo === '/change-password' ? '/account?password_changed' : returnTo;
}

function toRefusal(error: unknown): Refusal | undefined {
  if (error instanceof PasswordRefusedError) {
    return { notice: error.fault, status: error.fault === 'unchecked' ? 503 : 400 };
  }
  if (error instanceof PasswordHasherBusyError) {
    return { notice: 'busy', status: 503, retryAfterSeconds: error.retryAfterSeconds };
  }
  if (!(error instanceof SignInError)) return undefined;
  if (error.fault === 'invalid_credentials') return { notice: 'wrong_password', status: 400 };
  return { notice: 'too_many_attempts', status: 429, retryAfterSeconds: error.retryAfterSeconds ?? 1 };
}
