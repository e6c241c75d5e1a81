import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { authenticationOf } from '../../authentication/authentication.service.js';
import { AuthorizationService } from '../../authorization/authorization.service.js';
import { isForeignKeyViolation } from '../../database/database-error.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { type Authenticating, PasskeyAuthentication } from '../../passkeys/passkey-authentication.js';
import { type PasskeyFault, PasskeyRefusedError } from '../../passkeys/passkey-refused.error.js';
import { writeMethodCookie } from '../../sessions/browser-cookies.js';
import { PASSKEY } from '../../passkeys/passkey.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { replacedSecret, signIntoBrowser } from '../browser/held-accounts.js';
import { OutcomeResponder, redirect } from '../outcome-responder.js';
import type { SignInNotice } from '../page-content.js';
import { RETURN, readReturn } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { SignInPageResponder } from '../sign-in-page.responder.js';
import { sendOptions } from './passkeys.flow.js';

const NOTICES: Readonly<Record<PasskeyFault, SignInNotice>> = {
  expired: 'passkey_expired',
  unknown: 'passkey_unknown',
  refused: 'passkey_refused',
  off: 'passkey_off',
  already_added: 'passkey_refused',
  too_many: 'passkey_refused',
};

/** Signing in with a passkey alone. */
@Injectable()
export class PasskeySignInFlow {
  constructor(
    private readonly authorization: AuthorizationService,
    private readonly passkeys: PasskeyAuthentication,
    private readonly sessions: SessionsService,
    private readonly outcomes: OutcomeResponder,
    private readonly pages: PageResponder,
    private readonly signInPage: SignInPageResponder,
  ) {}

  async options(request: PageRequest, response: Response, tenant: Tenant, requestId?: string): Promise<void> {
    await sendOptions(response, () => this.passkeys.options(tenant, ceremonyOf(request, requestId)));
  }

  async signIn(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const browser = browserOf(request);
    const requestId = params.find('request');
    const interaction = requestId === undefined ? undefined : await this.authorization.show(tenant, requestId, browser);
    const returnTo = readReturn(params.find(RETURN));
    const isRemembered = params.find('remember_me') !== undefined;
    try {
      const clientId = interaction?.request.client.clientId;
      const origin = { ...browser.origin, clientId, pendingRequest: requestId };
      const userAgent = request.headers['user-agent'];
      const previous = { origin: browser.origin, clientId, userAgent, isRemembered };
      const given = { answer: params.find('credential'), origin };
      const { secret, session } = await this.passkeys.authenticate(
        tenant,
        ceremonyOf(request, requestId),
        given,
        ({ user, amr, at }, transaction) =>
          this.sessions.start(
            tenant,
            authenticationOf(tenant, user, [{ factor: PASSKEY, amr, at }]),
            { ...previous, secret: replacedSecret(tenant, browser, user.id) },
            transaction,
          ),
      );
      await signIntoBrowser(this.sessions, response, tenant, browser, { secret, session });
      response.appendHeader('Set-Cookie', writeMethodCookie(tenant, 'passkey'));
      this.pages.remember(request, response, tenant);
      if (!interaction) return redirect(response, pathOf(tenant, returnTo));
      const outcome = await this.authorization.proceed(interaction, { ...browser, session });
      this.outcomes.send(request, response, tenant, outcome);
    } catch (error) {
      // The account was deleted meanwhile.
      const refused = isForeignKeyViolation(error) ? new PasskeyRefusedError('refused', 'deleted') : error;
      if (!(refused instanceof PasskeyRefusedError)) throw error;
      const { fault, signal } = refused;
      this.signInPage.send(request, response, tenant, {
        interaction,
        returnTo,
        isRemembered,
        refusal: { notice: NOTICES[fault], status: 400, signal },
      });
    }
  }
}

/** The challenge belongs to this page: one of another authorization request, or of none, does not serve. */
function ceremonyOf(request: PageRequest, requestId = ''): Authenticating {
  return { purpose: 'sign_in', browser: browserOf(request), subject: requestId };
}
