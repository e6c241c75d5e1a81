import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * The network of an address. The last 64 bits of IPv6 are ignored, because one subscriber can vary them freely. An
 * IPv4-mapped IPv6 address counts as IPv4.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv6' ? parsed.toByteArray().slice(0, 8).join('.') : parsed.toString();
}

/**
 * What one site can vary freely: the 48 bits of IPv6 that it is given (RFC 6177 §2), which hold 65,536 networks.
 * Undefined for IPv4, where an address is all that anybody has.
 */
export function siteOf(address: string): string | undefined {
  if (!isIPv6(address)) return undefined;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv6' ? parsed.toByteArray().slice(0, 6).join('.') : undefined;
}

/** A site may do as much as so many networks. */
export const NETWORKS_OF_SITE = 4;
