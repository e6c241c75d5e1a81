import type { FieldError } from '../api/api-problem.js';

/** Values of a form by the names of its fields; a dot leads into a member: `policy.sign_up`. */
export type FormValues = Readonly<Record<string, unknown>>;
type Members = Readonly<Record<string, unknown>>;

export function valueAt(body: unknown, name: string): unknown {
  return name.split('.').reduce<unknown>((inner, part) => (inner as Members | null | undefined)?.[part], body);
}

export function valuesOf(body: unknown, names: readonly string[]): FormValues {
  return Object.fromEntries(names.map((name) => [name, valueAt(body, name)]));
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

/** Nothing, an empty text and an absent member are the same to a person. */
function plain(value: unknown): unknown {
  return value === '' || value === undefined || (Array.isArray(value) && value.length === 0) ? null : value;
}

/** The body of a create: what was filled in. */
export function createBody(values: FormValues): Members {
  return nested(Object.entries(values).filter(([, value]) => plain(value) !== null));
}

/** JSON Merge Patch (RFC 7396): what was changed; `null` where it was emptied. */
export function patchBody(before: FormValues, values: FormValues): Members {
  const changed = Object.entries(values).filter(([name, value]) => !isSame(before[name], value));
  return nested(changed.map(([name, value]) => [name, Array.isArray(value) ? value : plain(value)]));
}

function nested(entries: readonly (readonly [string, unknown])[]): Members {
  const body: Record<string, unknown> = {};
  for (const [name, value] of entries) {
    const parts = name.split('.');
    const last = parts.pop() ?? name;
    let inner = body;
    for (const part of parts) inner = (inner[part] ??= {}) as Record<string, unknown>;
    inner[last] = value;
  }
  return body;
}

/** The problems of each field. A pointer into a list belongs to the field of the list. */
export function errorsByField(errors: readonly FieldError[], names: readonly string[]) {
  const byField: Record<string, string> = {};
  const rest: FieldError[] = [];
  for (const error of errors) {
    const path = (error.pointer ?? '').slice(1).replaceAll('/', '.');
    const name = names
      .filter((one) => path === one || path.startsWith(`${one}.`))
      .sort((one, other) => other.length - one.length)[0];
    if (name === undefined) rest.push(error);
    else byField[name] = byField[name] === undefined ? error.detail : `${byField[name]} ${error.detail}`;
  }
  return { byField, rest };
}

export interface Merged {
  readonly values: FormValues;
  /** Fields that both changed, each to another value. */
  readonly conflicts: readonly string[];
}

/** What only one of them changed is taken from them. */
export function merge(base: FormValues, mine: FormValues, theirs: FormValues): Merged {
  const values: Record<string, unknown> = {};
  const conflicts: string[] = [];
  for (const name of Object.keys(mine)) {
    const isMine = !isSame(base[name], mine[name]);
    values[name] = isMine ? mine[name] : theirs[name];
    if (isMine && !isSame(base[name], theirs[name]) && !isSame(mine[name], theirs[name])) conflicts.push(name);
  }
  return { values, conflicts };
}
