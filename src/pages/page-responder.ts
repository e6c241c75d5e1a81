import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { chosenLocale } from '../account/person-locale.js';
import { CONFIG, type Config } from '../config/config.js';
import { fewRandomBytes } from '../crypto/random.js';
import type { DerivedCache } from '../database/derived-cache.js';
import { estimateBytes } from '../database/memory-size.js';
import { TenantCaches } from '../database/tenant-caches.js';
import { readLanguage, writeCookie, writeRequestCookie } from '../sessions/browser-cookies.js';
import type { TenantBranding } from '../tenants/branding.js';
import type { Tenant } from '../tenants/tenant.js';
import { NO_TEXTS, OwnTexts } from '../tenants/tenant-texts.js';
import { type PageBranding, brandTheme } from './look/brand-theme.js';
import { type PageRequest, browserOf } from './browser/current-browser.js';
import { type FormPurpose, csrfToken } from './browser/csrf.js';
import { FALLBACK_LOCALE, LOCALES, type Locale, findLocale, isLoaded, loadMessages } from '../language/messages.js';
import type { LocaleWishes } from '../language/negotiation.js';
import { NegotiatedLanguages } from '../language/negotiated-languages.js';
import type { PageAddress } from './page-address.js';
import type { FormTarget, PageContext, PageView, TenantLook, TenantPageContext } from './page-content.js';
import { PageTemplates } from './page-templates.js';
import { renderPage, wishesOf } from './render-page.js';
import { PAGES_CSS_PATH } from './look/stylesheet.js';
import { PAGES_WITH_PASSKEY_LINKS } from './views/passkey-parts.js';
import { PAGES_WITH_PASSWORDS } from './views/password-input.js';

/** What the Content-Security-Policy of a page allows beyond its own style. */
export interface PagePolicy {
  /** Where its forms may lead beside this origin: CSP source expressions. */
  readonly formActions?: readonly string[] | 'none';
  /** Scripts with the nonce of the page; `fetches`: they may fetch from this origin. */
  readonly script?: boolean | 'fetches';
  /** It shows another page of this origin in a frame. */
  readonly frames?: boolean;
  /** A page of this origin may show it in a frame. */
  readonly isFramed?: boolean;
  /** The page may be a popup of the application that asked, and has to leave its opener alone. */
  readonly popup?: boolean;
}

/** What a page of a tenant can say of itself. */
export interface OwnPage {
  /** Where it can be opened again, in whichever language; without one it is not offered in others. */
  readonly address?: PageAddress;
  /** The wish of the authorization request that it is about. */
  readonly uiLocales?: string | undefined;
}

/** Sends pages in the person's language and the tenant's look, with the security headers of a page. */
@Injectable()
export class PageResponder {
  /** Working out a theme takes longer than the rest of a page. A changed tenant is another object. */
  private readonly looks: DerivedCache<Tenant, OwnLook>;
  private readonly templates = new PageTemplates();
  private readonly negotiated = new NegotiatedLanguages();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    caches: TenantCaches,
  ) {
    this.looks = caches.createDerived({ name: 'looks', derive: lookOf, sizeOf: sizeOfLook });
  }

  /** What every page of a tenant is made from. */
  context(request: PageRequest, tenant: Tenant, { address, uiLocales }: OwnPage = {}): TenantPageContext {
    const { session } = request.browser ?? {};
    const chosen = readLanguage(tenant, request.headers.cookie) ?? (session && chosenLocale(session.user));
    return {
      ...this.bareContext(request, {
        ...(chosen !== undefined && { chosen }),
        ...(uiLocales !== undefined && { uiLocales }),
        tenantDefault: findLocale(tenant.branding.defaultLocale) ?? FALLBACK_LOCALE,
      }),
      tenant: this.looks.get(tenant.issuer, tenant),
      ...(address && {
        languages: LOCALES.map((locale) => ({ locale, href: pathOf(tenant, `/language/${locale}${address}`) })),
      }),
    };
  }

  /** The same where there is no tenant. */
  platformContext(request: PageRequest): PageContext & { tenant?: never } {
    return this.bareContext(request, { tenantDefault: FALLBACK_LOCALE });
  }

  /** The target of a form on one of our pages, with its CSRF token. */
  form(
    request: PageRequest,
    tenant: Tenant,
    form: { readonly path: string; readonly purpose: FormPurpose; readonly hidden?: Readonly<Record<string, string>> },
  ): FormTarget {
    const csrf = csrfToken(tenant.id, browserOf(request), form.purpose);
    return { action: pathOf(tenant, form.path), hidden: { ...form.hidden, csrf } };
  }

  /** "Not you?": signs out, and another person goes on with the authorization request, if there is one. */
  switchAccount(request: PageRequest, tenant: Tenant, requestId: string | undefined): FormTarget {
    return requestId === undefined
      ? this.form(request, tenant, { path: '/end-session/confirm', purpose: 'sign-out' })
      : this.form(request, tenant, { path: '/consent/switch', purpose: 'consent', hidden: { request: requestId } });
  }

  /** The page is sent at once, or when its language is there: it is loaded when somebody first reads it. */
  send(response: Response, view: PageView, policy: PagePolicy = {}, status = 200): void {
    const { locale } = view.context;
    const wishes = wishesOf(view.context);
    if (isLoaded(locale, wishes)) return this.write(response, view, policy, status);
    loadMessages(locale, wishes)
      .then(() => this.write(response, view, policy, status))
      .catch((error: unknown) => response.req.next?.(error));
  }

  /** What a page is made from that nobody in particular looks at. */
  previewContext(locale: Locale): PageContext {
    return { locale, nonce: nonce(), stylesheetPath: PAGES_CSS_PATH };
  }

  /**
   * A page whose forms do nothing, where nothing runs. Its language has to be there.
   * @param change of the document
   */
  sendPreview(response: Response, view: PageView, change: (html: string) => string = (html) => html): void {
    this.head(response, view, { formActions: 'none', isFramed: true });
    response.end(change(renderPage(view)));
  }

  private write(response: Response, view: PageView, policy: PagePolicy, status: number): void {
    const { text, encoding } = this.templates.render(view);
    response.status(status);
    this.head(response, view, { ...scriptOf(view), ...policy });
    if (policy.popup) response.removeHeader('Cross-Origin-Opener-Policy');
    if (!this.isTrustworthyOrigin) {
      // Over plain http browsers send no Sec-Fetch-Site, and with no-referrer no Origin either: forms would be refused.
      response.setHeader('Referrer-Policy', 'same-origin');
    }
    // Said here, so that HEAD says the same (RFC 9110 §9.3.2).
    response.setHeader('Content-Length', Buffer.byteLength(text, encoding));
    response.end(text, encoding);
  }

  private head(response: Response, { context: { nonce, locale } }: PageView, policy: PagePolicy): void {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Content-Language', locale);
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Content-Security-Policy', this.contentSecurityPolicy(nonce, policy));
  }

  /** Sets the cookie with the browser's secret, with the first page that needs to recognise the browser later. */
  remember(request: PageRequest, response: Response, tenant: Tenant, requestId?: string): void {
    const { isNew, secret } = browserOf(request);
    if (!isNew) return;
    response.appendHeader('Set-Cookie', writeCookie(tenant, 'browser', secret));
    if (requestId !== undefined) response.appendHeader('Set-Cookie', writeRequestCookie(tenant, requestId, secret));
  }

  private bareContext(request: PageRequest, wishes: LocaleWishes) {
    const acceptLanguage = request.headers['accept-language'];
    const all = { ...wishes, ...(acceptLanguage !== undefined && { acceptLanguage }) };
    return {
      ...this.negotiated.get(all),
      nonce: nonce(),
      stylesheetPath: PAGES_CSS_PATH,
    };
  }

  private contentSecurityPolicy(
    nonce: string,
    { formActions = [], script = false, frames = false, isFramed = false }: PagePolicy,
  ): string {
    return [
      "default-src 'none'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self'",
      ...(frames ? ["frame-src 'self'"] : []),
      ...(script ? [`script-src 'nonce-${nonce}'`] : []),
      ...(script === 'fetches' ? ["connect-src 'self'"] : []),
      `form-action ${formActions === 'none' ? "'none'" : ["'self'", ...formActions].join(' ')}`,
      `frame-ancestors ${isFramed ? "'self'" : "'none'"}`,
      "base-uri 'none'",
    ].join('; ');
  }

  private get isTrustworthyOrigin(): boolean {
    return (
      this.config.publicUrl.startsWith('https:') ||
      /^http:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(this.config.publicUrl)
    );
  }
}

function nonce(): string {
  return fewRandomBytes(18).toString('base64url');
}

function scriptOf({ page }: PageView): Pick<PagePolicy, 'script'> {
  return PAGES_WITH_PASSWORDS.has(page) || PAGES_WITH_PASSKEY_LINKS.has(page) ? { script: true } : {};
}

/** The path of one of a tenant's pages at the address that was used. */
export function pathOf(tenant: Tenant, path: string): string {
  return tenant.addressKind === 'path' ? `/t/${tenant.addressSlug}${path}` : path;
}

export type OwnLook = TenantLook & { readonly ownTexts?: OwnTexts };

function sizeOfLook({ ownTexts, ...look }: OwnLook): number {
  return estimateBytes(look) + (ownTexts?.bytes ?? 0);
}

/** How a tenant's pages look. It takes longer than the rest of a page. */
export function lookOf(tenant: Tenant): OwnLook {
  const { logoVersion, logoDarkVersion, faviconVersion } = tenant.branding;
  const image = (version: string) => pathOf(tenant, `/branding/images/${version}`);
  const branding = toPageBranding(tenant.branding);
  return {
    displayName: tenant.displayName,
    branding,
    theme: brandTheme(branding),
    ...(tenant.texts !== NO_TEXTS && { ownTexts: new OwnTexts(tenant.texts) }),
    ...(logoVersion !== undefined && { logoPath: image(logoVersion) }),
    ...(logoDarkVersion !== undefined && { logoDarkPath: image(logoDarkVersion) }),
    ...(faviconVersion !== undefined && { faviconPath: image(faviconVersion) }),
  };
}

/** From what is stored to what the views take. */
function toPageBranding(stored: TenantBranding): PageBranding {
  const { logoVersion, logoWorksOnDark = false, logoWithName = false, privacyUri, termsUri, supportUri } = stored;
  const { primaryColor, primaryColorDark, backgroundColor, texts, passwordResetUri, defaultLocale } = stored;
  return withoutUndefined({
    logo: logoVersion === undefined ? undefined : { worksOnDark: logoWorksOnDark, withName: logoWithName },
    primaryColor,
    primaryColorDark,
    backgroundColor,
    texts,
    defaultLocale: findLocale(defaultLocale),
    links: withoutUndefined({ privacyUri, termsUri, supportUri, passwordResetUri }),
  });
}

function withoutUndefined<Shape extends object>(shape: Shape): { [Name in keyof Shape]?: NonNullable<Shape[Name]> } {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as never;
}
