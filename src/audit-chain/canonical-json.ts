/** Printable ASCII that JSON writes as it is: nearly all texts and names. */
const PLAIN = /^[ !#-[\]-~]*$/;

/**
 * JSON in one form for one value (JSON Canonicalization Scheme, RFC 8785): members sorted by UTF-16 code units, no
 * blanks, numbers and strings as ECMAScript writes them. Members without a value are left out.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const object = value as Readonly<Record<string, unknown>>;
  let members = '';
  // Strings sort by UTF-16 code units. Every event of a busy log comes through here, so no pairs are made.
  for (const name of Object.keys(object).sort()) {
    const member = object[name];
    if (member !== undefined) members += `${members === '' ? '' : ','}${quoted(name)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
