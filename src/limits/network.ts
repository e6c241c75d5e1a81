import ipaddr from 'ipaddr.js';

/**
 * The network of an address. The last 64 bits of IPv6 are ignored, because one subscriber can vary them freely. An
 * IPv4-mapped IPv6 address counts as IPv4.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv6' ? parsed.toByteArray().slice(0, 8).join('.') : parsed.toString();
}
