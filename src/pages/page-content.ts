import type { DeveloperPageView } from './developer-content.js';
import type { AccountPageView } from './account-content.js';
import type { CompleteProfilePage } from './attribute-content.js';
import type { SecondFactorPageView } from './second-factor-content.js';
import type { SetupLinkView } from './setup-link-content.js';
import type { SignUpView } from './sign-up-content.js';
import type { RecoveryPageView } from './recovery-content.js';
import type { ConsentScopeGroup, FormTarget, PageContext, TenantPageContext, WayBack } from './page-parts.js';

export type {
  ConsentScope,
  ConsentScopeGroup,
  FormTarget,
  PageContext,
  TenantLook,
  TenantPageContext,
  WayBack,
} from './page-parts.js';

/** What each page needs to know, and nothing about how it looks. `renderPage` in `render-page.ts` turns one into HTML. */

export type SignInNotice =
  | 'invalid_credentials'
  | 'credentials_required'
  | 'identifier_required'
  | 'too_many_attempts'
  | 'busy'
  | 'csrf'
  | 'session_expired'
  | 'reauthenticate'
  | 'other_account'
  | 'password_reset'
  | 'password_reset_elsewhere'
  | 'passkey_expired'
  | 'passkey_unknown'
  | 'passkey_refused'
  | 'passkey_off';

export interface SignInPage extends FormTarget {
  readonly page: 'sign-in';
  readonly context: TenantPageContext;
  /** The application that asked, and the host the person will be sent to. */
  readonly clientName?: string;
  readonly redirectHost?: string;
  /** From `login_hint` or the last attempt. */
  readonly username?: string;
  readonly notice?: SignInNotice;
  /** Where an account can be made. */
  readonly signUpPath?: string;
  /** With `too_many_attempts`: how long signing in is paused. */
  readonly retryAfterSeconds?: number;
  /** The session that already exists, offered as a button of its own. */
  readonly continueAs?: FormTarget & { readonly name: string };
  /** The accounts that the browser is signed in with; `decision` with the value `sign_out` ends one. */
  readonly accounts?: readonly (FormTarget & { readonly name: string; readonly username: string })[];
  /** Where people go who forgot their password. */
  readonly forgottenPath?: string;
  /** Where a passkey alone signs in. */
  readonly passkey?: PasskeyForm;
  /** This browser signed in with a passkey last. */
  readonly isPasskeyFirst?: boolean;
  /** The box for who wants to stay signed in. */
  readonly rememberMe?: { readonly isTicked: boolean };
  /** One page of a sign-in in steps; absent: all on this page. `prove` is for the `username`. */
  readonly stage?: 'identify' | 'prove';
  /** With `prove`: where somebody else begins. */
  readonly otherPath?: string;
}

/** A form that the script fills with what an authenticator signed. */
export interface PasskeyForm extends FormTarget {
  /** Where the script fetches what the browser needs. */
  readonly optionsPath: string;
  readonly scriptPath: string;
  /** What the browser is told about passkeys, in JSON. */
  readonly signals?: readonly object[];
}

/** What the tenant says about an application. */
export type ClientTrust = 'first_party' | 'verified' | 'unreviewed' | 'unverified';

/** The buttons are named `decision`, with the value `approve` or `deny`. */
export interface ConsentPage extends FormTarget {
  readonly page: 'consent';
  readonly context: TenantPageContext;
  readonly client: {
    readonly name: string;
    readonly trust: ClientTrust;
    readonly redirectHost: string;
    /** The client's logo on this origin; without one an initial is shown. */
    readonly logoPath?: string;
    readonly policyUri?: string;
    readonly tosUri?: string;
  };
  readonly userName: string;
  /** "Not you?": signs in with another account. */
  readonly switchAccount?: FormTarget;
  readonly scopeGroups: readonly ConsentScopeGroup[];
  /** Where consent can be withdrawn later. */
  readonly accountPath?: string;
}

export interface SignOutPage extends FormTarget {
  readonly page: 'sign-out';
  readonly context: TenantPageContext;
  readonly userName?: string;
  /** The application that asked, when it is known. */
  readonly clientName?: string;
  /** Where "stay signed in" leads. */
  readonly stayPath?: string;
}

export interface SignedOutPage {
  readonly page: 'signed-out';
  readonly context: TenantPageContext;
  /** The applications that were told, and whether they answered. */
  readonly applications?: readonly { readonly name: string; readonly wasNotified: boolean }[];
  readonly signInPath?: string;
  readonly back?: WayBack;
}

/** Why, where the OAuth code alone would leave the person guessing. */
export type ErrorReason =
  | 'unknown_client'
  | 'redirect_uri_mismatch'
  | 'form_expired'
  | 'request_gone'
  | 'not_found'
  | 'too_many_requests'
  | 'tenant_busy';

/** A fact for the developer of an application, with the name it has in the audit log. */
export interface ErrorDetail {
  readonly name: string;
  readonly values: readonly string[];
}

/** Fixed texts only: nothing from the request is repeated, except in `details`. */
export interface ErrorPage {
  readonly page: 'error';
  readonly context: PageContext;
  /** The OAuth error code; one without a text of its own gets that of `invalid_request`. */
  readonly error: string;
  readonly reason?: ErrorReason;
  /** To quote when asking for help. */
  readonly requestId: string;
  /** When it is worth trying again: the page says so instead of who can help. */
  readonly retryAfterSeconds?: number;
  /** Where the same can be tried again. */
  readonly againHref?: string;
  readonly back?: WayBack;
  /** The person's account page, or the sign-in page that leads there. */
  readonly home?: { readonly href: string; readonly isSignedIn: boolean };
  /** In development only: what was sent, and what is registered. */
  readonly details?: readonly ErrorDetail[];
}

/** Response mode `form_post`, OAuth 2.0 Form Post Response Mode §2: a script sends it on. */
export interface FormPostPage {
  readonly page: 'form-post';
  readonly context: PageContext;
  /** The redirect URI. */
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly clientName?: string;
}

export type PasswordNotice =
  | 'fields_required'
  | 'not_repeated'
  | 'wrong_password'
  | 'too_short'
  | 'too_long'
  | 'too_common'
  | 'unusable_character'
  | 'breached'
  | 'unchanged'
  | 'unchecked'
  | 'too_many_attempts'
  | 'busy';

/** The person changes their password. */
export interface PasswordPage extends FormTarget {
  readonly page: 'password';
  readonly context: TenantPageContext;
  readonly username: string;
  /** Characters that a new password has at least. */
  readonly minLength: number;
  readonly notice?: PasswordNotice;
  readonly retryAfterSeconds?: number;
  /** Absent while nothing else is open to the person. */
  readonly accountPath?: string;
  readonly forgottenPath?: string;
  /** Somebody else asks for the change. */
  readonly isAsked?: boolean;
  /** "Not you?", while nothing else is open to the person. */
  readonly switchAccount?: FormTarget;
}

/** An authorization request that was left alone for too long. */
export interface RequestExpiredPage {
  readonly page: 'request-expired';
  readonly context: PageContext;
  /** Where the same request can be started anew, when it is still known. */
  readonly startAgainHref?: string;
  readonly back?: WayBack;
  readonly requestId?: string;
}

/** Says the same for a tenant that never existed and one that is suspended. */
export interface TenantNotFoundPage {
  readonly page: 'tenant-not-found';
  readonly context: PageContext & { readonly tenant?: never };
}

/** The root of the platform, in development. */
export interface WelcomePage {
  readonly page: 'welcome';
  readonly context: PageContext & { readonly tenant?: never };
  readonly tenants: readonly {
    readonly displayName: string;
    readonly issuer: string;
    /** Absent of a tenant that is suspended. */
    readonly discoveryUri: string | undefined;
  }[];
  readonly topics: readonly { readonly title: string; readonly text?: string; readonly href: string }[];
}

/** The mailbox of a development installation. */
export interface DevMailboxPage {
  readonly page: 'dev-mailbox';
  readonly context: PageContext & { readonly tenant?: never };
  readonly mails: readonly (DevMailSummary & { readonly href: string })[];
}

export interface DevMailSummary {
  /** Slug of the tenant. */
  readonly tenant: string;
  /** Name of its template. */
  readonly kind: string;
  readonly to: string;
  readonly subject: string;
  readonly date: Date;
}

/** One mail of that mailbox. */
export interface DevMailPage extends DevMailSummary {
  readonly page: 'dev-mail';
  readonly context: PageContext & { readonly tenant?: never };
  readonly from: string;
  readonly text: string;
  /** Where the mail leads, as a complete address. */
  readonly link: string | undefined;
  readonly htmlPath: string;
  readonly mailboxPath: string;
}

/** Every page and mail under a branding that is not published. */
export interface BrandingPreviewPage {
  readonly page: 'branding-preview';
  readonly context: TenantPageContext;
  /** The one that is shown has no address. */
  readonly schemes: readonly { readonly scheme: 'auto' | 'light' | 'dark'; readonly href?: string }[];
  readonly pages: readonly { readonly name: string; readonly href: string }[];
  /** Who mails come from. */
  readonly sender: { readonly name: string; readonly address: string; readonly replyTo?: string };
  readonly mails: readonly { readonly name: string; readonly href: string }[];
  readonly expiresAt: Date;
}

export type PageView =
  | SignInPage
  | ConsentPage
  | SignOutPage
  | SignedOutPage
  | ErrorPage
  | FormPostPage
  | AccountPageView
  | DeveloperPageView
  | SecondFactorPageView
  | PasswordPage
  | RecoveryPageView
  | RequestExpiredPage
  | TenantNotFoundPage
  | WelcomePage
  | SignUpView
  | SetupLinkView
  | CompleteProfilePage
  | DevMailboxPage
  | DevMailPage
  | BrandingPreviewPage;
