import { type Locale, directionOf, findLocale } from '../../language/messages.js';
import { matchLocale } from '../../language/negotiation.js';
import type { Api } from '../../resources/api.js';
import type { ConsentScope } from '../page-content.js';

export type ScopeDescription = Pick<ConsentScope, 'description' | 'descriptionLanguage'>;

/**
 * What a scope of an API means: in the person's language, in the tenant's, or as the API says it to everybody, which is
 * in the tenant's language too. A language is known by its tag, or by that of a region of it: `ar-EG` serves for `ar`.
 */
export function describeScope(
  api: Api,
  name: string,
  locale: Locale,
  tenantLocale: string | undefined,
): ScopeDescription {
  const scope = api.scopes.find((one) => one.name === name);
  if (!scope) return { description: name };
  const { description, descriptions = {} } = scope;
  const tag = descriptions[locale] === undefined ? tagOf(locale, Object.keys(descriptions)) : locale;
  const inLanguage = tag === undefined ? undefined : descriptions[tag];
  if (inLanguage !== undefined) return { description: inLanguage };
  const own = findLocale(tenantLocale);
  const isForeign = own !== undefined && own !== locale;
  return {
    description: (own && descriptions[own]) ?? description,
    ...(isForeign && { descriptionLanguage: { lang: own, dir: directionOf(own) } }),
  };
}

function tagOf(locale: Locale, tags: readonly string[]): string | undefined {
  return tags.find((tag) => matchLocale(tag) === locale);
}
