import { LOOPBACK_HOSTS } from '../oauth/redirect-uri.js';

/**
 * `off`: developers register nothing themselves; `with_approval`: an administrator decides on each client and each
 * sensitive change; `without_approval`: whatever is within the ceilings holds at once.
 */
export const DEVELOPER_REGISTRATIONS = ['off', 'with_approval', 'without_approval'] as const;
export type DeveloperRegistration = (typeof DEVELOPER_REGISTRATIONS)[number];

/** What signs people in and says who they are. */
export const DEVELOPER_SCOPES: readonly string[] = Object.freeze(['openid', 'profile', 'email', 'offline_access']);

/** A scope of OpenID Connect by its name, or the identifier of an API, a space, and one of its scopes. */
export const DEVELOPER_SCOPE = /^([\x21-\x7e]{1,500} )?[\x21\x23-\x5b\x5d-\x7e]{1,200}$/;

/**
 * A host, `*.` and a host for all hosts below it, `*` for every host, or a private-use scheme of native applications
 * with its colon, such as `com.example.app:`.
 */
export const DEVELOPER_REDIRECT_HOST =
  /^(\*|(\*\.)?[a-z0-9]([a-z0-9-]{0,62})(\.[a-z0-9]([a-z0-9-]{0,62}))*|[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)*:)$/;

/** Whether the address is at one of the hosts. A native application may always be on the loopback address. */
export function isAtAllowedHost(
  uri: string,
  { hosts, isNative }: { readonly hosts: readonly string[]; readonly isNative: boolean },
): boolean {
  const { protocol, hostname } = new URL(uri);
  if (protocol !== 'https:' && protocol !== 'http:') return hosts.includes(protocol);
  if (isNative && LOOPBACK_HOSTS.has(hostname)) return true;
  return hosts.some((host) => isHost(hostname, host));
}

/** `*.example.com` is each host below example.com, and not example.com itself. */
function isHost(hostname: string, pattern: string): boolean {
  if (pattern === '*') return !LOOPBACK_HOSTS.has(hostname);
  return pattern.startsWith('*.')
    ? hostname.endsWith(pattern.slice(1)) && hostname.length > pattern.length - 1
    : hostname === pattern;
}
