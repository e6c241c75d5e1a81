import type { OAuthParameters } from '../oauth/parameters.js';
import type { AttributeEntry } from '../account/profiles.js';
import { attributeFieldName, readAttributeFields } from '../users/attribute-form.js';
import type { AttributeFault } from '../users/attribute-values.js';
import type { AttributeValue, UserAttribute, UserAttributes } from '../tenants/user-attributes.js';
import type { AttributeFieldView } from './attribute-content.js';

/** What was typed before, and what was wrong with it by the names of attributes. */
export interface TypedAttributes {
  readonly params?: OAuthParameters | undefined;
  readonly faults?: Readonly<Record<string, AttributeFault>> | undefined;
}

/** Fields that a form asks for, and that have no value yet. */
export function askedFields(definitions: UserAttributes, typed: TypedAttributes = {}): AttributeFieldView[] {
  return definitions.map((definition) => ({
    ...fieldOf({ definition, value: undefined, isEditable: true }, typed),
    isRequired: true,
  }));
}

/** A field of the person's profile, with its value. */
export function fieldOf(entry: AttributeEntry, { params, faults = {} }: TypedAttributes = {}): AttributeFieldView {
  const { definition, isEditable } = entry;
  const { name, type, labels, maxLength, allowedValues, requiredAt = [] } = definition;
  const value = params && isEditable ? typedValue(definition, params) : entry.value;
  return {
    name: attributeFieldName(definition),
    labels,
    fallback: name,
    kind: type,
    ...(allowedValues && { choices: withPresent(allowedValues, entry.value) }),
    value,
    isRequired: isEditable && requiredAt.length > 0,
    isEditable,
    maxLength,
    ...(isEditable && faults[name] && { fault: faults[name] }),
  };
}

function typedValue(definition: UserAttribute, params: OAuthParameters): AttributeValue | undefined {
  return (readAttributeFields([definition], params)[definition.name] ?? undefined) as AttributeValue | undefined;
}

/** A value that is not allowed any more stays until the person chooses another one. */
function withPresent(allowed: NonNullable<UserAttribute['allowedValues']>, value: AttributeValue | undefined) {
  const present = typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
  const others = present.filter((text) => !allowed.some((one) => one.value === text));
  return [...allowed, ...others.map((text) => ({ value: text, labels: {} }))];
}
