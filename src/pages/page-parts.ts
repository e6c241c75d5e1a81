import type { PageBranding, BrandTheme } from './look/brand-theme.js';
import type { Locale, Wishes } from '../language/messages.js';

/** What the contents of several pages are made from. */

/** Of every page. */
export interface PageContext {
  readonly locale: Locale;
  /** Whose dates and digits the person reads, where their region writes them differently: `ar-EG`. */
  readonly languageTag?: string;
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
  /** The texts that the tenant wrote itself. */
  readonly ownTexts?: Wishes['ownTexts'];
  /** `brandTheme(branding)`, when the caller keeps it; otherwise it is worked out for each page. */
  readonly theme?: BrandTheme;
  /** The tenant's logo on this origin; without one the name is shown as a wordmark. */
  readonly logoPath?: string;
  /** The one for dark mode, when there is a logo. */
  readonly logoDarkPath?: string;
  readonly faviconPath?: string;
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

export interface ConsentScope {
  readonly name: string;
  /** Of an API scope, in the person's language. The OpenID scopes are described by the message files. */
  readonly description?: string;
  /** Of the description, where it is not that of the page. */
  readonly descriptionLanguage?: { readonly lang: Locale; readonly dir: 'ltr' | 'rtl' };
  /** The person allowed it before. */
  readonly isGranted: boolean;
  /** It may be left out: the name of its box, and whether the box is ticked. */
  readonly choice?: { readonly field: string; readonly isTicked: boolean };
}

export interface ConsentScopeGroup {
  /** The protected resource; absent for the person's own account (OpenID scopes). */
  readonly resourceName?: string;
  readonly scopes: readonly ConsentScope[];
}
