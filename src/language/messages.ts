import { type MessageSet, messageSet } from './messages/message-set.js';
import { FALLBACK_LOCALE, type Locale, directionOf, formatsOf, loadTexts } from './messages/languages.js';
import { type Messages, en } from './messages/en.js';
import { TextTable } from './messages/text-table.js';

export { FALLBACK_LOCALE, LOCALES, type Locale, directionOf, findLocale, languageName } from './messages/languages.js';
export type { MessageKey, MessageSet, MessageValueName } from './messages/message-set.js';

/** A language that was loaded, as a module is: once, and it never changes. */
interface Catalogue {
  readonly texts: Partial<Messages>;
  readonly isComplete: boolean;
  /** By language tag, one of the language's `formats`. */
  readonly tables: Map<string, TextTable>;
}

const CATALOGUES = new Map<Locale, Catalogue>([['en', catalogueOf(en)]]);

/** What else decides on a text, beside the language. */
export interface Wishes {
  /** One of the language's `formats`. */
  readonly languageTag?: string | undefined;
  /** The texts that a tenant wrote itself, by language. */
  readonly ownTexts?: { find(locale: Locale, languageTag: string): TextTable | undefined } | undefined;
  /** The tenant's language, for texts that are not translated yet. */
  readonly fallback?: Locale | undefined;
}

/** Whether `messagesFor` can be asked for the language. */
export function isLoaded(locale: Locale, { fallback }: Wishes = {}): boolean {
  const catalogue = CATALOGUES.get(locale);
  if (catalogue === undefined) return false;
  return catalogue.isComplete || fallback === undefined || CATALOGUES.has(fallback);
}

/** Loads the texts of a language, and those of the tenant's where some are not translated yet. */
export async function loadMessages(locale: Locale, wishes: Wishes = {}): Promise<MessageSet> {
  const catalogue = await loadCatalogue(locale);
  if (!catalogue.isComplete && wishes.fallback !== undefined) await loadCatalogue(wishes.fallback);
  return messagesFor(locale, wishes);
}

/** The texts as they are written: ICU messages. */
export async function loadTextsOf(locale: Locale): Promise<Partial<Messages>> {
  return (await loadCatalogue(locale)).texts;
}

/** The texts of a language that was loaded: the tenant's own first, then ours, then those of the tenant's language. */
export function messagesFor(locale: Locale, { languageTag, ownTexts, fallback }: Wishes = {}): MessageSet {
  const formats = formatsOf(locale);
  const tag = formats.find((known) => known === languageTag) ?? formats[0];
  const catalogue = CATALOGUES.get(locale);
  if (catalogue === undefined) throw new Error(`The texts of ${locale} were not loaded.`);
  const others = catalogue.isComplete ? [] : [...new Set<Locale>([fallback ?? FALLBACK_LOCALE, FALLBACK_LOCALE])];
  const tables = [locale, ...others].flatMap((one) => {
    const tagOfOne = one === locale ? tag : formatsOf(one)[0];
    return [ownTexts?.find(one, tagOfOne), tableOf(one, tagOfOne)];
  });
  return messageSet({
    locale,
    direction: directionOf(locale),
    languageTag: tag,
    tables: tables.filter((table) => table !== undefined),
  });
}

async function loadCatalogue(locale: Locale): Promise<Catalogue> {
  const known = CATALOGUES.get(locale) ?? catalogueOf(await loadTexts(locale));
  CATALOGUES.set(locale, known);
  return known;
}

function catalogueOf(texts: Partial<Messages>): Catalogue {
  const isComplete = Object.keys(en).every((key) => Object.hasOwn(texts, key));
  return { texts, isComplete, tables: new Map() };
}

function tableOf(locale: Locale, languageTag: string): TextTable | undefined {
  const catalogue = CATALOGUES.get(locale);
  const table = catalogue?.tables.get(languageTag) ?? (catalogue && new TextTable(catalogue.texts, languageTag));
  if (table) catalogue?.tables.set(languageTag, table);
  return table;
}
