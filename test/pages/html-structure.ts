/** A reader for the strict HTML that the renderer writes: attributes in double quotes, text and values without `<`. */
export interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const TAG = /<(\/?[a-z][a-z0-9]*)((?: [^\s=<>"'/]+(?:="[^"<]*")?)*)\/?>/g;
const ATTRIBUTE = / ([^\s=<>"'/]+)(?:="([^"<]*)")?/g;

/** Throws when a `<` is left over: then something was not escaped. */
export function tagsOf(html: string): Tag[] {
  const body = html.replace(/^<!doctype html>/, '');
  const rest = body.replace(TAG, '');
  if (rest.includes('<')) throw new Error(`Unescaped: ${rest.slice(rest.indexOf('<'), rest.indexOf('<') + 80)}`);
  return [...body.matchAll(TAG)].map(([, name = '', attributes = '']) => ({
    name,
    attributes: Object.fromEntries([...attributes.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, value])),
  }));
}

/** Elements and attribute names in order, without their values. */
export function structureOf(html: string): string[] {
  return tagsOf(html).map(({ name, attributes }) => [name, ...Object.keys(attributes)].join(' '));
}

export function elementById(html: string, id: string): Tag | undefined {
  return tagsOf(html).find(({ attributes }) => attributes['id'] === id);
}
