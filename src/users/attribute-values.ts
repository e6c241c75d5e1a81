import type { Scope } from '../oauth/scope.js';
import { isVisibleLine } from '../oauth/visible-text.js';
import {
  type AskedAt,
  type AttributeParty,
  type AttributeValue,
  type AttributeValues,
  type ClaimTarget,
  MAX_VALUES_LENGTH,
  type UserAttribute,
  type UserAttributes,
  editorsOf,
  isSelfAsserted,
  readersOf,
} from '../tenants/user-attributes.js';
import type { Claims } from './scope-claims.js';
import { UserInputError } from './user-input.js';

/** By name: what the tenant defines and the user has. */
export function attributesByName(definitions: UserAttributes, values: AttributeValues): Claims {
  return Object.fromEntries(
    definitions.flatMap(({ name, key }): [string, unknown][] => (key in values ? [[name, values[key]]] : [])),
  );
}

/** What is wrong with a value that somebody entered. */
export type AttributeFault =
  'missing' | 'not_text' | 'too_long' | 'not_a_number' | 'not_a_choice' | 'too_many' | 'not_editable';

/** A value was not taken. The member is `attributes/<name>`, as in a JSON Pointer (RFC 6901 §3). */
export class AttributeInputError extends UserInputError {
  constructor(
    /** Of the attribute. */
    readonly attribute: string,
    readonly code: AttributeFault,
    fault: string,
  ) {
    super(memberOf(attribute), fault);
  }
}

/**
 * The values after a change, by JSON Merge Patch: null removes one. A value that stays the same is not judged again.
 * Values of definitions that are gone go too.
 * @param by who makes the change
 * @throws AttributeInputError; UserInputError when all values together are too long
 */
export function changeAttributes(
  definitions: UserAttributes,
  known: AttributeValues,
  change: Readonly<Record<string, unknown>>,
  by: AttributeParty,
): AttributeValues {
  for (const name of Object.keys(change)) refuseStranger(definitions, name, by);
  const entries = definitions.flatMap((definition): [string, AttributeValue][] => {
    const before = known[definition.key];
    const given = change[definition.name];
    const value = given === undefined || isSame(before, given) ? before : read(definition, given, { before, by });
    return value === undefined ? [] : [[definition.key, value]];
  });
  const values = Object.fromEntries(entries);
  if (JSON.stringify(values).length > MAX_VALUES_LENGTH) {
    throw new UserInputError('attributes', `would be longer than ${MAX_VALUES_LENGTH} characters together`);
  }
  return values;
}

/** What a person is asked for at this moment and does not have. Only what they may edit is asked of them. */
export function missingAttributes(definitions: UserAttributes, values: AttributeValues, at: AskedAt): UserAttributes {
  return definitions.filter(
    (definition) =>
      definition.requiredAt?.includes(at) && editorsOf(definition).includes('user') && isEmpty(values[definition.key]),
  );
}

/** What is released to the client in this place, with these scopes. */
export function attributeClaims(
  definitions: UserAttributes,
  values: AttributeValues,
  to: { readonly clientId: string; readonly scope: Scope; readonly target: ClaimTarget },
): Claims {
  return Object.fromEntries(
    definitions.flatMap((definition): [string, unknown][] => {
      const { key, claim } = definition;
      if (!claim || !(key in values)) return [];
      // A process of an older version may have dropped the mark.
      if (isSelfAsserted(definition) && !claim.isSelfAsserted) return [];
      const isForClient = claim.clientIds.length === 0 || claim.clientIds.includes(to.clientId);
      const isGranted = claim.scopes.some((name) => to.scope.includes(name));
      return isForClient && isGranted && claim.tokens.includes(to.target) ? [[claim.name, values[key]]] : [];
    }),
  );
}

/** What somebody may not see is not told from what there is not. */
function refuseStranger(definitions: UserAttributes, name: string, by: AttributeParty): void {
  const definition = definitions.find((one) => one.name === name);
  if (!definition || !readersOf(definition).includes(by)) {
    const whose = by === 'user' ? 'is no attribute of this account' : 'is no attribute that this tenant defines';
    throw new AttributeInputError(name, 'not_editable', whose);
  }
  if (!editorsOf(definition).includes(by)) {
    throw new AttributeInputError(name, 'not_editable', 'cannot be changed here (editable_by of the attribute)');
  }
}

function read(
  definition: UserAttribute,
  value: unknown,
  { before, by }: { readonly before: AttributeValue | undefined; readonly by: AttributeParty },
): AttributeValue | undefined {
  const { name, requiredAt = [] } = definition;
  const isCleared = value === null || (by === 'user' && isEmpty(value));
  if (isCleared) {
    if (by !== 'user' || requiredAt.length === 0) return undefined;
    throw new AttributeInputError(name, 'missing', 'is required, so it cannot be removed');
  }
  const fault = findFault(definition, value, before);
  if (fault) throw new AttributeInputError(name, fault, ruleOf(definition));
  return value as AttributeValue;
}

/** @param before what a list has already is not judged again */
function findFault(
  { type, maxLength, maxItems, allowedValues }: UserAttribute,
  value: unknown,
  before: AttributeValue | undefined,
): AttributeFault | undefined {
  const known: readonly unknown[] = Array.isArray(before) ? before : [];
  const faultOfText = (text: unknown): AttributeFault | undefined => {
    if (typeof text !== 'string' || text === '') return 'not_text';
    if (allowedValues) return allowedValues.some((one) => one.value === text) ? undefined : 'not_a_choice';
    if (text.length > maxLength) return 'too_long';
    return isVisibleLine(text) ? undefined : 'not_text';
  };
  switch (type) {
    case 'string':
      return faultOfText(value);
    case 'number':
      return typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? undefined : 'not_a_number';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'not_a_choice';
    case 'string_list':
      if (!Array.isArray(value)) return 'not_text';
      if (value.length > maxItems) return 'too_many';
      if (new Set(value).size !== value.length) return 'not_a_choice';
      return value.map((text) => (known.includes(text) ? undefined : faultOfText(text))).find((fault) => fault);
  }
}

/** What a value has to be, for developers. */
function ruleOf({ type, maxLength, maxItems, allowedValues }: UserAttribute): string {
  const choices = allowedValues?.map(({ value }) => JSON.stringify(value)).join(', ');
  switch (type) {
    case 'string':
      if (choices !== undefined) return `must be one of ${choices}, or null`;
      return `must be text of one line with 1 to ${maxLength} characters, or null`;
    case 'number':
      return 'must be a number of up to 15 digits, or null';
    case 'boolean':
      return 'must be true, false or null';
    case 'string_list':
      if (choices !== undefined) return `must be a list of up to ${maxItems} different texts of ${choices}, or null`;
      return `must be a list of up to ${maxItems} different texts with 1 to ${maxLength} characters, or null`;
  }
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function isSame(before: AttributeValue | undefined, given: unknown): boolean {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(given);
}

/** As in a JSON Pointer, RFC 6901 §3. */
function memberOf(name: string): string {
  return `attributes/${name.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
