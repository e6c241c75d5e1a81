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
