import { LOCALES, type Locale } from '../../language/messages.js';
import type { AccountFrame } from '../account-content.js';
import type { PageBranding } from '../look/brand-theme.js';
import { PAGES_CSS_PATH } from '../look/stylesheet.js';
import type { ConsentScopeGroup, TenantPageContext } from '../page-content.js';

/** Every link and form of a sample leads below this address, which is nobody's. */
export const SAMPLE_BASE = '/t/sample';

export const NONCE = 'c2FtcGxlLW5vbmNl';

export interface SampleTenant {
  readonly slug: string;
  readonly displayName: string;
  readonly branding: PageBranding;
  readonly locale: Locale;
  readonly logoPath?: string;
  readonly context?: TenantPageContext;
}

const ORDERS = {
  en: { resource: 'Orders', read: 'See your orders and deliveries', write: 'Place and change orders for you' },
  de: {
    resource: 'Bestellungen',
    read: 'Ihre Bestellungen und Lieferungen sehen',
    write: 'In Ihrem Namen bestellen und Bestellungen ändern',
  },
  fr: { resource: 'Commandes', read: 'Voir vos commandes', write: 'Passer et modifier des commandes pour vous' },
  es: { resource: 'Pedidos', read: 'Ver sus pedidos', write: 'Hacer y cambiar pedidos por usted' },
  ar: { resource: 'الطلبات', read: 'الاطلاع على طلباتك', write: 'تقديم الطلبات وتعديلها نيابةً عنك' },
};

/** What a page is made from: `context` when it is given, else one of this tenant with fixed values. */
export function contextOf({ locale, displayName, branding, logoPath, context }: SampleTenant): TenantPageContext {
  if (context) return context;
  return {
    locale,
    nonce: NONCE,
    stylesheetPath: PAGES_CSS_PATH,
    tenant: { displayName, branding, logoPath },
    languages: LOCALES.map((locale) => ({ locale, href: `/t/sample/language/${locale}/sign-in?request=Xv7b` })),
  };
}

export function form(path: string) {
  return { action: `/t/sample${path}`, hidden: { csrf: 'p6R0mDkq', request: 'Xv7b' } };
}

export function scopeGroups(tenant: SampleTenant, granted: readonly string[] = []): ConsentScopeGroup[] {
  const texts = ORDERS[tenant.locale];
  const scope = (name: string, description?: string) => ({ name, description, isGranted: granted.includes(name) });
  return [
    { scopes: [scope('openid'), scope('profile'), scope('email'), scope('offline_access')] },
    { resourceName: texts.resource, scopes: [scope('orders:read', texts.read), scope('orders:write', texts.write)] },
  ];
}

/** The frame of the account's pages, on the page of this address. */
export function accountFrame(tenant: SampleTenant, address: string): AccountFrame {
  const item = (path: string, label: AccountFrame['navigation'][number]['label']) => ({
    href: `/t/sample${path}`,
    label,
    isCurrent: path === address,
  });
  return {
    userName: `alice@${tenant.slug}.example`,
    signOut: form('/logout'),
    switchPath: '/t/sample/sign-in?choose=',
    navigation: [
      item('/account', (messages) => messages.text('account.overview')),
      item('/account/profile', (messages) => messages.text('profile.title')),
      item('/account/security', (messages) => messages.text('account.security')),
      item('/account/sessions', (messages) => messages.text('account.sessionsLabel')),
      item('/account/applications', (messages) => messages.text('account.applicationsLabel')),
      item('/account/activity', (messages) => messages.text('activity.title')),
      item('/account/data', (messages) => messages.text('data.title')),
      item('/account/clients', (messages) => messages.text('clients.label')),
    ],
  };
}

export const framed = (tenant: SampleTenant, address: string) => ({
  context: contextOf(tenant),
  frame: accountFrame(tenant, address),
});
