import type { Scope } from '../oauth/scope.js';
import { isVisibleLine } from '../oauth/visible-text.js';
import {
  type AttributeValue,
  type AttributeValues,
  type ClaimTarget,
  MAX_VALUES_LENGTH,
  type UserAttribute,
  type UserAttributes,
} from '../tenants/user-attributes.js';
import type { Claims } from './scope-claims.js';
import { UserInputError } from './user-input.js';

/** By name: what the tenant defines and the user has. */
export function attributesByName(definitions: UserAttributes, values: AttributeValues): Claims {
  return Object.fromEntries(
    definitions.flatMap(({ name, key }): [string, unknown][] => (key in values ? [[name, values[key]]] : [])),
  );
}

/**
 * The values after a change, by JSON Merge Patch: null removes one. Values of definitions that are gone go too.
 * @throws UserInputError, whose member is `attributes/<name>`
 */
export function changeAttributes(
  definitions: UserAttributes,
  known: AttributeValues,
  change: Readonly<Record<string, unknown>>,
): AttributeValues {
  const stranger = Object.keys(change).find((name) => !definitions.some((one) => one.name === name));
  if (stranger !== undefined) {
    throw new UserInputError(memberOf(stranger), 'is no attribute that this tenant defines');
  }
  const entries = definitions.flatMap((definition): [string, AttributeValue][] => {
    const given = change[definition.name];
    const value = given === undefined ? known[definition.key] : given === null ? undefined : read(definition, given);
    return value === undefined ? [] : [[definition.key, value]];
  });
  const values = Object.fromEntries(entries);
  if (JSON.stringify(values).length > MAX_VALUES_LENGTH) {
    throw new UserInputError('attributes', `would be longer than ${MAX_VALUES_LENGTH} characters together`);
  }
  return values;
}

/** What is released to the client in this place, with these scopes. */
export function attributeClaims(
  definitions: UserAttributes,
  values: AttributeValues,
  to: { readonly clientId: string; readonly scope: Scope; readonly target: ClaimTarget },
): Claims {
  return Object.fromEntries(
    definitions.flatMap(({ key, claim }): [string, unknown][] => {
      if (!claim || !(key in values)) return [];
      const isForClient = claim.clientIds.length === 0 || claim.clientIds.includes(to.clientId);
      const isGranted = claim.scopes.some((name) => to.scope.includes(name));
      return isForClient && isGranted && claim.tokens.includes(to.target) ? [[claim.name, values[key]]] : [];
    }),
  );
}

function read({ name, type, maxLength, maxItems }: UserAttribute, value: unknown): AttributeValue {
  const refuse = (fault: string) => new UserInputError(memberOf(name), fault);
  const isText = (text: unknown): text is string =>
    typeof text === 'string' && text !== '' && text.length <= maxLength && isVisibleLine(text);
  switch (type) {
    case 'string':
      if (isText(value)) return value;
      throw refuse(`must be text of one line with 1 to ${maxLength} characters, or null`);
    case 'number':
      if (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
      throw refuse('must be a number of up to 15 digits, or null');
    case 'boolean':
      if (typeof value === 'boolean') return value;
      throw refuse('must be true, false or null');
    case 'string_list':
      if (
        Array.isArray(value) &&
        value.length <= maxItems &&
        value.every(isText) &&
        new Set(value).size === value.length
      )
        return value;
      throw refuse(`must be a list of up to ${maxItems} different texts with 1 to ${maxLength} characters, or null`);
  }
}

/** As in a JSON Pointer, RFC 6901 §3. */
function memberOf(name: string): string {
  return `attributes/${name.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
