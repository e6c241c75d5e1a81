import type { OAuthParameters } from '../oauth/parameters.js';
import type { UserAttribute, UserAttributes } from '../tenants/user-attributes.js';

/** Names the attributes that a form asks for. What it does not ask for stays as it is. */
export const ASKED_ATTRIBUTES = 'attributes';

/** The hidden field of a form with fields for these attributes. */
export function askedAttributes(definitions: UserAttributes): Readonly<Record<string, string>> {
  return definitions.length === 0 ? {} : { [ASKED_ATTRIBUTES]: definitions.map(({ name }) => name).join(' ') };
}

/** Name of the field. A list of choices has one field for each, whose names begin with this and a slash. */
export function attributeFieldName({ name }: Pick<UserAttribute, 'name'>): string {
  return `attributes/${name}`;
}

/** What was entered, as values that `changeAttributes` judges; null where nothing was. */
export function readAttributeFields(
  definitions: UserAttributes,
  params: OAuthParameters,
): Readonly<Record<string, unknown>> {
  const asked = (params.find(ASKED_ATTRIBUTES) ?? '').split(' ');
  return Object.fromEntries(
    definitions
      .filter(({ name }) => asked.includes(name))
      .map((definition) => [definition.name, readField(definition, params)]),
  );
}

function readField(definition: UserAttribute, params: OAuthParameters): unknown {
  const name = attributeFieldName(definition);
  if (definition.type === 'string_list') {
    const texts = definition.allowedValues
      ? params.entries().flatMap(([field, value]) => (field.startsWith(`${name}/`) ? [value] : []))
      : (params.find(name) ?? '').split('\n');
    const list = [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))];
    return list.length === 0 ? null : list;
  }
  const text = definition.allowedValues ? params.find(name) : params.find(name)?.trim();
  if (text === undefined || text === '') return null;
  if (definition.type === 'number') return readNumber(text);
  if (definition.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

/** People write a comma where their language has one. */
function readNumber(text: string): number | string {
  const plain = /^-?\d{1,15}([.,]\d{1,15})?$/.test(text) ? Number(text.replace(',', '.')) : NaN;
  return Number.isNaN(plain) ? text : plain;
}
