import { FALLBACK_LOCALE, type Locale, findLocale } from '../language/messages.js';
import { negotiateLocale } from '../language/negotiation.js';
import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';

/** The language of a mail: the person's own, then that of the page they are on, then the tenant's. */
export function mailLocale(tenant: Tenant, user: Pick<User, 'claims'> | undefined, ofPage?: Locale): Locale {
  const { locale } = user?.claims ?? {};
  const otherwise = ofPage ?? findLocale(tenant.branding.defaultLocale) ?? FALLBACK_LOCALE;
  return negotiateLocale({ ...(locale !== undefined && { uiLocales: locale }), tenantDefault: otherwise });
}
