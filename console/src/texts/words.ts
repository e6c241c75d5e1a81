import { FormatError } from 'intl-messageformat';
import { useMemo } from 'react';
import { type Language, type TextValues, translator, useLanguage } from './texts.js';

/** What is said for codes of the platform. Without English ones, whoever reads English has the platform's own words. */
export interface WordTable {
  readonly en?: Readonly<Record<string, string>>;
  readonly de: Readonly<Record<string, string>>;
}

/**
 * What the platform found, in other words than its own. Undefined: there are none for this key, or they name a value
 * that did not come, as from a process of another version. Then the platform's own words are all there is.
 */
export type Words = (key: string, values?: TextValues) => string | undefined;

export function useWords(table: WordTable): Words {
  const { language } = useLanguage();
  return useMemo(() => wordsOf(table, language), [table, language]);
}

/** Of each table, because what a text was parsed to is kept by these. */
const textsOfTables = new WeakMap<WordTable, Record<Language, Readonly<Record<string, string>>>>();

export function wordsOf(table: WordTable, language: Language): Words {
  const texts = textsOfTables.get(table) ?? { en: table.en ?? {}, de: table.de };
  textsOfTables.set(table, texts);
  const say = translator(texts, language);
  return (key, values = {}) => {
    if (!Object.hasOwn(texts[language], key)) return undefined;
    try {
      return say(key, values);
    } catch (error) {
      // RangeError: of a time that is none.
      if (error instanceof FormatError || error instanceof RangeError) return undefined;
      throw error;
    }
  };
}

/** A day (YYYY-MM-DD), to be written out as it is in every zone. */
export function dayOf(day: string): Date {
  return new Date(`${day}T00:00`);
}
