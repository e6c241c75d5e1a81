/** A schema as it stands in the document. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * Where a value differs from its schema: the part of JSON Schema that the OpenAPI document uses, and no more. Members
 * the schema does not name are faults, too, unless it allows for them: they would be undocumented.
 */
export function findFaults(value: unknown, schema: JsonSchema, document: JsonSchema, at = ''): string[] {
  const { $ref, anyOf } = schema;
  if (typeof $ref === 'string') return findFaults(value, resolve(document, $ref), document, at);
  if (Array.isArray(anyOf)) {
    const tried = (anyOf as JsonSchema[]).map((one) => findFaults(value, one, document, at));
    return tried.some((faults) => faults.length === 0) ? [] : tried.flat();
  }
  return [
    ...typeFaults(value, schema, at),
    ...(typeof value === 'string' ? textFaults(value, schema, at) : []),
    ...(typeof value === 'number' ? numberFaults(value, schema, at) : []),
    ...(Array.isArray(value) ? listFaults(value, schema, document, at) : []),
    ...(isObject(value) ? memberFaults(value, schema, document, at) : []),
  ];
}

/** What a reference within the document stands for. */
export function resolve(document: JsonSchema, ref: string): JsonSchema {
  if (!ref.startsWith('#/')) throw new Error(`Not a reference within the document: ${ref}`);
  let found: unknown = document;
  for (const name of ref.slice(2).split('/')) found = isObject(found) ? found[name] : undefined;
  if (!isObject(found)) throw new Error(`There is no ${ref}.`);
  return found;
}

function typeFaults(value: unknown, { type, enum: values, const: constant }: JsonSchema, at: string): string[] {
  const faults: string[] = [];
  const types = [type ?? []].flat() as string[];
  const actual = typeOf(value);
  const fits = types.length === 0 || types.includes(actual) || (actual === 'integer' && types.includes('number'));
  if (!fits) faults.push(`${at} is ${actual}, not ${types.join(' or ')}`);
  if (Array.isArray(values) && !values.includes(value)) faults.push(`${at} is not one of ${values.join(', ')}`);
  if (constant !== undefined && constant !== value) faults.push(`${at} is not ${JSON.stringify(constant)}`);
  return faults;
}

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)),
  'date-time': (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text),
  uuid: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text),
  uri: (text) => URL.canParse(text),
  'uri-reference': (text) => URL.canParse(text, 'http://base.test'),
  email: (text) => /^[^@\s]+@[^@\s]+$/.test(text),
};

function textFaults(value: string, { format, pattern, minLength, maxLength }: JsonSchema, at: string): string[] {
  const faults: string[] = [];
  if (typeof format === 'string' && FORMATS[format]?.(value) !== true) faults.push(`${at} is no ${format}`);
  if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value)) faults.push(`${at} is not like ${pattern}`);
  if (typeof minLength === 'number' && value.length < minLength) faults.push(`${at} is too short`);
  if (typeof maxLength === 'number' && value.length > maxLength) faults.push(`${at} is too long`);
  return faults;
}

function numberFaults(value: number, { minimum, maximum }: JsonSchema, at: string): string[] {
  const low = typeof minimum === 'number' && value < minimum;
  const high = typeof maximum === 'number' && value > maximum;
  return low || high ? [`${at} is out of bounds`] : [];
}

function listFaults(value: readonly unknown[], schema: JsonSchema, document: JsonSchema, at: string): string[] {
  const { items, maxItems, minItems } = schema;
  const short = typeof minItems === 'number' && value.length < minItems ? [`${at} has too few items`] : [];
  const long = typeof maxItems === 'number' && value.length > maxItems ? [`${at} has too many items`] : [];
  if (!isObject(items)) return [...short, ...long, `${at} has items that are not described`];
  return [...short, ...long, ...value.flatMap((item, index) => findFaults(item, items, document, `${at}/${index}`))];
}

function memberFaults(value: JsonSchema, schema: JsonSchema, document: JsonSchema, at: string): string[] {
  const {
    properties = {},
    required = [],
    additionalProperties,
  } = schema as {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
    readonly additionalProperties?: unknown;
  };
  const missing = required.filter((name) => !(name in value)).map((name) => `${at}/${name} is missing`);
  const wrong = Object.entries(value).flatMap(([name, member]) => {
    const described = properties[name] ?? (isObject(additionalProperties) ? additionalProperties : undefined);
    if (described) return findFaults(member, described, document, `${at}/${name}`);
    return additionalProperties === true ? [] : [`${at}/${name} is not described`];
  });
  return [...missing, ...wrong];
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
