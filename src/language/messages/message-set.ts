import type { ComponentChildren, VNode } from 'preact';
import { type Direction, isolated } from '../bidi.js';
import type { Locale } from './languages.js';
import type { en } from './en.js';
import type { ParsedText, TextTable } from './text-table.js';

export type MessageKey = keyof typeof en;

/** The texts of one language. */
export interface MessageSet {
  readonly locale: Locale;
  readonly direction: Direction;
  /** A plain text. */
  readonly text: <K extends MessageKey>(key: K, ...values: Values<K, Plain>) => string;
  /** A text with elements in the place of some values. */
  readonly rich: <K extends MessageKey>(key: K, ...values: Values<K, Plain | VNode>) => ComponentChildren;
  /** "a, b and c". */
  readonly list: (items: readonly string[]) => string;
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

type AnyValues = Readonly<Record<string, Plain | VNode | Enclosing>>;

export interface Wording {
  readonly locale: Locale;
  readonly direction: Direction;
  /** The language tag whose lists go with the texts. */
  readonly languageTag: string;
  /** The first table that has a text gives it. */
  readonly tables: readonly TextTable[];
}

export function messageSet({ locale, direction, languageTag, tables }: Wording): MessageSet {
  const format = (key: MessageKey, values: AnyValues = {}): ComponentChildren => {
    for (const [index, table] of tables.entries()) {
      try {
        const found = table.find(key);
        if (found !== undefined) return typeof found === 'string' ? found : fill(found, values, direction);
      } catch (error) {
        // A tenant's text may be older than the placeholders that there are now. The last table is our own.
        if (index === tables.length - 1) throw error;
      }
    }
    throw new Error(`Unknown message ${key}`);
  };
  return {
    locale,
    direction,
    text: (key, ...[values]) => format(key, values) as string,
    rich: (key, ...[values]) => format(key, values),
    list: (items) => new Intl.ListFormat(languageTag).format(items.map((item) => isolated(item, direction))),
  };
}

function fill({ format, plain }: ParsedText, values: AnyValues, direction: Direction): ComponentChildren {
  const given = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' && plain.has(name) ? isolated(value, direction) : value,
  ]);
  return format.format<VNode>(Object.fromEntries(given) as never) as ComponentChildren;
}
