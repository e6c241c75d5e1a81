import { LOCALES, type Locale, findLocale } from './messages.js';

export interface LocaleWishes {
  /** What the person chose on one of the tenant's pages, as their browser kept it. */
  readonly chosen?: string;
  /** `ui_locales` of the authorization request, OpenID Connect Core §3.1.2.1: tags separated by spaces. */
  readonly uiLocales?: string;
  /** The header, RFC 9110 §12.5.4. */
  readonly acceptLanguage?: string;
  readonly tenantDefault: Locale;
}

/** Longest text and most tags that are looked at: a longer header costs no more. */
export const WISHES_MAX_LENGTH = 512;
export const WISHES_MAX_TAGS = 20;

/** The first language we have: chosen by the person, then of the request, then of the browser, then of the tenant. */
export function negotiateLocale({ chosen, uiLocales, acceptLanguage, tenantDefault }: LocaleWishes): Locale {
  return (
    findLocale(chosen) ??
    firstKnown(split(uiLocales, ' ')) ??
    firstKnown(acceptedRanges(acceptLanguage), tenantDefault) ??
    tenantDefault
  );
}

function firstKnown(tags: readonly string[], any?: Locale): Locale | undefined {
  for (const tag of tags) {
    const language = tag.toLowerCase().split('-', 1)[0];
    const known = tag === '*' ? any : LOCALES.find((locale) => locale === language);
    if (known !== undefined) return known;
  }
  return undefined;
}

/** The tags of an Accept-Language header, best first; those with `q=0` are refusals and left out. */
function acceptedRanges(header: string | undefined): string[] {
  return split(header, ',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';', 4).map((part) => part.trim());
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      return { tag, weight: weight === undefined ? 1 : Number(weight.slice(2)) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}

function split(list: string | undefined, separator: string): string[] {
  return list === undefined ? [] : list.slice(0, WISHES_MAX_LENGTH).split(separator, WISHES_MAX_TAGS);
}
