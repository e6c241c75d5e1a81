import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import proxyAddr from 'proxy-addr';
import type { Config } from '../config/config.js';

/** Whether forwarding headers are believed when the machine at this address sends them; `hop` counts from us. */
export type ProxyTrust = (address: string, hop: number) => boolean;

export function proxyTrust(trustProxy: Config['trustProxy']): ProxyTrust {
  if (trustProxy === false) return () => false;
  if (typeof trustProxy === 'number') return (_, hop) => hop < trustProxy;
  const isListed = proxyAddr.compile([...trustProxy]);
  return (address, hop) => isIP(address) !== 0 && isListed(address, hop);
}

/**
 * Reads the client's IP address: the peer's, or what proxies that are trusted say about it (`TRUST_PROXY`). Each hop of
 * `X-Forwarded-For` is believed only as far as the machine that added it. What is no IP address is not believed at
 * all: then the machine that sent it is the last one that is known.
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
