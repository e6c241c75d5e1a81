import { ADDRESS_PARTS } from '../../account/profile-input.js';
import type { ProfileChange } from '../../account/profiles.js';
import { invalidMember } from '../../management/kit/problem.js';

/** Body of a profile change, JSON Merge Patch (RFC 7396). Which members there are, the tenant's policy decides. */
export function readProfileChange(body: Readonly<Record<string, unknown>>): ProfileChange {
  const { address, attributes, ...texts } = body;
  for (const [name, value] of Object.entries(texts)) {
    if (value !== null && typeof value !== 'string') throw invalidMember(name, 'must be a text or null');
  }
  return {
    ...(texts as ProfileChange),
    ...(attributes !== undefined && { attributes: readObject('attributes', attributes) }),
    ...(address !== undefined && { address: address === null ? null : readAddressChange(address) }),
  };
}

function readObject(name: string, value: unknown, orNull = ''): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw invalidMember(name, `must be an object${orNull}`);
}

function readAddressChange(given: unknown): NonNullable<ProfileChange['address']> {
  const value = readObject('address', given, ' or null');
  for (const [name, part] of Object.entries(value)) {
    if (!(ADDRESS_PARTS as readonly string[]).includes(name))
      throw invalidMember(`address/${name}`, 'is not a known member');
    if (typeof part !== 'string') throw invalidMember(`address/${name}`, 'must be a text');
  }
  return value;
}

/** A member that has to be there, and the only ones that may be. */
export function readTexts<Name extends string>(
  body: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): Readonly<Record<Name, string>> {
  const unknown = Object.keys(body).find((name) => !(names as readonly string[]).includes(name));
  if (unknown !== undefined) throw invalidMember(unknown, 'is not a known member');
  for (const name of names) {
    if (typeof body[name] !== 'string') throw invalidMember(name, 'must be a text');
  }
  return body as Record<Name, string>;
}
