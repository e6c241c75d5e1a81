import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** RFC 1918, RFC 3927, RFC 4193, and the link-local addresses of RFC 4291. */
const PRIVATE = new BlockList();
for (const [network, bits] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  PRIVATE.addSubnet(network, bits, 'ipv4');
}
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');

/** Names that the public DNS does not have: RFC 6762, RFC 8375, ICANN's `.internal`, and those of one label. */
const PRIVATE_NAME = /^(?:[a-z0-9-]+|.*\.(?:local|internal|lan|home\.arpa|localhost))$/;

/** Whether the host of a URL, as the URL parser writes it, is one of a private network. */
export function isPrivateHost(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIPv4(address)) return PRIVATE.check(address, 'ipv4');
  if (isIPv6(address)) return PRIVATE.check(address, 'ipv6');
  return PRIVATE_NAME.test(hostname);
}
