import { getMetadataStorage } from 'class-validator';
import { deprecationOf, deprecationText } from './deprecation.js';
import { type Constructor, descriptionOf, nestedTypeOf } from './describe.decorator.js';
import { type JsonType, type Schema, orNull, refTo } from './schema.js';

type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** What each kind of validation says in a schema; a kind that is not here is a programmer's error. */
const KEYWORDS: Readonly<Record<string, (...constraints: never[]) => Schema>> = {
  isString: () => ({ type: 'string' }),
  isSingleLine: () => ({ type: 'string' }),
  isText: () => ({ type: 'string' }),
  isBoolean: () => ({ type: 'boolean' }),
  isInt: () => ({ type: 'integer' }),
  isArray: () => ({ type: 'array' }),
  isObject: () => ({ type: 'object' }),
  isMailDomain: () => ({ type: 'string', examples: ['example.com'] }),
  isMailAddress: () => ({ type: 'string', format: 'email' }),
  isEmail: () => ({ type: 'string', format: 'email' }),
  isAddress: () => ({ type: 'string', format: 'uri' }),
  isCalendarDate: () => ({ type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$', examples: ['2026-12-31'] }),
  isIp: () => ({ type: 'string' }),
  isIso8601: () => ({ type: 'string', format: 'date-time' }),
  isQuota: (minimum: number, maximum: number) => ({
    type: ['integer', 'string'],
    minimum,
    maximum,
    pattern: '^unlimited$',
  }),
  isRateQuota: () => ({
    pattern: '^unlimited$',
    properties: {
      limit: { type: 'integer', minimum: 1, description: 'How many in each `per`.' },
      per: { type: 'string', enum: ['second', 'minute', 'hour'], description: 'In how long.' },
      burst: { type: 'integer', minimum: 1, description: 'At once; without it as many as `limit`.' },
    },
    required: ['limit', 'per'],
    additionalProperties: false,
  }),
  isAcrValues: () => ({ type: 'object' }),
  isUuid: () => ({ type: 'string', format: 'uuid' }),
  isEventFilter: () => ({ type: 'string', examples: ['user.*'] }),
  isTimeZone: () => ({ type: 'string', examples: ['Europe/Zurich'] }),
  isLocale: () => ({ type: 'string', examples: ['de-CH'] }),
  isIn: (values: readonly (string | boolean)[]) => ({ type: typesIn(values), enum: values }),
  matches: ({ source }: RegExp) => ({ type: 'string', pattern: source }),
  minLength: (minLength: number) => ({ minLength }),
  maxLength: (maxLength: number) => ({ maxLength }),
  min: (minimum: number) => ({ minimum }),
  max: (maximum: number) => ({ maximum }),
  arrayMinSize: (minItems: number) => ({ minItems }),
  arrayMaxSize: (maxItems: number) => ({ maxItems }),
  arrayUnique: () => ({ uniqueItems: true }),
};

/**
 * The schema of a body or query, made from its validation, so that the two cannot differ. Members that may be `null`
 * are those with `@IsOptional()`: there, `null` goes back to the default.
 */
export function schemaOf(dto: Constructor): Schema {
  const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', true, false);
  const names = [...new Set(rules.map(({ propertyName }) => propertyName))];
  const properties = names.map((name) => [name, propertyOf(dto, name, rulesOf(rules, name))] as const);
  const required = names.filter((name) => rulesOf(rules, name).every(({ type }) => type !== 'conditionalValidation'));
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

/** The name under which the schema of a DTO stands among the components. */
export function schemaName(dto: Constructor): string {
  return dto.name.replace(/Dto$/, '');
}

function rulesOf(rules: readonly Rule[], name: string): Rule[] {
  return rules.filter(({ propertyName }) => propertyName === name);
}

function propertyOf(dto: Constructor, name: string, rules: readonly Rule[]): Schema {
  const described = descriptionOf(dto, name);
  const nested = nestedTypeOf(dto, name);
  const own = keywordsOf(rules.filter(({ each }) => !each));
  const ofItems = nested ? refTo(schemaName(nested)) : keywordsOf(rules.filter(({ each }) => each));
  const schema = own.type === 'array' ? { ...own, items: ofItems } : nested ? ofItems : own;
  const nullable = rules.some((rule) => rule.name === 'isOptional');
  return { ...(nullable ? orNull(schema) : schema), ...described, ...deprecationIn(dto, name, described) };
}

function deprecationIn(dto: Constructor, name: string, { description = '' }: Schema): Schema {
  const deprecation = deprecationOf(dto, name);
  if (!deprecation) return {};
  return { description: `${description} ${deprecationText(deprecation)}`.trim(), deprecated: true };
}

function keywordsOf(rules: readonly Rule[]): Schema {
  const schemas = rules.filter(({ type }) => type === 'customValidation').map(toKeywords);
  return Object.assign({}, ...schemas, ...typesOf(schemas)) as Schema;
}

function toKeywords({ name, constraints, propertyName }: Rule): Schema {
  const keywords = KEYWORDS[name ?? ''];
  if (!keywords) throw new Error(`The schema of ${propertyName} does not know the validation ${name}.`);
  return keywords(...((constraints ?? []) as never[]));
}

function typesIn(values: readonly (string | boolean)[]): readonly JsonType[] | JsonType {
  const [first = 'string', ...others] = new Set(values.map((value) => typeof value as 'string' | 'boolean'));
  return others.length === 0 ? first : [first, ...others];
}

/** A pattern may also be that of a string which something else says more about. */
function typesOf(schemas: readonly Schema[]): { type: JsonType }[] {
  const types = schemas.flatMap(({ type }) => type ?? []);
  const container = types.find((type) => type === 'array' || type === 'object');
  return container ? [{ type: container }] : [];
}
