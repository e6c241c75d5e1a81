import { type Locale, type MessageKey, loadTextsOf } from './messages.js';
import { formatsOf } from './messages/languages.js';
import { en } from './messages/en.js';
import { type Element, elementsOf, kindOf, parseText } from './messages/text-table.js';

/** What a text of the catalogue is made of, for whoever writes another one in its place. */
export interface TextParts {
  /** Names that stand for values: `{tenant}`. */
  readonly placeholders: readonly string[];
  /** Names of elements around a part of the text: `<account>…</account>`. */
  readonly tags: readonly string[];
}

export const TEXT_MAX_LENGTH = 2000;
/** Room for what values may add. */
const SHOWN_MAX_LENGTH = 2 * TEXT_MAX_LENGTH;

type Kind = NonNullable<ReturnType<typeof kindOf>>;

const KINDS_OF_NUMBER: readonly Kind[] = ['number', 'plural'];
const KINDS_OF_DATE: readonly Kind[] = ['date', 'time'];

export const MESSAGE_KEYS = (Object.keys(en) as MessageKey[]).sort();

export function findMessageKey(name: string): MessageKey | undefined {
  return Object.hasOwn(en, name) ? (name as MessageKey) : undefined;
}

/** The text as the catalogue has it. */
export async function defaultText(locale: Locale, key: MessageKey): Promise<string> {
  return (await loadTextsOf(locale))[key] ?? en[key];
}

export function partsOf(key: MessageKey): TextParts {
  const names = [...kindsIn(en[key])];
  const those = (isTag: boolean) => names.filter(([, kind]) => (kind === 'tag') === isTag).map(([name]) => name);
  return { placeholders: those(false), tags: those(true) };
}

/**
 * What is wrong with a text that a tenant wrote in the place of one of ours. It may use what ours is given, in a way that
 * fits the kind of value, and no markup. A text of the consent page has to name all that ours names, because the person
 * decides by it.
 */
export function findTextFault(locale: Locale, key: MessageKey, text: string): string | undefined {
  const { placeholders, tags } = partsOf(key);
  const known = kindsIn(en[key]);
  let elements: Element[];
  try {
    elements = elementsOf(parseText(text, formatsOf(locale)[0]).format.getAst());
  } catch (error) {
    return `is not an ICU message (${(error as Error).message}); a brace or an angle bracket stands between apostrophes: '{'`;
  }
  const named = new Set<string>();
  for (const element of elements) {
    const kind = kindOf(element);
    if (kind === 'literal' && 'value' in element && /[<>]/.test(element.value)) return 'has markup';
    if (kind === 'literal' || kind === 'pound' || kind === undefined || !('value' in element)) continue;
    const own = known.get(element.value);
    if (own === undefined) return `has ${shownName(element.value, kind)}; ${listOf(placeholders, tags)}`;
    if (!fits(kind, own)) return `uses ${shownName(element.value, kind)} as another kind of value than it is`;
    named.add(element.value);
  }
  const missing = key.startsWith('consent.') ? [...known.keys()].filter((name) => !named.has(name)) : [];
  if (missing.length > 0) return `has to name ${missing.join(', ')}, because people decide by it`;
  return findFaultWhenShown(locale, text, known);
}

/** Some faults are found only when a text is shown, such as a format of dates that nobody knows. */
function findFaultWhenShown(locale: Locale, text: string, known: ReadonlyMap<string, Kind>): string | undefined {
  try {
    const { format } = parseText(text, formatsOf(locale)[0]);
    for (const count of [0, 1, 2, 5, 1_000_000]) {
      const values = [...known].map(([name, kind]) => [name, sampleOf(kind, count)]);
      const shown = String(format.format(Object.fromEntries(values) as never));
      if (shown.trim() === '') return 'shows nothing';
      if (shown.length > SHOWN_MAX_LENGTH) return 'becomes too long when it is shown';
    }
    return undefined;
  } catch (error) {
    return `cannot be shown (${(error as Error).message})`;
  }
}

function sampleOf(kind: Kind, count: number): unknown {
  if (kind === 'tag') return (parts: unknown[]) => parts.join('');
  if (KINDS_OF_DATE.includes(kind)) return new Date(0);
  return KINDS_OF_NUMBER.includes(kind) ? count : 'x';
}

/** By name: how English uses it. */
function kindsIn(text: string): Map<string, Kind> {
  const kinds = new Map<string, Kind>();
  for (const element of elementsOf(parseText(text, 'en').format.getAst())) {
    const kind = kindOf(element);
    if (kind !== undefined && kind !== 'literal' && 'value' in element) kinds.set(element.value, kind);
  }
  return kinds;
}

function fits(used: Kind, own: Kind): boolean {
  if (KINDS_OF_NUMBER.includes(own)) return KINDS_OF_NUMBER.includes(used);
  return KINDS_OF_DATE.includes(own) ? KINDS_OF_DATE.includes(used) : used === own;
}

function shownName(name: string, kind: Kind): string {
  return kind === 'tag' ? `the tag <${name}>` : `the placeholder {${name}}`;
}

function listOf(placeholders: readonly string[], tags: readonly string[]): string {
  const all = [...placeholders.map((name) => `{${name}}`), ...tags.map((name) => `<${name}>`)];
  return all.length === 0 ? 'this text has none' : `this text has ${all.join(', ')}`;
}
