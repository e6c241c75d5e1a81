import { InvalidScopeError, quoted } from './oauth-error.js';

/** Scope names in the order they were asked for, each once. */
export type Scope = readonly string[];

const MAX_SCOPE_LENGTH = 4096;
const MAX_SCOPE_TOKENS = 100;
/** `scope-token`, RFC 6749 §3.3. */
export const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/;

/**
 * The `scope` parameter, RFC 6749 §3.3. Order and repetition carry no meaning; more than one space is forgiven.
 * @throws InvalidScopeError for characters the section does not allow, and beyond 100 names
 */
export function parseScope(text: string | undefined): Scope {
  if (text === undefined) return [];
  if (text.length > MAX_SCOPE_LENGTH)
    throw new InvalidScopeError(`scope is longer than ${MAX_SCOPE_LENGTH} characters.`);
  const names = new Set(text.split(' ').filter((name) => name !== ''));
  if (names.size > MAX_SCOPE_TOKENS) throw new InvalidScopeError(`scope has more than ${MAX_SCOPE_TOKENS} names.`);
  for (const name of names) {
    if (!SCOPE_TOKEN.test(name))
      throw new InvalidScopeError(`scope has ${quoted(name)}, which is no scope name (RFC 6749, section 3.3).`);
  }
  return [...names];
}

export function formatScope(scope: Scope): string {
  return scope.join(' ');
}

export function isWithin(scope: Scope, allowed: Scope): boolean {
  return scope.every((name) => allowed.includes(name));
}

export function without(scope: Scope, excluded: Scope): Scope {
  return scope.filter((name) => !excluded.includes(name));
}

export function union(a: Scope, b: Scope): Scope {
  return [...new Set([...a, ...b])];
}
