import ipaddr from 'ipaddr.js';

const LOCAL_NAME = /(^|\.)(localhost|localdomain)$/;
/** Address ranges that mean this machine, or nothing, wherever they are read. */
const LOCAL_RANGES = new Set(['loopback', 'unspecified', 'linkLocal']);

/**
 * Whether this host name or address is one of the reader's own machine or of nobody: `localhost` and every name below
 * it (RFC 6761 §6.3), `127.0.0.0/8`, `::1` and unspecified addresses. A final dot, brackets and an IPv4 address within
 * an IPv6 one are allowed for.
 */
export function isLoopbackHost(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  if (LOCAL_NAME.test(name)) return true;
  return ipaddr.isValid(name) && LOCAL_RANGES.has(ipaddr.process(name).range());
}
