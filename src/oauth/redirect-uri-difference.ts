import { type ApplicationType, LOOPBACK_HOSTS, matchesRedirectUri } from './redirect-uri.js';
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
  /** One sentence: what differs, and what it means. */
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
  const differs = (part: UriPart, detail: string): UriDifference => ({ part, ...placeOf(registered, given), detail });
  if (/^[a-z][a-z0-9+.-]*%3a/i.test(given)) {
    return differs(
      'whole',
      'The address is percent-encoded as a whole. It is encoded once, when it is put into the query; the test wants it as it is.',
    );
  }
  const [expected, found] = [split(registered), split(given)];
  if (!expected || !found)
    return differs('whole', 'It is no absolute address: it has to begin with a scheme, such as https:.');
  const part = URI_PARTS.find((name) => name !== 'whole' && expected[name] !== found[name]) ?? 'whole';
  const character = findCharacterDifference(registered, given);
  if (character !== undefined) return differs(part, character);
  const pair = { expected, found, applicationType };
  return differs(part, part === 'whole' ? 'They differ.' : DETAILS[part](pair));
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

const DETAILS: Readonly<Record<Exclude<UriPart, 'whole'>, (pair: Pair) => string>> = {
  scheme: ({ expected, found }) =>
    expected.scheme.toLowerCase() === found.scheme.toLowerCase()
      ? 'The scheme is written with other capitals.'
      : `The scheme is ${quote(found.scheme)} and not ${quote(expected.scheme)}.`,
  user: () => 'It has a user name before the host, which no registered address can have.',
  host: ({ expected, found }) => hostDetail(expected.host, found.host),
  port: portDetail,
  path: ({ expected, found }) => pathDetail(expected.path, found.path),
  query: ({ expected, found }) => queryDetail(expected.query, found.query),
  fragment: () => 'It has a fragment, which no redirect URI can have (RFC 6749, section 3.1.2).',
};

function hostDetail(expected: string, found: string): string {
  const names = `The host is ${quote(found)} and not ${quote(expected)}`;
  if (expected.toLowerCase() === found.toLowerCase()) return 'The host is written with other capitals.';
  if (`${expected}.` === found) return 'The host ends with a dot.';
  if (`www.${expected}` === found || `www.${found}` === expected) return `${names}: www. makes it another host.`;
  if (LOOPBACK_HOSTS.has(expected) && LOOPBACK_HOSTS.has(found)) {
    return `${names}. Both mean this computer, and they are compared as texts.`;
  }
  return `${names}.`;
}

function portDetail({ expected, found, applicationType }: Pair): string {
  const isDefault = [expected.port, found.port].some((port) => port === '');
  const other = [expected.port, found.port].find((port) => port !== '');
  if (
    isDefault &&
    ((expected.scheme === 'https:' && other === ':443') || (expected.scheme === 'http:' && other === ':80'))
  ) {
    return `The port ${quote(other)} is the default one. It has to be written, or left out, as it is registered.`;
  }
  const loopback = LOOPBACK_HOSTS.has(expected.host) && applicationType !== 'native';
  const names = `The port is ${quote(found.port || 'none')} and not ${quote(expected.port || 'none')}.`;
  return loopback ? `${names} Only a native application may use any port of the loopback address.` : names;
}

function pathDetail(expected: string, found: string): string {
  if (found === `${expected}/`) return 'There is a slash too much at the end of the path.';
  if (expected === `${found}/`) return 'The slash at the end of the path is missing.';
  const [one, other] = [decode(expected), decode(found)];
  if (one !== undefined && one === other)
    return 'The path has other percent-encoding. It has to be written as it is registered.';
  if (expected.toLowerCase() === found.toLowerCase())
    return 'The path is written with other capitals, which are other characters.';
  if (found.replace(/\/{2,}/g, '/') === expected) return 'The path has two slashes in a row.';
  if (/(^|\/)\.{1,2}(\/|$)/.test(found)) return 'The path has a segment . or .., which is compared as it is written.';
  return `The path is ${quote(found)} and not ${quote(expected)}.`;
}

function queryDetail(expected: string, found: string): string {
  if (found === '') return `The query ${quote(expected)} is missing.`;
  if (expected === '') {
    return `The query ${quote(found)} is not registered. What the application wants to find again belongs into state.`;
  }
  const [one, other] = [decode(expected), decode(found)];
  if (one !== undefined && one === other)
    return 'The query has other percent-encoding. It has to be written as it is registered.';
  const sorted = (query: string) => query.slice(1).split('&').sort().join('&');
  if (sorted(expected) === sorted(found)) return 'The query has the same parameters in another order.';
  return `The query is ${quote(found)} and not ${quote(expected)}.`;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
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
    registeredCharacter: nameOfCharacter(expected[index]),
    givenCharacter: nameOfCharacter(found[index]),
  };
}
