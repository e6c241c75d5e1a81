import type { Direction } from '../bidi.js';
import { type Messages, en } from './en.js';

interface Language {
  /** What the language calls itself. */
  readonly name: string;
  readonly direction: Direction;
  /**
   * Language tags whose dates, digits and calendars go with the texts: that for everybody, then those of regions that
   * write them differently.
   */
  readonly formats: readonly [string, ...string[]];
  /** The texts are loaded when somebody first reads the language. */
  readonly load: () => Promise<Partial<Messages>>;
}

/** Every language of the pages. A new one is a folder of messages and a line here. */
const LANGUAGES = {
  en: {
    name: 'English',
    direction: 'ltr',
    formats: ['en-GB', 'en-AU', 'en-CA', 'en-IN', 'en-NZ', 'en-US', 'en-ZA'],
    load: () => Promise.resolve(en),
  },
  de: {
    name: 'Deutsch',
    direction: 'ltr',
    formats: ['de', 'de-AT', 'de-CH'],
    load: async () => (await import('./de.js')).de,
  },
  fr: {
    name: 'Français',
    direction: 'ltr',
    formats: ['fr', 'fr-BE', 'fr-CA', 'fr-CH'],
    load: async () => (await import('./fr.js')).fr,
  },
  es: {
    name: 'Español',
    direction: 'ltr',
    formats: ['es', 'es-AR', 'es-CL', 'es-CO', 'es-MX', 'es-PE', 'es-US'],
    load: async () => (await import('./es.js')).es,
  },
  ar: {
    name: 'العربية',
    direction: 'rtl',
    formats: ['ar', 'ar-AE', 'ar-BH', 'ar-DZ', 'ar-EG', 'ar-IQ', 'ar-JO', 'ar-KW', 'ar-LB', 'ar-MA', 'ar-SA', 'ar-TN'],
    load: async () => (await import('./ar.js')).ar,
  },
} as const satisfies Record<string, Language>;

export type Locale = keyof typeof LANGUAGES;

/** What is shown when nothing better is known; always loaded. */
export const FALLBACK_LOCALE = 'en' satisfies Locale;

export const LOCALES = Object.keys(LANGUAGES) as readonly Locale[];

export function findLocale(name: string | undefined): Locale | undefined {
  return LOCALES.find((locale) => locale === name);
}

/** What a language calls itself. */
export function languageName(locale: Locale): string {
  return LANGUAGES[locale].name;
}

export function directionOf(locale: Locale): Direction {
  return LANGUAGES[locale].direction;
}

/** The tags of `formats`, the one for everybody first. */
export function formatsOf(locale: Locale): Language['formats'] {
  return LANGUAGES[locale].formats;
}

export function loadTexts(locale: Locale): Promise<Partial<Messages>> {
  return LANGUAGES[locale].load();
}
