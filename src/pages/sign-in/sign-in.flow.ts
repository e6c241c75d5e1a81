import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { AuthenticationService, SignInError } from '../../authentication/authentication.service.js';
import { AuthorizationService } from '../../authorization/authorization.service.js';
import { isForeignKeyViolation } from '../../database/database-error.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { writeCookie } from '../../sessions/browser-cookies.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import { PasswordHasherBusyError } from '../../users/password-hasher.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { OutcomeResponder, redirect } from '../outcome-responder.js';
import { AGAIN, PASSWORD_RESET, RETURN, SIGNED_OUT, readReturn } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { type Refusal, SignInPageResponder } from '../sign-in-page.responder.js';

/** Signing in: the page, the attempt, and what follows. */
@Injectable()
export class SignInFlow {
  constructor(
    private readonly authorization: AuthorizationService,
    private readonly authentication: AuthenticationService,
    private readonly sessions: SessionsService,
    private readonly outcomes: OutcomeResponder,
    private readonly pages: PageResponder,
    private readonly signInPage: SignInPageResponder,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant, requestId: string | undefined): Promise<void> {
    const browser = browserOf(request);
    const wasSignedOut = request.query[SIGNED_OUT] !== undefined;
    const wasReset = resetOf(request.query[PASSWORD_RESET]);
    if (requestId === undefined) {
      const returnTo = readReturn(request.query[RETURN]);
      const isAgain = browser.session !== undefined && request.query[AGAIN] !== undefined;
      if (browser.session && !isAgain) return redirect(response, pathOf(tenant, returnTo));
      const username = browser.session?.user.username;
      return this.signInPage.send(request, response, tenant, { wasSignedOut, wasReset, username, returnTo, isAgain });
    }
    const interaction = await this.authorization.show(tenant, requestId, browser);
    // Signed in meanwhile, in another tab.
    if (interaction.next?.name !== 'sign-in')
      return redirect(response, pathOf(tenant, `/authorize/resume?request=${requestId}`));
    this.signInPage.sendFor(request, response, tenant, { interaction, wasSignedOut, wasReset });
  }

  async signIn(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const browser = browserOf(request);
    const requestId = params.find('request');
    const interaction = requestId === undefined ? undefined : await this.authorization.show(tenant, requestId, browser);
    const username = params.find('username');
    const returnTo = readReturn(params.find(RETURN));
    const refuse = (refusal: Refusal) =>
      this.signInPage.send(request, response, tenant, { interaction, username, refusal, returnTo });
    if (username === undefined || params.find('password') === undefined) {
      return refuse({ notice: 'credentials_required', status: 400 });
    }
    try {
      const clientId = interaction?.request.client.clientId;
      const device = browser.isNew ? undefined : browser.secret;
      const origin = { ...browser.origin, device, clientId, pendingRequest: requestId };
      const userAgent = request.headers['user-agent'];
      const previous = { secret: browser.sessionSecret, origin: browser.origin, clientId, userAgent };
      const { secret, session } = await this.authentication.authenticate(
        tenant,
        params,
        origin,
        (proven, transaction) => this.sessions.start(tenant, proven, previous, transaction),
      );
      response.appendHeader('Set-Cookie', writeCookie(tenant, 'session', secret));
      this.pages.remember(request, response, tenant);
      if (!interaction) return redirect(response, pathOf(tenant, returnTo));
      const outcome = await this.authorization.proceed(interaction, { ...browser, session });
      this.outcomes.send(request, response, tenant, outcome);
    } catch (error) {
      const refusal = toRefusal(error);
      if (!refusal) throw error;
      return refuse(refusal);
    }
  }

  async continue(request: PageRequest, response: Response, tenant: Tenant, requestId: string): Promise<void> {
    const outcome = await this.authorization.continueAs(tenant, requestId, browserOf(request));
    this.outcomes.send(request, response, tenant, outcome);
  }
}

function resetOf(value: unknown): 'here' | 'elsewhere' | undefined {
  if (value === undefined) return undefined;
  return value === 'elsewhere' ? 'elsewhere' : 'here';
}

function toRefusal(error: unknown): Refusal | undefined {
  if (error instanceof PasswordHasherBusyError) {
    return { notice: 'busy', status: 503, retryAfterSeconds: error.retryAfterSeconds };
  }
  // The account was deleted while its password was checked.
  if (isForeignKeyViolation(error)) return { notice: 'invalid_credentials', status: 400 };
  if (!(error instanceof SignInError)) return undefined;
  if (error.fault === 'invalid_credentials') return { notice: 'invalid_credentials', status: 400 };
  const { retryAfterSeconds = 1 } = error;
  return { notice: 'too_many_attempts', status: 429, retryAfterSeconds };
}
