import ipaddr from 'ipaddr.js';

/** What one subscriber can vary freely counts as one: the last 64 bits of IPv6, and IPv4 in its IPv6 clothes. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv6' ? parsed.toByteArray().slice(0, 8).join('.') : parsed.toString();
}
