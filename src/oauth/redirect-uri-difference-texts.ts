import { type Fault, faultsOf } from './fault.js';

/**
 * THE LIST of how a redirect URI can differ from a registered one, in English, as the API says it. The developers' pages
 * have a text `clients.differs.<code>` for each.
 */
export const URI_DIFFERENCES = {
  encoded:
    'The address is percent-encoded as a whole. It is encoded once, when it is put into the query; the test wants it as it is.',
  not_absolute: 'It is no absolute address: it has to begin with a scheme, such as https:.',
  differs: 'They differ.',
  scheme_case: 'The scheme is written with other capitals.',
  scheme: 'The scheme is {found} and not {expected}.',
  user: 'It has a user name before the host, which no registered address can have.',
  fragment: 'It has a fragment, which no redirect URI can have (RFC 6749, section 3.1.2).',
  host_case: 'The host is written with other capitals.',
  host_dot: 'The host ends with a dot.',
  host_www: 'The host is {found} and not {expected}: www. makes it another host.',
  host_loopback: 'The host is {found} and not {expected}. Both mean this computer, and they are compared as texts.',
  host: 'The host is {found} and not {expected}.',
  port_default: 'The port {port} is the default one. It has to be written, or left out, as it is registered.',
  port_loopback:
    'The port is {found} and not {expected}. Only a native application may use any port of the loopback address.',
  port: 'The port is {found} and not {expected}.',
  port_missing: 'The port is "none" and not {expected}.',
  port_added: 'The port is {found} and not "none".',
  path_slash_added: 'There is a slash too much at the end of the path.',
  path_slash_missing: 'The slash at the end of the path is missing.',
  path_encoding: 'The path has other percent-encoding. It has to be written as it is registered.',
  path_case: 'The path is written with other capitals, which are other characters.',
  path_slashes: 'The path has two slashes in a row.',
  path_dots: 'The path has a segment . or .., which is compared as it is written.',
  path: 'The path is {found} and not {expected}.',
  query_missing: 'The query {expected} is missing.',
  query_added: 'The query {found} is not registered. What the application wants to find again belongs into state.',
  query_encoding: 'The query has other percent-encoding. It has to be written as it is registered.',
  query_order: 'The query has the same parameters in another order.',
  query: 'The query is {found} and not {expected}.',
  invisible: 'Character {position} is {character}, which cannot be seen. Such characters come with copying.',
  invisible_before:
    'Character {position} is {character}, which cannot be seen. It stands before the address. Such characters come with copying.',
  invisible_behind:
    'Character {position} is {character}, which cannot be seen. It stands behind the address. Such characters come with copying.',
  look_alike: 'Character {position} is {character}, which only looks like {ascii}.',
  look_alike_registered: 'Character {position} is {character}, which only looks like {ascii}, as it is registered.',
  not_ascii: 'Character {position} is {character}, which is not ASCII; an address is registered with percent-encoding.',
} as const;

export type UriDifferenceCode = keyof typeof URI_DIFFERENCES;
export type UriDifferenceReason = Fault<UriDifferenceCode>;
export const uriDifference = faultsOf(URI_DIFFERENCES);
