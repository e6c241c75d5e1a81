import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { readForm } from '../../protocol/form-body.js';
import { writeCookie, writeSessionCookie } from '../../sessions/browser-cookies.js';
import { FormRepeats } from '../../sessions/form-repeats.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type PageRequest, browserOf } from './current-browser.js';
import { type FormPurpose, checkCsrfToken, checkSameOrigin } from './csrf.js';

const PURPOSE = 'pages:form-purpose';

/** Which of our forms a handler takes. */
export const TakesForm = (purpose: FormPurpose) => SetMetadata(PURPOSE, purpose);

/** Reads a form that changes something, and makes sure it came from our own page in this browser. */
@Injectable()
export class FormGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly repeats: FormRepeats,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const purpose = this.reflector.get<FormPurpose | undefined>(PURPOSE, context.getHandler());
    if (!purpose) throw new Error('A handler behind the FormGuard is declared with @PostForm().');
    const request = context.switchToHttp().getRequest<PageRequest>();
    const { tenant } = request;
    if (!tenant) throw new Error('The FormGuard comes after the TenantGuard.');
    checkSameOrigin(request.headers, tenant.issuer);
    request.oauthParams = (await readForm(request)).refuseRepeated();
    if (isStrengthening(purpose)) await this.recognise(request, tenant, context.switchToHttp().getResponse<Response>());
    checkCsrfToken(tenant.id, browserOf(request), purpose, request.oauthParams.find('csrf'));
    return true;
  }

  /**
   * A form that makes a session go on under another secret may be sent twice at once. Its second answer has the cookies of the
   * first one, which the browser discarded.
   */
  private async recognise(request: PageRequest, tenant: Tenant, response: Response): Promise<void> {
    const browser = browserOf(request);
    const { sessionSecret: previous, session } = browser;
    const { oauthParams: params } = request;
    if (previous === undefined || !params) return;
    const next = await this.repeats.secretsOf(tenant, previous, request.path, params);
    request.browser = { ...browser, next };
    const repeated = session ? undefined : await this.repeats.find(tenant, next);
    if (!repeated) return;
    request.browser = { ...browser, session: repeated.session, sessionSecret: next.secret, next, isRepeated: true };
    response.appendHeader('Set-Cookie', writeSessionCookie(tenant, repeated));
    if (params.find('remember') !== undefined && tenant.policy.rememberedDeviceLifetimeSeconds > 0) {
      response.appendHeader('Set-Cookie', writeCookie(tenant, 'device', next.deviceSecret));
    }
  }
}

/** Whether a form of this kind adds to what a session has proven. */
function isStrengthening(purpose: FormPurpose): boolean {
  return purpose === 'second-factor' || purpose === 'account/passkeys';
}
