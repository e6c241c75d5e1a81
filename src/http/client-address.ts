import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';
import type { Config } from '../config/config.js';

/** Reads the client's IP address: the peer's, or what proxies that are trusted say about it (`TRUST_PROXY`). */
export function clientAddressReader(trustProxy: Config['trustProxy']): (request: IncomingMessage) => string {
  if (trustProxy === false) return (request) => request.socket.remoteAddress ?? 'unknown';
  const trust =
    typeof trustProxy === 'number' ? (_: string, hop: number) => hop < trustProxy : proxyAddr.compile([...trustProxy]);
  return (request) => proxyAddr(request, trust);
}
