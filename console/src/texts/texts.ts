import { IntlMessageFormat } from 'intl-messageformat';
import { createContext, use } from 'react';
import { de } from './de.js';
import { en } from './en.js';

export type Language = 'en' | 'de';
export const LANGUAGES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

export type TextValues = Readonly<Record<string, string | number | Date | boolean>>;
/** A text by its key, filled in (ICU MessageFormat). What is filled in is text, never markup. */
export type Translate<Key extends string> = (key: Key, values?: TextValues) => string;
export interface Texts<Key extends string> {
  readonly en: Readonly<Record<Key, string>>;
  readonly de: Readonly<Record<Key, string>>;
}

/** The texts of one screen, which are loaded with it. Both languages have the same keys. */
export function defineTexts<const English extends Readonly<Record<string, string>>>(texts: {
  readonly en: English;
  readonly de: Readonly<Record<keyof English, string>>;
}): Texts<keyof English & string> {
  return texts;
}

const SHARED: Texts<keyof typeof en> = { en, de };

interface LanguageChoice {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}
const LanguageContext = createContext<LanguageChoice>({ language: 'en', choose: () => undefined });
export const LanguageProvider = LanguageContext.Provider;

export function useLanguage(): LanguageChoice {
  return use(LanguageContext);
}

export function useTexts<Key extends string>(texts: Texts<Key>): Translate<Key> {
  return translator(texts, useLanguage().language);
}

/** Texts of the shell and the kit. */
export function useSharedTexts(): Translate<keyof typeof en> {
  return useTexts(SHARED);
}

/** One for each set of texts, because it keeps what it has parsed. Every row of a list asks for it. */
const translators = new WeakMap<object, Partial<Record<Language, Translate<never>>>>();

export function translator<Key extends string>(texts: Texts<Key>, language: Language): Translate<Key> {
  const known = translators.get(texts) ?? {};
  translators.set(texts, known);
  return (known[language] ??= newTranslator(texts, language)) as Translate<Key>;
}

function newTranslator<Key extends string>(texts: Texts<Key>, language: Language): Translate<Key> {
  const formats = new Map<Key, IntlMessageFormat>();
  return (key, values) => {
    const text = texts[language][key];
    if (!text.includes('{') && !text.includes("'")) return text;
    const format = formats.get(key) ?? new IntlMessageFormat(text, language);
    formats.set(key, format);
    return String(format.format(values));
  };
}
