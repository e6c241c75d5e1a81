import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Config } from '../config/config.js';
import { isLoopbackHost } from '../config/public-address.js';
import { parseUrl } from '../oauth/parse-url.js';

export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;
type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** All unicast addresses of IPv6 that are given out lie here (RFC 4291 §2.4, IANA). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** Answers inside Azure alone, with credentials of the machine, although it is no private address. */
const METADATA = new Set(['168.63.129.16']);
/** Below are other services of a machine, which must not be sent requests in our name. */
const FIRST_FREE_PORT = 1024;

const PRIVATE =
  'leads to an address that is not public, which webhooks may not reach; an operator can allow its network with ' +
  'WEBHOOKS_ALLOWED_NETWORKS';
const PLAIN = 'must be an https address';

/** The receiver may not be reached; the message is for whoever manages the webhook. */
export class ReceiverRefusedError extends Error {}

/**
 * Which receivers webhooks may reach: public addresses by https. What an operator allows by WEBHOOKS_ALLOWED_NETWORKS
 * is added to that, and outside of production this machine; both by plain HTTP too.
 */
export class ReceiverAddresses {
  private readonly networks: readonly (readonly [Address, number])[];

  constructor(private readonly config: Pick<Config, 'production' | 'webhooksAllowedNetworks'>) {
    this.networks = config.webhooksAllowedNetworks.map(toNetwork);
  }

  /** What is wrong with an address as far as it can be told without a resolver. The sentence is completed by its name. */
  findFault(text: string): string | undefined {
    const url = parseUrl(text);
    if (!url || !/^https?:$/.test(url.protocol)) return PLAIN;
    if (url.username !== '' || url.password !== '') return 'must be without user and password';
    if (url.hash !== '') return 'must be without a fragment';
    const port = Number(url.port || 0);
    if (port !== 0 && port < FIRST_FREE_PORT && port !== 443 && port !== 80) {
      return `must have port 443, or one from ${FIRST_FREE_PORT} on`;
    }
    const host = hostOf(url);
    if (isIP(host) !== 0) return this.mayReach(host, url.protocol) ? undefined : faultOf(url.protocol, host);
    if (isLoopbackHost(host)) return this.mayReach('127.0.0.1', url.protocol) ? undefined : PRIVATE;
    // Whether a name leads to an allowed network is found out when it is resolved.
    const mayBePlain = this.networks.length > 0;
    return url.protocol === 'https:' || mayBePlain ? undefined : PLAIN;
  }

  /**
   * The addresses to connect to, and to no other: they have been checked. Asked again for every attempt, because the
   * answers of a resolver change.
   * @throws ReceiverRefusedError
   */
  async find(url: URL, resolve: Resolve): Promise<readonly LookupAddress[]> {
    const host = hostOf(url);
    const family = isIP(host);
    const found = family === 0 ? await resolve(host) : [{ address: host, family }];
    const allowed = found.filter(({ address }) => this.mayReach(address, url.protocol));
    const [first] = found;
    if (allowed.length === 0 && first)
      throw new ReceiverRefusedError(`The URL ${faultOf(url.protocol, first.address)}.`);
    if (allowed.length === 0) throw new ReceiverRefusedError('The name of the receiver has no address.');
    return allowed;
  }

  private mayReach(text: string, protocol: string): boolean {
    const address = toAddress(text);
    if (!address) return false;
    if (this.networks.some((network) => isWithin(address, network))) return true;
    if (!this.config.production && address.range() === 'loopback') return true;
    return protocol === 'https:' && isPublic(address);
  }
}

function faultOf(protocol: string, address: string): string {
  const parsed = toAddress(address);
  return protocol === 'http:' && parsed && isPublic(parsed) ? PLAIN : PRIVATE;
}

/** An IPv4 address within an IPv6 one counts as what it is. */
function toAddress(text: string): Address | undefined {
  return ipaddr.isValid(text) ? ipaddr.process(text) : undefined;
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast' || METADATA.has(address.toString())) return false;
  return address.kind() === 'ipv4' || isWithin(address, GLOBAL_UNICAST);
}

function isWithin(address: Address, [network, bits]: readonly [Address, number]): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}

function toNetwork(text: string): readonly [Address, number] {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}
