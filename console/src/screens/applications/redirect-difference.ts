/** What makes two redirect URIs different, as a key of the texts. */
export type DifferenceReason =
  | 'invisible'
  | 'look_alike'
  | 'not_ascii'
  | 'encoded_whole'
  | 'no_address'
  | 'scheme'
  | 'user'
  | 'host'
  | 'host_www'
  | 'host_capitals'
  | 'host_loopback'
  | 'port'
  | 'port_default'
  | 'port_loopback'
  | 'path'
  | 'path_slash_extra'
  | 'path_slash_missing'
  | 'path_capitals'
  | 'path_encoding'
  | 'query'
  | 'query_order'
  | 'fragment';

/** One registered redirect URI beside the one of a request. */
export interface Comparison {
  readonly registered: string;
  readonly matches: boolean;
  readonly reason: DifferenceReason | undefined;
  /** Index of the first character that differs. */
  readonly at: number;
}

const LOOPBACK_HOSTS: readonly string[] = ['127.0.0.1', '[::1]', 'localhost'];
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d{1,5})?(?=[/?]|$)/;
const PARTS = ['scheme', 'user', 'host', 'port', 'path', 'query', 'fragment'] as const;
type Parts = Readonly<Record<(typeof PARTS)[number], string>>;

/**
 * Compares as the authorization endpoint does: character by character; of a native application the port of a loopback
 * address may differ (RFC 8252 §7.3).
 * @returns the most similar first
 */
export function compareRedirects(registered: readonly string[], given: string, isNative: boolean): Comparison[] {
  return registered
    .map((uri) => compare(uri, given, isNative))
    .sort((one, other) => Number(other.matches) - Number(one.matches) || other.at - one.at);
}

function compare(registered: string, given: string, isNative: boolean): Comparison {
  const at = firstDifference(registered, given);
  const matches = registered === given || (isNative && withoutPort(registered) === withoutPort(given));
  return { registered, matches, at, reason: matches ? undefined : reasonOf(registered, given, isNative) };
}

function withoutPort(uri: string): string {
  const isLoopback = LOOPBACK.test(uri);
  return isLoopback ? uri.replace(LOOPBACK, 'http://$1') : uri;
}

function firstDifference(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index++) if (one[index] !== other[index]) return index;
  return length;
}

function reasonOf(registered: string, given: string, isNative: boolean): DifferenceReason {
  const odd = [...given].find((character) => !/^[\x21-\x7e]$/.test(character));
  if (odd !== undefined) return oddReason(odd);
  if (/^[a-z][a-z0-9+.-]*%3a/i.test(given)) return 'encoded_whole';
  const [expected, found] = [split(registered), split(given)];
  if (!expected || !found) return 'no_address';
  const part = PARTS.find((name) => expected[name] !== found[name]);
  if (part === 'host') return hostReason(expected.host, found.host);
  if (part === 'port') return portReason(expected, found, isNative);
  if (part === 'path') return pathReason(expected.path, found.path);
  if (part === 'query') return sorted(expected.query) === sorted(found.query) ? 'query_order' : 'query';
  return part ?? 'no_address';
}

/** Of another script, or of nothing that is seen. */
function oddReason(character: string): DifferenceReason {
  if (/[\p{C}\p{Z}\p{M}]/u.test(character)) return 'invisible';
  return /\p{L}/u.test(character) ? 'look_alike' : 'not_ascii';
}

/** RFC 3986 appendix B, each part with its delimiters. */
function split(uri: string): Parts | undefined {
  const [match, scheme = '', , authority = '', path = '', query = '', fragment = ''] =
    /^([a-z][a-z0-9+.-]*:)(\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(uri) ?? [];
  if (match === undefined) return undefined;
  const [, user = '', host = '', port = ''] = /^(.*@)?(\[[^\]]*\]|[^:]*)(:.*)?$/s.exec(authority) ?? [];
  return { scheme, user, host, port, path, query, fragment };
}

function hostReason(expected: string, found: string): DifferenceReason {
  if (expected.toLowerCase() === found.toLowerCase()) return 'host_capitals';
  if (`www.${expected}` === found || `www.${found}` === expected) return 'host_www';
  return LOOPBACK_HOSTS.includes(expected) && LOOPBACK_HOSTS.includes(found) ? 'host_loopback' : 'host';
}

function portReason(expected: Parts, found: Parts, isNative: boolean): DifferenceReason {
  const usual = expected.scheme === 'https:' ? ':443' : ':80';
  if ([expected.port, found.port].every((port) => port === '' || port === usual)) return 'port_default';
  return LOOPBACK_HOSTS.includes(expected.host) && !isNative ? 'port_loopback' : 'port';
}

function pathReason(expected: string, found: string): DifferenceReason {
  if (found === `${expected}/`) return 'path_slash_extra';
  if (expected === `${found}/`) return 'path_slash_missing';
  if (expected.toLowerCase() === found.toLowerCase()) return 'path_capitals';
  const plain = decoded(expected);
  return plain !== undefined && plain === decoded(found) ? 'path_encoding' : 'path';
}

function sorted(query: string): string {
  return query.slice(1).split('&').sort().join('&');
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** `"a" (U+0061)`; of one that cannot be seen the number alone. */
export function nameOfCharacter(text: string, at: number): string | undefined {
  const point = text.codePointAt(at);
  if (point === undefined) return undefined;
  const character = String.fromCodePoint(point);
  const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  return /[\p{C}\p{Z}\p{M}]/u.test(character) ? code : `“${character}” (${code})`;
}
