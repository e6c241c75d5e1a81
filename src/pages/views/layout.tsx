import type { ComponentChildren } from 'preact';
import { initialOf } from '../look/avatar.js';
import { PLATFORM_THEME, brandTheme, themeStyle } from '../look/brand-theme.js';
import { displayName } from '../look/display-text.js';
import { directionOf, languageName, type MessageSet } from '../../language/messages.js';
import type { PageContext, TenantLook } from '../page-content.js';
import { foreignAddress, supportAddress, webAddress } from '../look/web-address.js';
import { brandText } from './brand-text.js';

interface LayoutProps {
  readonly context: PageContext;
  readonly messages: MessageSet;
  /** Plain text for the browser's title bar; the tenant is added. */
  readonly title: string;
  /** The page reports something to put right: the title says so first (WCAG technique G199). */
  readonly isError?: boolean;
  /** Columns of text and lists read better on more room than a form. */
  readonly width?: 'medium' | 'wide';
  readonly children: ComponentChildren;
}

export function Layout({ context, messages, title, isError, width, children }: LayoutProps) {
  const { tenant, nonce } = context;
  const theme = tenant?.theme ?? brandTheme(tenant?.branding ?? {});
  return (
    <html lang={messages.locale} dir={messages.direction}>
      <head>
        <meta charset="utf-8" />
        <title>{fullTitle(title, tenant, isError ? messages : undefined)}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content={theme.light.surface} media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content={theme.dark.surface} media="(prefers-color-scheme: dark)" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <link rel="stylesheet" href={context.stylesheetPath} />
        {tenant?.faviconPath !== undefined && <link rel="icon" href={webAddress(tenant.faviconPath)} />}
        {theme !== PLATFORM_THEME && <style nonce={nonce} dangerouslySetInnerHTML={{ __html: themeStyle(theme) }} />}
      </head>
      <body>
        <div class={width === undefined ? 'page' : `page ${width}`}>
          <div class="card">
            {tenant && (
              <header class="brand">
                <TenantMark tenant={tenant} messages={messages} />
              </header>
            )}
            <main>{children}</main>
          </div>
          <Footer context={context} messages={messages} />
        </div>
      </body>
    </html>
  );
}

function fullTitle(title: string, tenant: TenantLook | undefined, errorMessages: MessageSet | undefined): string {
  const name = tenant && displayName(tenant.displayName);
  const full = name === undefined || title.includes(name) ? title : `${title} – ${name}`;
  return errorMessages?.text('title.error', { title: full }) ?? full;
}

/** The tenant's logo, or its name set as a wordmark. */
function TenantMark({ tenant, messages }: { readonly tenant: TenantLook; readonly messages: MessageSet }) {
  const { logo } = tenant.branding;
  const src = webAddress(tenant.logoPath);
  const name = displayName(tenant.displayName);
  const darkSrc = webAddress(tenant.logoDarkPath);
  if (src === undefined || logo?.withName) {
    return (
      <p class="wordmark">
        {src === undefined ? (
          <span class="monogram" aria-hidden="true">
            {initialOf(name, messages.locale)}
          </span>
        ) : (
          <Logo src={src} darkSrc={darkSrc} worksOnDark={logo?.worksOnDark} alt="" />
        )}
        <bdi>{name}</bdi>
      </p>
    );
  }
  return <Logo src={src} darkSrc={darkSrc} worksOnDark={logo?.worksOnDark} alt={displayName(logo?.alt ?? '', name)} />;
}

interface LogoProps {
  readonly src: string;
  readonly darkSrc: string | undefined;
  readonly worksOnDark: boolean | undefined;
  readonly alt: string;
}

function Logo({ src, darkSrc, worksOnDark, alt }: LogoProps) {
  if (darkSrc === undefined) return <img class={worksOnDark ? 'logo' : 'logo plate'} src={src} alt={alt} />;
  return (
    <picture>
      <source srcset={darkSrc} media="(prefers-color-scheme: dark)" />
      <img class="logo" src={src} alt={alt} />
    </picture>
  );
}

function Footer({ context, messages }: { readonly context: PageContext; readonly messages: MessageSet }) {
  const { tenant, languages = [] } = context;
  const { text, ...language } = brandText(context, 'footerText');
  const links = footerLinks(tenant, messages);
  if (text === '' && links.length === 0 && languages.length === 0) return null;
  return (
    <footer class="footer">
      {links.length > 0 && (
        <nav aria-label={messages.text('footer.links')}>
          <ul>
            {links.map(({ href, label }) => (
              <li>
                <a href={href}>{label}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {languages.length > 0 && <Languages context={context} messages={messages} />}
      {text !== '' && (
        <p class="footer-text" {...language}>
          {text}
        </p>
      )}
    </footer>
  );
}

function footerLinks(tenant: TenantLook | undefined, messages: MessageSet) {
  const { privacyUri, termsUri, supportUri } = tenant?.branding.links ?? {};
  return [
    { href: foreignAddress(privacyUri), label: messages.text('footer.privacy') },
    { href: foreignAddress(termsUri), label: messages.text('footer.terms') },
    { href: supportAddress(supportUri), label: messages.text('footer.support') },
  ].filter(({ href }) => href !== undefined);
}

/** Each by its own name, so that who cannot read the page finds theirs. */
function Languages({ context, messages }: { readonly context: PageContext; readonly messages: MessageSet }) {
  const dirOf = (direction: MessageSet['direction']) => (direction === messages.direction ? undefined : direction);
  return (
    <nav class="languages" aria-label={messages.text('footer.languages')}>
      <ul>
        {context.languages?.map(({ locale, href }) => (
          <li>
            {locale === context.locale ? (
              <span aria-current="true">{languageName(locale)}</span>
            ) : (
              <a href={webAddress(href)} lang={locale} hreflang={locale} dir={dirOf(directionOf(locale))}>
                {languageName(locale)}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
