import type { PageBranding, BrandTheme } from './look/brand-theme.js';
import type { Locale } from '../language/messages.js';

/** What each page needs to know, and nothing about how it looks. `renderPage` in `render-page.ts` turns one into HTML. */

/** Of every page. */
export interface PageContext {
  readonly locale: Locale;
  /** Of the Content-Security-Policy of this response; used by the inline style block and the form_post script. */
  readonly nonce: string;
  readonly stylesheetPath: string;
  /** Absent on pages of the platform itself. */
  readonly tenant?: TenantLook;
  /** Where the page can be read in other languages; the current one may be among them and is not linked. */
  readonly languages?: readonly { readonly locale: Locale; readonly href: string }[];
}

export interface TenantLook {
  readonly displayName: string;
  readonly branding: PageBranding;
  /** `brandTheme(branding)`, when the caller keeps it; otherwise it is worked out for each page. */
  readonly theme?: BrandTheme;
  /** The tenant's logo on this origin; without one the name is shown as a wordmark. */
  readonly logoPath?: string;
}

export interface TenantPageContext extends PageContext {
  readonly tenant: TenantLook;
}

/** A form that is sent by POST. `hidden` has the CSRF token and whatever the endpoint needs to find its way back. */
export interface FormTarget {
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
}

/** A way back that was registered by the client or belongs to us; only http(s) addresses and paths are linked. */
export interface WayBack {
  readonly href: string;
  /** For an application that takes its answers as a form (`form_post`): sent there by POST. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly clientName?: string;
}

export type SignInNotice =
  | 'invalid_credentials'
  | 'credentials_required'
  | 'too_many_attempts'
  | 'busy'
  | 'csrf'
  | 'session_expired'
  | 'reauthenticate'
  | 'other_account';

export interface SignInPage extends FormTarget {
  readonly page: 'sign-in';
  readonly context: TenantPageContext;
  /** The application that asked, and the host the person will be sent to. */
  readonly clientName?: string;
  readonly redirectHost?: string;
  /** From `login_hint` or the last attempt. */
  readonly username?: string;
  readonly notice?: SignInNotice;
  /** With `too_many_attempts`: how long signing in is paused. */
  readonly retryAfterSeconds?: number;
  /** The session that already exists, offered as a button of its own. */
  readonly continueAs?: FormTarget & { readonly name: string };
}

/** What the tenant says about an application. */
export type ClientTrust = 'first_party' | 'verified' | 'unverified';

export interface ConsentScope {
  readonly name: string;
  /** Of an API scope, in the person's language. The OpenID scopes are described by the message files. */
  readonly description?: string;
  /** The person allowed it before. */
  readonly isGranted: boolean;
}

export interface ConsentScopeGroup {
  /** The protected resource; absent for the person's own account (OpenID scopes). */
  readonly resourceName?: string;
  readonly scopes: readonly ConsentScope[];
}

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
  'unknown_client' | 'redirect_uri_mismatch' | 'form_expired' | 'request_gone' | 'not_found' | 'too_many_requests';

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

/** Response mode `form_post`, OAuth 2.0 Form Post Response Mode §2. The only page with a script. */
export interface FormPostPage {
  readonly page: 'form-post';
  readonly context: PageContext;
  /** The redirect URI. */
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly clientName?: string;
}

export interface AllowedApplication {
  readonly name: string;
  readonly logoPath?: string;
  readonly allowedAt?: Date;
  readonly scopeGroups: readonly ConsentScopeGroup[];
  readonly withdraw: FormTarget;
}

/** A session of the person. */
export interface SignedInPlace {
  /** As the browser names itself. */
  readonly userAgent?: string;
  /** Network address at the sign-in. */
  readonly address?: string;
  readonly signedInAt: Date;
  readonly lastSeenAt: Date;
  /** Absent for this browser. */
  readonly end?: FormTarget;
}

export type AccountNotice = 'access_withdrawn' | 'password_changed' | 'sessions_ended';

export interface AccountPage {
  readonly page: 'account';
  readonly context: TenantPageContext;
  readonly userName: string;
  readonly applications: readonly AllowedApplication[];
  readonly notice?: AccountNotice;
  readonly signOut: FormTarget;
  /** This browser first. */
  readonly places: readonly SignedInPlace[];
  /** Absent when there is no other session. */
  readonly endOthers?: FormTarget;
  readonly passwordPath?: string;
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
  readonly accountPath?: string;
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

export type PageView =
  | SignInPage
  | ConsentPage
  | SignOutPage
  | SignedOutPage
  | ErrorPage
  | FormPostPage
  | AccountPage
  | PasswordPage
  | RequestExpiredPage
  | TenantNotFoundPage
  | WelcomePage;
