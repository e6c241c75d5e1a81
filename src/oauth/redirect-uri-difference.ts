import { type ApplicationType, LOOPBACK_HOSTS, matchesRedirectUri } from './redirect-uri.js';
import { type UriDifferenceReason, uriDifference } from './redirect-uri-difference-texts.js';
import { findCharacterDifference, nameOfCharacter } from './uri-character.js';

export type UriPart = (typeof URI_PARTS)[number];
/** RFC 3986 §3, with the authority in its three parts; `whole` where the text cannot be taken apart. */
export const URI_PARTS = ['whole', 'scheme', 'user', 'host', 'port', 'path', 'query', 'fragment'] as const;

/** The first thing in which a given redirect URI differs from a registered one. */
export interface UriDifference {
  readonly part: UriPart;
  /** Where the given one differs first, counted from 1 in characters; one more than its length when it ends too early. */
  readonly position: number;
  /** The characters there, such as `"/" (U+002F)`; null at the end. */
  readonly registeredCharacter: string | null;
  readonly givenCharacter: string | null;
  /** What differs, and what it means. */
  readonly reason: UriDifferenceReason;
  /** The same as one sentence in English. */
  readonly detail: string;
}

export interface RedirectUriTest {
  readonly matches: boolean;
  /** One for each registered URI, the most similar first. */
  readonly comparisons: readonly {
    readonly registered: string;
    readonly matches: boolean;
    readonly difference: UriDifference | undefined;
  }[];
}

/** Compares as the authorization endpoint does (`matchesRedirectUri`), and says what differs from each. */
export function testRedirectUri(
  registered: readonly string[],
  given: string,
  applicationType: ApplicationType,
): RedirectUriTest {
  const comparisons = registered
    .map((uri) => {
      const matches = matchesRedirectUri([uri], given, applicationType);
      return {
        registered: uri,
        matches,
        difference: matches ? undefined : findDifference(uri, given, applicationType),
      };
    })
    .sort((one, other) => rank(other) - rank(one));
  return { matches: comparisons.some(({ matches }) => matches), comparisons };
}

/** The later they differ, the more similar they are. */
function rank({ matches, difference }: RedirectUriTest['comparisons'][number]): number {
  if (matches || !difference) return Infinity;
  return URI_PARTS.indexOf(difference.part) * 10_000 + difference.position;
}

function findDifference(registered: string, given: string, applicationType: ApplicationType): UriDifference {
  const differs = (part: UriPart, reason: UriDifferenceReason): UriDifference => ({
    ...{ part, ...placeOf(registered, given) },
    ...{ reason, detail: reason.text },
  });
  if (/^[a-z][a-z0-9+.-]*%3a/i.test(given)) {
    return differs('whole', uriDifference('encoded'));
  }
  const [expected, found] = [split(registered), split(given)];
  if (!expected || !found) return differs('whole', uriDifference('not_absolute'));
  const part = URI_PARTS.find((name) => name !== 'whole' && expected[name] !== found[name]) ?? 'whole';
  const character = findCharacterDifference(registered, given);
  if (character !== undefined) return differs(part, character);
  const pair = { expected, found, applicationType };
  return differs(part, part === 'whole' ? uriDifference('differs') : DETAILS[part](pair));
}

type Parts = Readonly<Record<Exclude<UriPart, 'whole'>, string>>;
interface Pair {
  readonly expected: Parts;
  readonly found: Parts;
  readonly applicationType: ApplicationType;
}

/** Each part with its delimiters, so that an empty query differs from none. RFC 3986 appendix B. */
function split(uri: string): Parts | undefined {
  const [match, scheme = '', , authority = '', path = '', query = '', fragment = ''] =
    /^([a-z][a-z0-9+.-]*:)(\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(uri) ?? [];
  if (match === undefined) return undefined;
  const [, user = '', host = '', port = ''] = /^(.*@)?(\[[^\]]*\]|[^:]*)(:.*)?$/s.exec(authority) ?? [];
  return { scheme, user, host, port, path, query, fragment };
}

const DETAILS: Readonly<Record<Exclude<UriPart, 'whole'>, (pair: Pair) => UriDifferenceReason>> = {
  scheme: ({ expected, found }) =>
    expected.scheme.toLowerCase() === found.scheme.toLowerCase()
      ? uriDifference('scheme_case')
      : uriDifference('scheme', quoted(expected.scheme, found.scheme)),
  user: () => uriDifference('user'),
  host: ({ expected, found }) => hostDetail(expected.host, found.host),
  port: portDetail,
  path: ({ expected, found }) => pathDetail(expected.path, found.path),
  query: ({ expected, found }) => queryDetail(expected.query, found.query),
  fragment: () => uriDifference('fragment'),
};

function hostDetail(expected: string, found: string): UriDifferenceReason {
  const names = quoted(expected, found);
  if (expected.toLowerCase() === found.toLowerCase()) return uriDifference('host_case');
  if (`${expected}.` === found) return uriDifference('host_dot');
  if (`www.${expected}` === found || `www.${found}` === expected) return uriDifference('host_www', names);
  if (LOOPBACK_HOSTS.has(expected) && LOOPBACK_HOSTS.has(found)) {
    return uriDifference('host_loopback', names);
  }
  return uriDifference('host', names);
}

function portDetail({ expected, found, applicationType }: Pair): UriDifferenceReason {
  const isDefault = [expected.port, found.port].some((port) => port === '');
  const other = [expected.port, found.port].find((port) => port !== '');
  if (
    isDefault &&
    ((expected.scheme === 'https:' && other === ':443') || (expected.scheme === 'http:' && other === ':80'))
  ) {
    return uriDifference('port_default', { port: quote(other) });
  }
  const loopback = LOOPBACK_HOSTS.has(expected.host) && applicationType !== 'native';
  const names = quoted(expected.port || 'none', found.port || 'none');
  if (loopback) return uriDifference('port_loopback', names);
  if (found.port === '') return uriDifference('port_missing', names);
  return uriDifference(expected.port === '' ? 'port_added' : 'port', names);
}

function pathDetail(expected: string, found: string): UriDifferenceReason {
  if (found === `${expected}/`) return uriDifference('path_slash_added');
  if (expected === `${found}/`) return uriDifference('path_slash_missing');
  const [one, other] = [decode(expected), decode(found)];
  if (one !== undefined && one === other) return uriDifference('path_encoding');
  if (expected.toLowerCase() === found.toLowerCase()) return uriDifference('path_case');
  if (found.replace(/\/{2,}/g, '/') === expected) return uriDifference('path_slashes');
  if (/(^|\/)\.{1,2}(\/|$)/.test(found)) return uriDifference('path_dots');
  return uriDifference('path', quoted(expected, found));
}

function queryDetail(expected: string, found: string): UriDifferenceReason {
  if (found === '') return uriDifference('query_missing', { expected: quote(expected) });
  if (expected === '') return uriDifference('query_added', { found: quote(found) });
  const [one, other] = [decode(expected), decode(found)];
  if (one !== undefined && one === other) return uriDifference('query_encoding');
  const sorted = (query: string) => query.slice(1).split('&').sort().join('&');
  if (sorted(expected) === sorted(found)) return uriDifference('query_order');
  return uriDifference('query', quoted(expected, found));
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function quoted(expected: string, found: string) {
  return { expected: quote(expected), found: quote(found) };
}

function quote(text: string): string {
  return JSON.stringify(text);
}

function placeOf(registered: string, given: string) {
  const [expected, found] = [[...registered], [...given]];
  const longest = Math.max(expected.length, found.length);
  let index = 0;
  while (index < longest && expected[index] === found[index]) index++;
  return {
    position: index + 1,
    registeredCharacter: nameOf(expected[index]),
    givenCharacter: nameOf(found[index]),
  };
}

function nameOf(character: string | undefined): string | null {
  return character === undefined ? null : nameOfCharacter(character);
}
