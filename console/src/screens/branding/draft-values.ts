import type { Schema } from '../../api/operation.js';

/** Members of a draft by their JSON Pointers without the first slash: `branding/texts/en/footer_text`. */
export type DraftValues = Readonly<Record<string, unknown>>;

export function flatten(value: unknown, prefix: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return value === undefined ? {} : { [prefix]: value };
  return Object.assign(
    {},
    ...Object.entries(value).map(([name, inner]) => flatten(inner, `${prefix}/${name}`)),
  ) as Record<string, unknown>;
}

export function valuesOfDraft({ branding, texts }: Pick<Schema<'BrandingDraft'>, 'branding' | 'texts'>): DraftValues {
  return { ...flatten(branding, 'branding'), ...flatten(texts, 'texts') };
}

export function isSameValue(one: unknown, other: unknown): boolean {
  const plain = (value: unknown) => (value === '' || value === undefined || value === false ? null : value);
  return plain(one) === plain(other);
}

export function changedNames(before: DraftValues, after: DraftValues): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isSameValue(before[name], after[name]));
}

/** JSON Merge Patch of the members; what was emptied is `null`. */
export function draftPatch(names: readonly string[], values: DraftValues): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const name of names) {
    const parts = name.split('/');
    const last = parts.pop() ?? name;
    let inner = body;
    for (const part of parts) inner = (inner[part] ??= {}) as Record<string, unknown>;
    const value = values[name];
    inner[last] = value === '' || value === undefined ? null : value;
  }
  return body;
}
