import { IntlMessageFormat } from 'intl-messageformat';
import type { ComponentChildren, VNode } from 'preact';
import { de } from './messages/de.js';
import { type Messages, en } from './messages/en.js';

interface Language {
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /** The language tag whose dates and numbers go with the texts. */
  readonly formats: string;
  readonly messages: Messages;
}

/** Every language of the pages. A new one is a file of messages and a line here. */
const LANGUAGES = {
  en: { name: 'English', direction: 'ltr', formats: 'en-GB', messages: en },
  de: { name: 'Deutsch', direction: 'ltr', formats: 'de', messages: de },
} as const satisfies Record<string, Language>;

export type Locale = keyof typeof LANGUAGES;
export type MessageKey = keyof typeof en;

export const LOCALES = Object.keys(LANGUAGES) as readonly Locale[];

export function findLocale(name: string | undefined): Locale | undefined {
  return LOCALES.find((locale) => locale === name);
}

/** The texts of one language. */
export interface MessageSet {
  readonly locale: Locale;
  readonly direction: 'ltr' | 'rtl';
  /** A plain text. */
  readonly text: <K extends MessageKey>(key: K, ...values: Values<K, Plain>) => string;
  /** A text with elements in the place of some values. */
  readonly rich: <K extends MessageKey>(key: K, ...values: Values<K, Plain | VNode>) => ComponentChildren;
}

type Plain = string | number | Date;
type Enclosing = (parts: ComponentChildren[]) => VNode;

/** Names of the placeholders in an ICU message: `{name}` and `{name, plural, ...}`, not the texts within a plural. */
type Placeholder<S extends string> = S extends `${string}{${infer Inner}}${infer Rest}`
  ? NameIn<Inner> | Placeholder<Rest>
  : never;
type NameIn<I extends string> = I extends `${infer Name},${string}`
  ? Name
  : I extends `${string} ${string}`
    ? never
    : I;
type Tag<S extends string> = S extends `${string}</${infer Name}>${infer Rest}` ? Name | Tag<Rest> : never;
type Values<K extends MessageKey, V> = [Placeholder<(typeof en)[K]> | Tag<(typeof en)[K]>] extends [never]
  ? []
  : [values: Record<Placeholder<(typeof en)[K]>, V> & Record<Tag<(typeof en)[K]>, Enclosing>];

/** The values that a message has to be given. */
export type MessageValueName<K extends MessageKey> = Placeholder<(typeof en)[K]>;

const MOMENT = { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
/** The person's own time zone is not known here. */
const FORMATS = {
  date: {
    day: { dateStyle: 'long', timeZone: 'UTC' },
    moment: { ...MOMENT, timeZone: 'UTC', timeZoneName: 'short' },
  },
} as const;

const MESSAGE_SETS = Object.fromEntries(LOCALES.map((locale) => [locale, messageSet(locale)])) as Record<
  Locale,
  MessageSet
>;

export function messagesFor(locale: Locale): MessageSet {
  return MESSAGE_SETS[locale];
}

/** What a language calls itself. */
export function languageName(locale: Locale): string {
  return LANGUAGES[locale].name;
}

/** Messages are parsed once, at start; most have no placeholder and stay plain strings. */
function messageSet(locale: Locale): MessageSet {
  const { messages, direction, formats } = LANGUAGES[locale];
  const parsed = new Map<MessageKey, string | IntlMessageFormat>();
  for (const [key, message] of Object.entries(messages) as [MessageKey, string][]) {
    parsed.set(key, message.includes('{') || message.includes('<') ? compile(message, formats) : message);
  }
  const format = (key: MessageKey, values?: Record<string, Plain | VNode | Enclosing>) => {
    const message = parsed.get(key);
    if (message === undefined) throw new Error(`Unknown message ${key}`);
    return typeof message === 'string' ? message : (message.format<VNode>(values as never) as ComponentChildren);
  };
  return {
    locale,
    direction,
    text: (key, ...[values]) => format(key, values) as string,
    rich: (key, ...[values]) => format(key, values),
  };
}

function compile(message: string, languageTag: string): IntlMessageFormat {
  return new IntlMessageFormat(message, languageTag, FORMATS);
}
