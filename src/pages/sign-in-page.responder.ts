import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { PendingInteraction } from '../authorization/outcome.js';
import { displayNameOf } from '../clients/client.js';
import { signsInWithPasskeys } from '../passkeys/relying-party.js';
import type { PasskeySignal } from '../passkeys/passkey-signals.js';
import { PasswordResets } from '../recovery/password-resets.js';
import type { Session } from '../sessions/session.js';
import { SignUps } from '../registration/sign-ups.js';
import type { Tenant } from '../tenants/tenant.js';
import { type PageRequest, browserOf } from './browser/current-browser.js';
import { readIdentifier, readMethod } from '../sessions/browser-cookies.js';
import { heldAccounts } from './browser/held-accounts.js';
import {
  AGAIN,
  type AccountAddress,
  OTHER,
  type PageAddress,
  RETURN,
  accountSignInAddress,
  pendingAddress,
  recoveryAddress,
  withQuery,
} from './page-address.js';
import { PASSKEY_SCRIPT_PATH } from './look/passkey-script.js';
import { PageResponder, pathOf } from './page-responder.js';
import { roundWait } from './wait.js';
import type { SignInNotice, SignInPage } from './page-content.js';
import type { FormTarget } from './page-parts.js';
import { displayHost, formTargets } from './redirect-target.js';

/** What went wrong with an attempt, and the status of the page that says so. */
export interface Refusal {
  readonly notice: SignInNotice;
  readonly status: number;
  readonly retryAfterSeconds?: number;
  /** What the browser should know about a passkey. */
  readonly signal?: PasskeySignal | undefined;
}

/** What a sign-in page is about: nothing but the person's own account page when there is no authorization request. */
export interface SignInSubject {
  readonly interaction?: PendingInteraction | undefined;
  readonly username?: string | undefined;
  readonly refusal?: Refusal;
  /** The person submitted a page after their session had ended. */
  readonly wasSignedOut?: boolean;
  /** A new password was chosen, by way of a mail. */
  readonly wasReset?: 'here' | 'elsewhere' | undefined;
  /** Without an authorization request: where the person goes on. */
  readonly returnTo?: AccountAddress;
  /** They are signed in, and prove it again before a sensitive change. */
  readonly isAgain?: boolean;
  /** They are signed in, and choose among the accounts of the browser or add one. */
  readonly isChoice?: boolean;
  /** Somebody else than who was named before wants to sign in. */
  readonly isOther?: boolean;
  /** They ticked that they want to stay signed in. Default: as they are signed in. */
  readonly isRemembered?: boolean;
}

/** The sign-in page, before the first attempt and after one that failed. */
@Injectable()
export class SignInPageResponder {
  constructor(
    private readonly pages: PageResponder,
    private readonly resets: PasswordResets,
    private readonly signUps: SignUps,
  ) {}

  /** For a request that needs somebody to sign in, with the name that is likely to be typed. */
  sendFor(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    subject: SignInSubject & { readonly interaction: PendingInteraction },
  ): void {
    const { interaction, isOther = false } = subject;
    const { session } = browserOf(request);
    const typed = readIdentifier(tenant, request.headers.cookie, interaction.id);
    const username = isOther
      ? undefined
      : (typed ?? hintOf(interaction) ?? askedAgain(session, interaction)?.user.username);
    this.send(request, response, tenant, { ...subject, username });
  }

  send(request: PageRequest, response: Response, tenant: Tenant, subject: SignInSubject): void {
    const { interaction, username, refusal, returnTo = '/account', isAgain = false, isChoice = false } = subject;
    const context = this.pages.context(request, tenant, {
      address: interaction
        ? pendingAddress('sign-in', interaction.id)
        : (accountSignInAddress(returnTo, { again: isAgain, choose: isChoice }) as PageAddress),
      uiLocales: interaction?.request.params.find('ui_locales'),
    });
    const hidden: Record<string, string> = {
      ...(interaction ? { request: interaction.id } : returnTo === '/account' ? {} : { [RETURN]: returnTo }),
      ...(isAgain && { [AGAIN]: '1' }),
    };
    const form = this.pages.form(request, tenant, { path: '/sign-in', purpose: 'sign-in', hidden });
    const view: SignInPage = {
      page: 'sign-in',
      context,
      ...form,
      ...(interaction && {
        clientName: displayNameOf(interaction.request.client),
        redirectHost: displayHost(interaction.request.redirectUri),
      }),
      ...(username !== undefined && { username }),
      ...stageOf(tenant, subject, () => pathOf(tenant, otherAddress(interaction, returnTo, isAgain))),
      ...this.continueAs(request, tenant, interaction),
      ...this.accounts(request, tenant, subject, hidden),
      ...(this.signUps.isOffered(tenant) && {
        signUpPath: pathOf(tenant, withQuery('/sign-up', { request: interaction?.id })),
      }),
      ...(this.resets.isOffered(tenant) && {
        forgottenPath: pathOf(tenant, recoveryAddress('forgot-password', { request: interaction?.id })),
      }),
      ...rememberMeOf(request, tenant, subject),
      ...this.passkey(request, tenant, form, refusal),
      ...noticeOf(request, subject),
      ...(refusal?.retryAfterSeconds !== undefined && { retryAfterSeconds: refusal.retryAfterSeconds }),
    };
    this.pages.remember(request, response, tenant, interaction?.id);
    if (refusal?.retryAfterSeconds !== undefined)
      response.setHeader('Retry-After', roundWait(refusal.retryAfterSeconds));
    const policy = { ...formTargets(interaction?.request), ...(view.passkey && { script: 'fetches' as const }) };
    this.pages.send(response, view, policy, refusal?.status);
  }

  private passkey(request: PageRequest, tenant: Tenant, form: FormTarget, refusal: Refusal | undefined) {
    if (!signsInWithPasskeys(tenant)) return {};
    const signals = refusal?.signal ? [refusal.signal] : [];
    const optionsPath = pathOf(tenant, '/sign-in/passkey/options');
    const isPasskeyFirst = readMethod(tenant, request.headers.cookie) === 'passkey';
    return {
      isPasskeyFirst,
      passkey: {
        ...form,
        action: pathOf(tenant, '/sign-in/passkey'),
        optionsPath,
        scriptPath: PASSKEY_SCRIPT_PATH,
        signals,
      },
    };
  }

  /** The accounts that the browser is signed in with, where there are several and the client wants no fresh sign-in. */
  private accounts(
    request: PageRequest,
    tenant: Tenant,
    { interaction, isAgain, isChoice }: SignInSubject,
    hidden: Readonly<Record<string, string>>,
  ): Pick<SignInPage, 'accounts'> {
    const browser = browserOf(request);
    if (!(isChoice ? browser.session : browser.others) || isAgain || interaction?.request.prompt.has('login'))
      return {};
    const accounts = heldAccounts(browser).map(({ session: { id, user } }) => ({
      ...this.pages.form(request, tenant, {
        path: '/sign-in/continue',
        purpose: 'continue',
        hidden: { ...hidden, account: id },
      }),
      name: user.claims.name ?? user.username,
      username: user.username,
    }));
    return { accounts };
  }

  /** A choice of account includes the one that is signed in; a demand to sign in again does not. */
  private continueAs(request: PageRequest, tenant: Tenant, interaction: PendingInteraction | undefined) {
    const { session, others } = browserOf(request);
    if (others || !interaction || !session || !interaction.request.prompt.has('select_account')) return {};
    if (interaction.request.prompt.has('login')) return {};
    const hidden = { request: interaction.id };
    const form = this.pages.form(request, tenant, { path: '/sign-in/continue', purpose: 'continue', hidden });
    return { continueAs: { ...form, name: session.user.claims.name ?? session.user.username } };
  }
}

/** In steps: who it is, and then what proves it. Nothing is looked up, so the second page is the same for every name. */
function stageOf(
  { policy }: Tenant,
  { username }: SignInSubject,
  otherPath: () => string,
): Pick<SignInPage, 'stage' | 'otherPath'> {
  if (policy.signInForm === 'one_page') return {};
  return username ? { stage: 'prove', otherPath: otherPath() } : { stage: 'identify' };
}

function rememberMeOf(
  request: PageRequest,
  { policy }: Tenant,
  { isRemembered = browserOf(request).session?.isRemembered ?? false }: SignInSubject,
): Pick<SignInPage, 'rememberMe'> {
  return policy.rememberMe === 'offered' ? { rememberMe: { isTicked: isRemembered } } : {};
}

/** Where somebody else begins to sign in for the same request. */
function otherAddress(
  interaction: PendingInteraction | undefined,
  returnTo: AccountAddress,
  isAgain: boolean,
): PageAddress {
  return withQuery('/sign-in', {
    request: interaction?.id,
    ...(!interaction && returnTo !== '/account' && { [RETURN]: returnTo }),
    ...(isAgain && { [AGAIN]: '' }),
    [OTHER]: '',
  });
}

function noticeOf(
  request: PageRequest,
  { interaction, refusal, wasSignedOut, wasReset, isAgain, username }: SignInSubject,
): { notice?: SignInNotice } {
  if (refusal) return { notice: refusal.notice };
  if (wasReset) return { notice: wasReset === 'here' ? 'password_reset' : 'password_reset_elsewhere' };
  const { session } = browserOf(request);
  if (!session && wasSignedOut) return { notice: 'session_expired' };
  if (session && isAgain && !namesAnother(session, username)) return { notice: 'reauthenticate' };
  if (!session || !interaction) return {};
  if (wantsAnother(session, interaction)) return { notice: 'other_account' };
  return askedAgain(session, interaction) ? { notice: 'reauthenticate' } : {};
}

/** On a page in steps, somebody was named first, who may be another person than the one who is signed in. */
function namesAnother({ user }: Session, typed: string | undefined): boolean {
  if (typed === undefined) return false;
  return ![user.username, user.email].some((name) => name?.toLowerCase() === typed.toLowerCase());
}

/** Whether the client expects another user to be signed in. */
function wantsAnother(session: Session, { request: { hintedSubject } }: PendingInteraction): boolean {
  return hintedSubject !== undefined && hintedSubject !== session.user.id;
}

/** The session whose user has to authenticate again, unless an account is to be chosen. */
function askedAgain(session: Session | undefined, interaction: PendingInteraction): Session | undefined {
  if (!session || wantsAnother(session, interaction)) return undefined;
  return interaction.request.prompt.has('select_account') ? undefined : session;
}

/** OpenID Connect Core §3.1.2.1 `login_hint`: fills in the user name, and nothing more. */
function hintOf({ request }: PendingInteraction): string | undefined {
  return request.params.find('login_hint')?.slice(0, 254);
}
