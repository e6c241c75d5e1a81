import { LOCALES, type Locale, findLocale, formatsOf } from './messages/languages.js';

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

/** Each language as it is named, and with the script and region that are usual for it. */
const KNOWN = LOCALES.map((locale) => {
  const own = new Intl.Locale(locale);
  return { locale, own, full: own.maximize() };
});

/** The first language we have: chosen by the person, then of the request, then of the browser, then of the tenant. */
export function negotiateLocale({ chosen, uiLocales, acceptLanguage, tenantDefault }: LocaleWishes): Locale {
  return (
    findLocale(chosen) ??
    firstKnown(split(uiLocales, ' ')) ??
    firstKnown(acceptedRanges(acceptLanguage), tenantDefault) ??
    tenantDefault
  );
}

/**
 * The language tag whose dates and digits the person reads: `de-AT` or `ar-EG`, where the browser or else the request
 * names a region of the language that writes them differently.
 */
export function negotiateFormats(locale: Locale, { uiLocales, acceptLanguage }: LocaleWishes): string {
  const [usual, ...regional] = formatsOf(locale);
  if (regional.length === 0) return usual;
  for (const tag of [...acceptedRanges(acceptLanguage), ...split(uiLocales, ' ')]) {
    const wished = parseTag(tag);
    if (wished?.region === undefined || matchTag(wished) !== locale) continue;
    return regional.find((known) => known === `${wished.language}-${wished.region}`) ?? usual;
  }
  return usual;
}

/** The language of ours that a BCP 47 tag means: itself, or the same language in the same script. */
export function matchLocale(tag: string): Locale | undefined {
  const itself = findLocale(tag);
  if (itself !== undefined) return itself;
  const wished = parseTag(tag);
  return wished && matchTag(wished);
}

function matchTag(wished: Intl.Locale): Locale | undefined {
  const { language, script, region } = wished.maximize();
  const same = KNOWN.filter(({ full }) => full.language === language && full.script === script);
  const best =
    same.find(({ locale }) => locale === wished.baseName) ?? same.find(({ own }) => own.region === region) ?? same[0];
  return best?.locale;
}

/** Undefined for what is no tag. Some clients write `de_AT`. */
function parseTag(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag.replaceAll('_', '-'));
  } catch {
    return undefined;
  }
}

function firstKnown(tags: readonly string[], any?: Locale): Locale | undefined {
  for (const tag of tags) {
    const known = tag === '*' ? any : matchLocale(tag);
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
