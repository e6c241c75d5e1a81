import { LRUCache } from 'lru-cache';
import type { Locale } from './messages.js';
import { type LocaleWishes, negotiateFormats, negotiateLocale } from './negotiation.js';

/** What was negotiated for a person. */
export interface NegotiatedLanguage {
  readonly locale: Locale;
  readonly languageTag: string;
}

/** Browsers send few different headers. */
const MAX_KEPT = 200;
/** Wishes that are longer than those of browsers are not kept. */
const MAX_KEPT_LENGTH = 200;

/** Negotiates the language of a page. What the same wishes led to is kept, because reading language tags takes long. */
export class NegotiatedLanguages {
  private readonly known = new LRUCache<string, NegotiatedLanguage>({ max: MAX_KEPT });

  get(wishes: LocaleWishes): NegotiatedLanguage {
    const { chosen = '', uiLocales = '', acceptLanguage = '', tenantDefault } = wishes;
    if (chosen.length + uiLocales.length + acceptLanguage.length > MAX_KEPT_LENGTH) return negotiate(wishes);
    // JSON, because a wish may hold any separator.
    const key = JSON.stringify([chosen, uiLocales, acceptLanguage, tenantDefault]);
    const found = this.known.get(key) ?? negotiate(wishes);
    this.known.set(key, found);
    return found;
  }
}

function negotiate(wishes: LocaleWishes): NegotiatedLanguage {
  const locale = negotiateLocale(wishes);
  return { locale, languageTag: negotiateFormats(locale, wishes) };
}
