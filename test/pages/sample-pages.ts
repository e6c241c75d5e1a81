import { LOCALES, loadMessages } from '../../src/language/messages.js';
import type { PageBranding } from '../../src/pages/look/brand-theme.js';
import { PAGES_CSS_PATH } from '../../src/pages/look/stylesheet.js';
import type { PageView } from '../../src/pages/page-content.js';
import { samplePages as pagesOfTenant } from '../../src/pages/preview/sample-pages.js';
import { NONCE, type SampleTenant, contextOf, scopeGroups } from '../../src/pages/preview/sample-parts.js';
import { SAMPLE_KEY_URI } from '../../src/pages/preview/second-factor-samples.js';
import { consentPage } from '../../src/pages/preview/sign-in-samples.js';
import { qrCodeOf } from '../../src/pages/second-factor/qr-code.js';

/** Every page in every state worth looking at, for one tenant and language. */

export { accountApplicationsPage, accountPage } from '../../src/pages/preview/account-samples.js';
export {
  NONCE,
  type SampleTenant,
  accountFrame,
  contextOf,
  scopeGroups,
} from '../../src/pages/preview/sample-parts.js';
export { consentPage, signInPage } from '../../src/pages/preview/sign-in-samples.js';

await Promise.all(LOCALES.map((locale) => loadMessages(locale)));
const QR_CODE = await qrCodeOf(SAMPLE_KEY_URI);

export const ACME_BRANDING: PageBranding = {
  logo: { alt: 'Acme', worksOnDark: true, withName: true },
  primaryColor: '#143a6b',
  primaryColorDark: '#2cb5a5',
  texts: {
    en: { footerText: 'Acme Ltd. will never ask for your password by phone or email.' },
    de: { footerText: 'Acme fragt Sie niemals am Telefon oder per E-Mail nach Ihrem Passwort.' },
  },
  links: {
    privacyUri: 'https://www.acme.example/privacy',
    termsUri: 'https://www.acme.example/terms',
    supportUri: 'mailto:help@acme.example',
    passwordResetUri: 'https://www.acme.example/reset',
  },
  defaultLocale: 'en',
};

export const GLOBEX_BRANDING: PageBranding = {
  logo: { alt: 'Globex', worksOnDark: true, withName: true },
  primaryColor: '#c2540a',
  primaryColorDark: '#a98bf0',
  backgroundColor: '#fbf5ee',
  texts: {
    en: { signInTitle: 'Welcome back to Globex', signInText: 'One account for all Globex services.' },
    de: { signInTitle: 'Willkommen bei Globex', signInText: 'Ein Konto für alle Dienste von Globex.' },
  },
  links: { privacyUri: 'https://www.globex.example/datenschutz', supportUri: 'https://www.globex.example/hilfe' },
  defaultLocale: 'de',
};

export const PLAIN_BRANDING: PageBranding = {};

export const ACME: SampleTenant = {
  slug: 'acme',
  displayName: 'Acme',
  branding: ACME_BRANDING,
  locale: 'en',
  logoPath: '/assets/acme.png',
};

export const GLOBEX: SampleTenant = {
  slug: 'globex',
  displayName: 'Globex',
  branding: GLOBEX_BRANDING,
  locale: 'de',
  logoPath: '/assets/globex.png',
};

export const PLAIN: SampleTenant = {
  slug: 'plain',
  displayName: 'Kantonalbank Appenzell',
  branding: PLAIN_BRANDING,
  locale: 'de',
};

/** From right to left, with names that are not. */
export const NAJM: SampleTenant = {
  slug: 'najm',
  displayName: 'بنك النجم',
  branding: {
    logo: { withName: true },
    primaryColor: '#0a6b52',
    texts: { ar: { footerText: 'لن يطلب منك بنك النجم كلمة المرور عبر الهاتف أبدًا.' } },
    links: { privacyUri: 'https://www.najm.example/privacy', supportUri: 'mailto:help@najm.example' },
    defaultLocale: 'ar',
  },
  locale: 'ar',
  logoPath: '/assets/acme.png',
};

const SAMPLE_MAIL = {
  tenant: 'acme',
  to: 'alice@example.com',
  kind: 'verifyAddress',
  subject: 'Please confirm your address',
  date: new Date('2026-01-31T12:00:00Z'),
};

/** Those of the tenant, one with a hostile name, and those of the platform. */
export function samplePages(tenant: SampleTenant): Readonly<Record<string, PageView>> {
  const platform = { locale: tenant.locale, nonce: NONCE, stylesheetPath: PAGES_CSS_PATH };
  const consent = consentPage(tenant);
  return {
    ...pagesOfTenant(tenant, QR_CODE),
    'consent-unverified': {
      ...consent,
      client: {
        ...consent.client,
        name: '\u202e<b>Google</b> 🦊 Donaudampfschifffahrtsgesellschaftskapitänsmützen-Verwaltung '.repeat(150),
        trust: 'unverified',
        redirectHost: 'a-very-long-subdomain-that-keeps-going.customers.photos-and-more.example',
      },
      userName: 'wolfgang-amadeus.theophilus@geschaeftskunden.example',
      scopeGroups: [...scopeGroups(tenant), { scopes: [{ name: 'urn:example:custom-scope', isGranted: false }] }],
    },
    'branding-preview': {
      page: 'branding-preview',
      context: contextOf(tenant),
      schemes: [
        { scheme: 'auto' },
        { scheme: 'light', href: '/t/sample/branding/preview?token=a&scheme=light' },
        { scheme: 'dark', href: '/t/sample/branding/preview?token=a&scheme=dark' },
      ],
      pages: [{ name: 'sign-in', href: '/t/sample/branding/preview?token=a&page=sign-in' }],
      sender: { name: 'Acme', address: 'no-reply@acme.example', replyTo: 'help@acme.example' },
      mails: [{ name: 'verifyAddress', href: '/t/sample/branding/preview?token=a&mail=verifyAddress' }],
      expiresAt: new Date('2026-03-03T10:00:00Z'),
    },
    'tenant-not-found': { page: 'tenant-not-found', context: platform },
    'dev-mailbox': {
      page: 'dev-mailbox',
      context: platform,
      mails: [{ ...SAMPLE_MAIL, href: '/dev/mail/acme/01a20ccb-5908-7421-b495-92cb052cefe0' }],
    },
    'dev-mailbox-empty': { page: 'dev-mailbox', context: platform, mails: [] },
    'dev-mail': {
      page: 'dev-mail',
      context: platform,
      ...SAMPLE_MAIL,
      from: 'Acme <no-reply@id.example.com>',
      text: `Please confirm your address\n\nhttp://localhost:3000/t/acme/confirm?token=${'a'.repeat(43)}`,
      link: `http://localhost:3000/t/acme/confirm?token=${'a'.repeat(43)}`,
      htmlPath: '/dev/mail/acme/01a20ccb-5908-7421-b495-92cb052cefe0/html',
      mailboxPath: '/dev/mail',
    },
    welcome: {
      page: 'welcome',
      context: platform,
      tenants: ['acme', 'globex'].map((slug) => ({
        displayName: slug,
        issuer: `http://localhost:3000/t/${slug}`,
        discoveryUri: `http://localhost:3000/t/${slug}/.well-known/openid-configuration`,
      })),
      topics: [
        { title: 'First token', text: 'A token in one command', href: 'https://docs.example/#first-token' },
        { title: 'Your own tenant', text: 'Create one by API or command line', href: 'https://docs.example/#tenant' },
        { title: 'Going to production', href: 'https://docs.example/#production' },
      ],
    },
  };
}
