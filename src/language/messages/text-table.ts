import { type Formatters, IntlMessageFormat } from 'intl-messageformat';

const MOMENT = { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
/** The person's own time zone is not known here. */
const FORMATS = {
  date: {
    day: { dateStyle: 'long', timeZone: 'UTC' },
    moment: { ...MOMENT, timeZone: 'UTC', timeZoneName: 'short' },
  },
} as const;

/** A message that was parsed. */
export interface ParsedText {
  readonly format: IntlMessageFormat;
  /** The placeholders that are filled in as they are, as `{name}`. */
  readonly plain: ReadonlySet<string>;
}

export type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** By the `type` of an element. */
const KINDS = ['literal', 'argument', 'number', 'date', 'time', 'select', 'plural', 'pound', 'tag'] as const;

export function kindOf({ type }: Element): (typeof KINDS)[number] | undefined {
  return KINDS[type];
}

/**
 * The texts of one language, or those of it that a tenant wrote itself. Each is parsed when it is first shown; most have
 * no placeholder and stay plain strings.
 */
export class TextTable {
  private readonly ready = new Map<string, string | ParsedText>();
  private readonly formatters = sharedFormatters();

  /** @param languageTag whose plurals, dates, digits and calendar go with the texts */
  constructor(
    private readonly texts: Readonly<Record<string, string | undefined>>,
    private readonly languageTag: string,
  ) {}

  /** @throws SyntaxError and its like for a text that is no ICU message */
  find(key: string): string | ParsedText | undefined {
    const known = this.ready.get(key);
    if (known !== undefined) return known;
    const text = Object.hasOwn(this.texts, key) ? this.texts[key] : undefined;
    if (text === undefined) return undefined;
    const found = isPlain(text) ? text : parseText(text, this.languageTag, this.formatters);
    this.ready.set(key, found);
    return found;
  }
}

/** Nothing in it means anything to ICU. */
function isPlain(text: string): boolean {
  return !/[{}<]|''/.test(text);
}

/** @throws SyntaxError and its like for a text that is no ICU message */
export function parseText(text: string, languageTag: string, formatters?: Formatters): ParsedText {
  const format = new IntlMessageFormat(text, languageTag, FORMATS, formatters && { formatters });
  const plain = elementsOf(format.getAst()).flatMap((one) =>
    kindOf(one) === 'argument' && 'value' in one ? [one.value] : [],
  );
  return { format, plain: new Set(plain) };
}

/** Every element, with those inside of plurals, selects and tags. */
export function elementsOf(elements: readonly Element[]): Element[] {
  return elements.flatMap((one) => {
    if ('children' in one) return [one, ...elementsOf(one.children)];
    if (!('options' in one)) return [one];
    return [one, ...Object.values(one.options).flatMap(({ value }) => elementsOf(value))];
  });
}

/** One formatter of a kind for all texts of a table: each holds some kilobytes. */
function sharedFormatters(): Formatters {
  return {
    getNumberFormat: shared((tag, options) => new Intl.NumberFormat(tag, options as Intl.NumberFormatOptions)),
    getDateTimeFormat: shared((tag, options) => new Intl.DateTimeFormat(tag, options as Intl.DateTimeFormatOptions)),
    getPluralRules: shared((tag, options) => new Intl.PluralRules(tag, options as Intl.PluralRulesOptions)),
  };
}

function shared<Format>(make: (tag: string | string[] | undefined, options: object | undefined) => Format) {
  const made = new Map<string, Format>();
  return (tag?: unknown, options?: object): Format => {
    const name = JSON.stringify(options ?? {});
    const known = made.get(name) ?? make(tag as string, options);
    made.set(name, known);
    return known;
  };
}
