import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import {
  type Authentication,
  AuthenticationService,
  SignInError,
} from '../../authentication/authentication.service.js';
import { MARKS } from '../../authentication/proof.js';
import { digest } from '../../crypto/digest.js';
import { RememberedDevicesRepository } from '../../factors/remembered-devices.repository.js';
import { AuthorizationService } from '../../authorization/authorization.service.js';
import { isForeignKeyViolation } from '../../database/database-error.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import {
  readIdentifier,
  readMethod,
  removeCookie,
  writeIdentifierCookie,
  writeMethodCookie,
} from '../../sessions/browser-cookies.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import { PasswordHasherBusyError } from '../../users/password-hasher.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { forget, heldAccounts, putInUse, replacedSecret, signIntoBrowser } from '../browser/held-accounts.js';
import { OutcomeResponder, redirect } from '../outcome-responder.js';
import {
  AGAIN,
  CHOOSE,
  OTHER,
  PASSWORD_RESET,
  RETURN,
  SIGNED_OUT,
  type AccountAddress,
  accountSignInAddress,
  readReturn,
  pendingAddress,
  withQuery,
} from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { type Refusal, SignInPageResponder } from '../sign-in-page.responder.js';

/** Signing in: the page, the attempt, and what follows. */
@Injectable()
export class SignInFlow {
  constructor(
    private readonly authorization: AuthorizationService,
    private readonly authentication: AuthenticationService,
    private readonly sessions: SessionsService,
    private readonly devices: RememberedDevicesRepository,
    private readonly outcomes: OutcomeResponder,
    private readonly pages: PageResponder,
    private readonly signInPage: SignInPageResponder,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant, requestId: string | undefined): Promise<void> {
    const browser = browserOf(request);
    const wasSignedOut = request.query[SIGNED_OUT] !== undefined;
    const isOther = request.query[OTHER] !== undefined;
    const wasReset = resetOf(request.query[PASSWORD_RESET]);
    if (requestId === undefined) {
      const returnTo = readReturn(request.query[RETURN]);
      const isAgain = browser.session !== undefined && request.query[AGAIN] !== undefined;
      const isChoice = tenant.policy.accountsPerBrowser > 1 && request.query[CHOOSE] !== undefined;
      if (browser.session && !isAgain && !isChoice) return redirect(response, pathOf(tenant, returnTo));
      const typed = readIdentifier(tenant, request.headers.cookie, undefined);
      const username = isOther || isChoice ? undefined : (typed ?? browser.session?.user.username);
      const subject = { wasSignedOut, wasReset, username, returnTo, isAgain, isChoice };
      return this.signInPage.send(request, response, tenant, subject);
    }
    const interaction = await this.authorization.show(tenant, requestId, browser);
    // Signed in meanwhile, in another tab.
    const isAgainFor = browser.session !== undefined && request.query[AGAIN] !== undefined;
    if (interaction.next?.name !== 'sign-in' && !isAgainFor)
      return redirect(response, pathOf(tenant, `/authorize/resume?request=${requestId}`));
    const subject = { interaction, wasSignedOut, wasReset, isAgain: isAgainFor, isOther };
    this.signInPage.sendFor(request, response, tenant, subject);
  }

  async signIn(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const browser = browserOf(request);
    const requestId = params.find('request');
    const interaction = requestId === undefined ? undefined : await this.authorization.show(tenant, requestId, browser);
    const username = params.find('username');
    const returnTo = readReturn(params.find(RETURN));
    const isRemembered = params.find('remember_me') !== undefined;
    const isAgain = params.find(AGAIN) !== undefined;
    const refuse = (refusal: Refusal) =>
      this.signInPage.send(request, response, tenant, {
        interaction,
        username,
        refusal,
        returnTo,
        isRemembered,
        isAgain,
      });
    if (params.find('step') === 'identify' && tenant.policy.signInForm === 'identifier_first') {
      if (username === undefined) return refuse({ notice: 'identifier_required', status: 400 });
      response.appendHeader('Set-Cookie', writeIdentifierCookie(tenant, requestId, username));
      return redirect(response, pathOf(tenant, signInAddress(requestId, returnTo, browser.session !== undefined)));
    }
    if (username === undefined || params.find('password') === undefined) {
      return refuse({ notice: 'credentials_required', status: 400 });
    }
    try {
      const clientId = interaction?.request.client.clientId;
      const device = browser.isNew ? undefined : browser.secret;
      const origin = { ...browser.origin, device, clientId, pendingRequest: requestId };
      const userAgent = request.headers['user-agent'];
      const previous = { origin: browser.origin, clientId, userAgent, isRemembered };
      // Before a sensitive change the second factor is asked for in a remembered browser as well.
      const rememberedUser = isAgain ? undefined : await this.rememberedUser(tenant, browser.deviceSecret);
      const { secret, session } = await this.authentication.authenticate(
        tenant,
        params,
        origin,
        (proven, transaction) =>
          this.sessions.start(
            tenant,
            withRememberedDevice(proven, rememberedUser),
            { ...previous, secret: replacedSecret(tenant, browser, proven.user.id) },
            transaction,
          ),
      );
      await signIntoBrowser(this.sessions, response, tenant, browser, { secret, session });
      if (readMethod(tenant, request.headers.cookie) === 'passkey') {
        response.appendHeader('Set-Cookie', writeMethodCookie(tenant, 'password'));
      }
      if (tenant.policy.signInForm === 'identifier_first') {
        response.appendHeader('Set-Cookie', removeCookie(tenant, 'identifier'));
      }
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

  /** Whose second factor this browser passed before, for tenants that remember browsers. Only such a browser is looked up. */
  private async rememberedUser(tenant: Tenant, deviceSecret: string | undefined): Promise<string | undefined> {
    const { rememberedDeviceLifetimeSeconds: lifetime } = tenant.policy;
    if (deviceSecret === undefined || lifetime === 0) return undefined;
    return this.devices.findUser(tenant.id, digest(deviceSecret), lifetime);
  }

  /** Goes on with an account that the browser is signed in with, or signs out of it. */
  async continue(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const browser = browserOf(request);
    const requestId = params.find('request');
    const returnTo = readReturn(params.find(RETURN));
    const account = params.find('account');
    if (account === undefined) return this.goOn(request, response, tenant, params.get('request'));
    const held = heldAccounts(browser).find(({ session }) => session.id === account);
    const again = requestId === undefined ? accountSignInAddress(returnTo) : pendingAddress('sign-in', requestId);
    // It was signed out of in another tab, or is none of this browser.
    if (!held) return redirect(response, pathOf(tenant, again));
    if (params.find('decision') === 'sign_out') {
      await this.sessions.end(tenant, held.session, browser.origin);
      forget(response, tenant, browser, held.session);
      return redirect(response, pathOf(tenant, again));
    }
    putInUse(response, tenant, browser, held);
    if (requestId === undefined) return redirect(response, pathOf(tenant, returnTo));
    const others = heldAccounts(browser).filter(({ session }) => session.id !== account);
    const outcome = await this.authorization.continueAs(tenant, requestId, {
      ...browser,
      session: held.session,
      others,
    });
    this.outcomes.send(request, response, tenant, outcome);
  }

  private async goOn(request: PageRequest, response: Response, tenant: Tenant, requestId: string): Promise<void> {
    const outcome = await this.authorization.continueAs(tenant, requestId, browserOf(request));
    this.outcomes.send(request, response, tenant, outcome);
  }
}

/** Of the page that asks for the proof. Whoever is signed in does it again. */
function signInAddress(requestId: string | undefined, returnTo: AccountAddress, isSignedIn: boolean): string {
  if (requestId !== undefined)
    return withQuery('/sign-in', { request: requestId, [AGAIN]: isSignedIn ? '' : undefined });
  return accountSignInAddress(returnTo, { again: isSignedIn });
}

function withRememberedDevice(proven: Authentication, rememberedUser: string | undefined): Authentication {
  if (proven.user.id !== rememberedUser) return proven;
  const mark = { factor: MARKS.rememberedDevice, amr: [], at: proven.authTime };
  return { ...proven, proofs: [...proven.proofs, mark] };
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
