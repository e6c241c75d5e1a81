import type { Locale } from '../language/messages.js';
import { matchLocale } from '../language/negotiation.js';
import type { User } from '../users/user.js';

/** The language of the pages that the person's `locale` claim names: `de` for `de-CH`. */
export function chosenLocale({ claims }: Pick<User, 'claims'>): Locale | undefined {
  return claims.locale === undefined ? undefined : matchLocale(claims.locale);
}
