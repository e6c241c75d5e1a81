import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import proxyAddr from 'proxy-addr';
import type { Config } from '../config/config.js';

/** Whether the forwarding headers of the machine at this address are trusted. `hop` counts from this server. */
export type ProxyTrust = (address: string, hop: number) => boolean;

export function proxyTrust(trustProxy: Config['trustProxy']): ProxyTrust {
  if (trustProxy === false) return () => false;
  if (typeof trustProxy === 'number') return (_, hop) => hop < trustProxy;
  const isListed = proxyAddr.compile([...trustProxy]);
  return (address, hop) => isIP(address) !== 0 && isListed(address, hop);
}

/**
 * Reads the client's IP address: that of the peer, or what trusted proxies say about it (`TRUST_PROXY`). An entry of
 * `X-Forwarded-For` is trusted only if the machine that added it is. An entry that is no IP address is not trusted: the
 * client is then the machine that sent it.
 */
export function clientAddressReader(trust: ProxyTrust): (request: IncomingMessage) => string {
  return ({ socket, headers }) => {
    let address = socket.remoteAddress ?? 'unknown';
    if (!trust(address, 0)) return address;
    // Node.js joins repeated headers of this name, in their order.
    const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
    for (let hop = 0; trust(address, hop); hop += 1) {
      const next = toAddress(forwarded.pop() ?? '');
      if (next === undefined) break;
      address = next;
    }
    return address;
  };
}

const WITH_PORT = /^(?:\[([0-9a-f:.]+)\]|(\d{1,3}(?:\.\d{1,3}){3}))(?::\d{1,5})?$/i;

/** Some proxies add the port (`192.0.2.1:4711`, `[2001:db8::1]:4711`). */
function toAddress(text: string): string | undefined {
  const trimmed = text.trim();
  const [, v6, v4] = WITH_PORT.exec(trimmed) ?? [];
  const address = v6 ?? v4 ?? trimmed;
  return isIP(address) === 0 ? undefined : address;
}
