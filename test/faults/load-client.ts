import { Agent, type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { readAnswer } from '../support/http.js';

/** A request that takes longer counts as one that hangs. */
const LIMIT_MS = 15_000;

export interface LoadRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What became of a request: an answer, or the way it failed. */
export interface Outcome {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Set when there was no answer. */
  readonly failure?: 'refused' | 'reset' | 'stale' | 'timeout';
  /** The client address that the request named. */
  readonly address: string;
  /** When the answer was whole. */
  readonly at: number;
}

/** Gives every request an address of its own, from 10.0.0.0/8. */
export class AddressBook {
  private last = 0;

  next(): string {
    this.last += 1;
    return `10.${(this.last >> 16) & 255}.${(this.last >> 8) & 255}.${this.last & 255}`;
  }
}

/** One client that keeps its connection, and so stays with one worker until that connection breaks. */
export class LoadClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(private readonly addresses: AddressBook) {}

  async send({ url, method = 'GET', headers = {}, body }: LoadRequest): Promise<Outcome> {
    const { host, port, pathname, search } = new URL(url);
    const address = this.addresses.next();
    return new Promise((resolve) => {
      const request = httpRequest({
        host: '127.0.0.1',
        port,
        path: pathname + search,
        method,
        agent: this.agent,
        headers: {
          host,
          'x-forwarded-for': address,
          ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
          ...headers,
        },
      });
      let failure: Outcome['failure'] = 'reset';
      const timer = setTimeout(() => {
        failure = 'timeout';
        request.destroy();
      }, LIMIT_MS);
      const end = (outcome: Pick<Outcome, 'status' | 'headers' | 'text' | 'failure'>) => {
        clearTimeout(timer);
        resolve({ ...outcome, address, at: Date.now() });
      };
      const fail = (error: NodeJS.ErrnoException) => {
        // A kept connection that was closed as the request set out: clients open another (RFC 9112 §9.3.1).
        if (failure === 'reset' && request.reusedSocket) failure = 'stale';
        if (error.code === 'ECONNREFUSED') failure = 'refused';
        end({ status: 0, headers: {}, text: '', failure });
      };
      request.once('error', fail);
      request.once('response', (response) => {
        readAnswer(response).then(end, () => end({ status: 0, headers: {}, text: '', failure }));
      });
      request.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
