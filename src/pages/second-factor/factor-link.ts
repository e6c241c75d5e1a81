import type { SecondFactor } from '../../authentication/authentication-factor.js';
import type { Locale } from '../../language/messages.js';
import type { FactorLink, NamedFactor } from '../second-factor-content.js';

/** How pages name a factor. */
export function namedFactor(factor: SecondFactor, locale: Locale): NamedFactor {
  const label = factor.displayName?.(locale);
  return { factor: factor.name, ...(label !== undefined && { label }) };
}

export function factorLink(factor: SecondFactor, href: string, locale: Locale): FactorLink {
  return { ...namedFactor(factor, locale), href };
}
