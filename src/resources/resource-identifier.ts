import { parseUrl } from '../oauth/parse-url.js';

/**
 * Whether two resource indicators name the same resource. RFC 3986 §6.2.2 and §6.2.3: the case of scheme and host, the
 * default port, dot segments and an empty path beside `/` make no difference. A slash at the end of any other path does.
 */
export function isSameResource(a: string, b: string): boolean {
  return a === b || normalForm(a) === normalForm(b);
}

function normalForm(identifier: string): string {
  return parseUrl(identifier)?.href ?? identifier;
}
