import { LOCALES, type Locale, findLocale } from '../language/messages.js';
import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';

const FALLBACK: Locale = 'en';

/** The language of the pages that the person's `locale` claim names: `de` for `de-CH`. */
export function chosenLocale({ claims }: Pick<User, 'claims'>): Locale | undefined {
  const language = claims.locale?.toLowerCase().split(/[-_]/, 1)[0];
  return LOCALES.find((locale) => locale === language);
}

/** The language in which a person is written to, when no page says one. */
export function mailLocale(tenant: Tenant, user: Pick<User, 'claims'>): Locale {
  return chosenLocale(user) ?? findLocale(tenant.branding.defaultLocale) ?? FALLBACK;
}
