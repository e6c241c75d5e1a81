import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { AuthenticationService, SignInError } from '../authentication/authentication.service.js';
import { AuthorizationService, type PendingInteraction } from '../authorization/authorization.service.js';
import { displayNameOf } from '../clients/client.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import { writeCookie } from '../sessions/browser-cookies.js';
import type { Session } from '../sessions/session.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { Tenant } from '../tenants/tenant.js';
import { PasswordHasherBusyError } from '../users/password-hasher.js';
import { type PageRequest, browserOf } from './browser.js';
import { OutcomeResponder, redirect } from './outcome-responder.js';
import { PageResponder, pathOf } from './page-responder.js';
import type { SignInNotice, SignInPage } from './page.js';
import { displayHost, formTargets } from './redirect-target.js';

/** What went wrong with an attempt, and the status of the page that says so. */
interface Refusal {
  readonly notice: SignInNotice;
  readonly status: number;
  readonly retryAfterSeconds?: number;
}

/** Signing in: the page, the attempt, and what follows. */
@Injectable()
export class SignInFlow {
  constructor(
    private readonly authorization: AuthorizationService,
    private readonly authentication: AuthenticationService,
    private readonly sessions: SessionsService,
    private readonly outcomes: OutcomeResponder,
    private readonly pages: PageResponder,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant, requestId: string | undefined): Promise<void> {
    const browser = browserOf(request);
    if (requestId === undefined) {
      if (browser.session) return redirect(response, pathOf(tenant, '/account'));
      return this.sendPage(request, response, tenant, {});
    }
    const interaction = await this.authorization.show(tenant, requestId, browser);
    // Signed in meanwhile, in another tab.
    if (interaction.next !== 'sign-in')
      return redirect(response, pathOf(tenant, `/authorize/resume?request=${requestId}`));
    return this.sendPage(request, response, tenant, {
      interaction,
      username: hintOf(interaction) ?? askedAgain(browser.session, interaction)?.user.username,
    });
  }

  async signIn(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const browser = browserOf(request);
    const requestId = params.find('request');
    const interaction = requestId === undefined ? undefined : await this.authorization.show(tenant, requestId, browser);
    const username = params.find('username');
    const refuse = (refusal: Refusal) => this.sendPage(request, response, tenant, { interaction, username, refusal });
    if (username === undefined || params.find('password') === undefined) {
      return refuse({ notice: 'credentials_required', status: 400 });
    }
    try {
      const origin = { ...browser.origin, device: browser.isNew ? undefined : browser.secret };
      const previous = { secret: browser.sessionSecret, origin: browser.origin };
      const { secret, session } = await this.authentication.authenticate(
        tenant,
        params,
        origin,
        (proven, transaction) => this.sessions.start(tenant, proven, previous, transaction),
      );
      response.appendHeader('Set-Cookie', writeCookie(tenant, 'session', secret));
      this.pages.remember(request, response, tenant);
      if (!interaction) return redirect(response, pathOf(tenant, '/account'));
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

  private async sendPage(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    what: { interaction?: PendingInteraction | undefined; username?: string | undefined; refusal?: Refusal },
  ): Promise<void> {
    const { interaction, username, refusal } = what;
    const context = this.pages.context(request, tenant, interaction?.request.params.find('ui_locales'));
    const hidden: Record<string, string> = interaction ? { request: interaction.id } : {};
    const view: SignInPage = {
      page: 'sign-in',
      context,
      ...this.pages.form(request, tenant, { path: '/sign-in', purpose: 'sign-in', hidden }),
      ...(interaction && {
        clientName: displayNameOf(interaction.request.client),
        redirectHost: displayHost(interaction.request.redirectUri),
      }),
      ...(username !== undefined && { username }),
      ...this.continueAs(request, tenant, interaction),
      ...noticeOf(request, interaction, refusal),
      ...(refusal?.retryAfterSeconds !== undefined && { retryAfterSeconds: refusal.retryAfterSeconds }),
    };
    this.pages.remember(request, response, tenant);
    if (refusal?.retryAfterSeconds !== undefined) response.setHeader('Retry-After', refusal.retryAfterSeconds);
    this.pages.send(response, view, formTargets(interaction?.request), refusal?.status);
  }

  /** A choice of account includes the one that is signed in; a demand to sign in again does not. */
  private continueAs(request: PageRequest, tenant: Tenant, interaction: PendingInteraction | undefined) {
    const { session } = browserOf(request);
    if (!interaction || !session || !interaction.request.prompt.has('select_account')) return {};
    if (interaction.request.prompt.has('login')) return {};
    const hidden = { request: interaction.id };
    const form = this.pages.form(request, tenant, { path: '/sign-in/continue', purpose: 'continue', hidden });
    return { continueAs: { ...form, name: session.user.claims.name ?? session.user.username } };
  }
}

function toRefusal(error: unknown): Refusal | undefined {
  if (error instanceof PasswordHasherBusyError) {
    return { notice: 'busy', status: 503, retryAfterSeconds: error.retryAfterSeconds };
  }
  if (!(error instanceof SignInError)) return undefined;
  if (error.fault === 'invalid_credentials') return { notice: 'invalid_credentials', status: 400 };
  const { retryAfterSeconds = 1 } = error;
  return { notice: 'too_many_attempts', status: 429, retryAfterSeconds };
}

function noticeOf(
  request: PageRequest,
  interaction: PendingInteraction | undefined,
  refusal: Refusal | undefined,
): { notice?: SignInNotice } {
  if (refusal) return { notice: refusal.notice };
  const { session } = browserOf(request);
  if (!session || !interaction) return {};
  if (wantsAnother(session, interaction)) return { notice: 'other_account' };
  return askedAgain(session, interaction) ? { notice: 'reauthenticate' } : {};
}

/** The client believes somebody else to be signed in. */
function wantsAnother(session: Session, { request: { hintedSubject } }: PendingInteraction): boolean {
  return hintedSubject !== undefined && hintedSubject !== session.user.id;
}

/** Whose session it is, if that person is to prove once more that it is they, and not to choose an account. */
function askedAgain(session: Session | undefined, interaction: PendingInteraction): Session | undefined {
  if (!session || wantsAnother(session, interaction)) return undefined;
  return interaction.request.prompt.has('select_account') ? undefined : session;
}

/** OpenID Connect Core §3.1.2.1 `login_hint`: a start for the person, nothing more. */
function hintOf({ request }: PendingInteraction): string | undefined {
  return request.params.find('login_hint')?.slice(0, 254);
}
