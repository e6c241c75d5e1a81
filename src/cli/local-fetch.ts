import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, Request as UndiciRequest, fetch as undiciFetch } from 'undici';

/** In the order in which they are tried. */
const LOOPBACK = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/**
 * `localhost` and every name below it are this machine (RFC 6761 §6.3). Browsers know that; many resolvers do not.
 */
const lookupLocally: LookupFunction = (hostname, options, callback) => {
  if (hostname !== 'localhost' && !hostname.endsWith('.localhost')) return systemLookup(hostname, options, callback);
  if (options.all) callback(null, LOOPBACK);
  else callback(null, '127.0.0.1', 4);
};

/** The connections of a command. Once they are closed, the next request opens new ones. */
class LocalConnections {
  private agent: Agent | undefined;

  dispatcher(): Agent {
    return (this.agent ??= new Agent({ connect: { lookup: lookupLocally, timeout: 5000 }, headersTimeout: 15_000 }));
  }

  async close(): Promise<void> {
    const closing = this.agent;
    this.agent = undefined;
    await closing?.close();
  }
}

const connections = new LocalConnections();

/** `fetch` that reaches a tenant's `*.localhost` address without the machine's resolver. */
export const localFetch = ((input: string | URL | UndiciRequest, init?: object) =>
  undiciFetch(input, { ...init, dispatcher: connections.dispatcher() })) as unknown as typeof fetch;

/** The requests that `localFetch` takes. */
export const LocalRequest = UndiciRequest as unknown as typeof Request;

/** Lets the process end. Whatever is asked for afterwards has connections of its own. */
export async function closeConnections(): Promise<void> {
  await connections.close();
}
