import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { request as requestPlainly } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { pinned } from './pinned-lookup.js';
import { readRetryAfter } from './retry-after.js';
import { ReceiverAddresses, ReceiverRefusedError, type Resolve } from './receiver-addresses.js';

/** All of one attempt: name, connection, request and answer. */
export const ATTEMPT_LIMIT_MS = 15_000;
/** Of an answer's body, which nobody needs. */
const MAX_BODY_BYTES = 64 * 1024;
const ERROR_MAX = 300;
const GONE = 410;

export interface WebhookAnswer {
  /** Taken; never to be sent again to this endpoint; to be sent again. */
  readonly outcome: 'delivered' | 'gone' | 'later';
  readonly status: number | undefined;
  /** Why it was not taken. */
  readonly error: string | undefined;
  /** The receiver asked not to be called before. */
  readonly retryAfterSeconds?: number | undefined;
}

export interface SendingConditions {
  readonly resolve: Resolve;
  readonly attemptMs: number;
}

export const SENDING_CONDITIONS = Symbol('SENDING_CONDITIONS');
const CONDITIONS: SendingConditions = {
  resolve: (hostname) => lookup(hostname, { all: true, verbatim: true }),
  attemptMs: ATTEMPT_LIMIT_MS,
};

/** Sends one request to a receiver. Redirects are not followed, and only addresses that were checked are connected to. */
@Injectable()
export class WebhookSender {
  private readonly receivers: ReceiverAddresses;
  private readonly cutting = new AbortController();

  constructor(
    @Inject(CONFIG) config: Pick<Config, 'production' | 'webhooksAllowedNetworks'>,
    @Optional() @Inject(SENDING_CONDITIONS) private readonly conditions: SendingConditions = CONDITIONS,
  ) {
    this.receivers = new ReceiverAddresses(config);
  }

  /** What is wrong with the address of a receiver; completed by the name of the member. */
  findFault(url: string): string | undefined {
    return this.receivers.findFault(url);
  }

  async send(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<WebhookAnswer> {
    const limit = AbortSignal.timeout(this.conditions.attemptMs);
    const signal = AbortSignal.any([limit, this.cutting.signal]);
    try {
      const target = new URL(url);
      const addresses = await unlessAborted(signal, this.receivers.find(target, this.conditions.resolve));
      return answerOf(await post(target, { addresses, headers, body, signal }));
    } catch (error) {
      const late = `There was no answer within ${this.conditions.attemptMs / 1000} seconds.`;
      const cut = 'The process was stopped during the attempt.';
      return later(undefined, limit.aborted ? late : signal.aborted ? cut : explain(error));
    }
  }

  /** Ends all attempts. */
  close(): void {
    this.cutting.abort();
  }
}

function answerOf({ status, retryAfter }: Received): WebhookAnswer {
  if (status >= 200 && status < 300) return { outcome: 'delivered', status, error: undefined };
  if (status === GONE) return { outcome: 'gone', status, error: 'The receiver answered 410 Gone.' };
  if (status >= 300 && status < 400) {
    return later(status, `The receiver answered ${status}; redirects are not followed, so register where it leads.`);
  }
  return { ...later(status, `The receiver answered ${status}.`), retryAfterSeconds: readRetryAfter(retryAfter) };
}

function later(status: number | undefined, error: string): WebhookAnswer {
  return { outcome: 'later', status, error };
}

interface Received {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

interface Post {
  readonly addresses: readonly LookupAddress[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** Waits until the body of the answer has ended, or is longer than anybody needs. */
function post(target: URL, { addresses, headers, body, signal }: Post): Promise<Received> {
  const send = target.protocol === 'https:' ? requestSecurely : requestPlainly;
  return new Promise((resolve, reject) => {
    const request = send(target, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      lookup: pinned(addresses),
      agent: false, // a connection of its own, which goes to the checked addresses
      signal,
    });
    request.once('response', (response) => {
      const end = () => {
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] });
        request.destroy();
      };
      let read = 0;
      response.on('data', ({ length }: Buffer) => {
        read += length;
        if (read > MAX_BODY_BYTES) end();
      });
      // Broken off, or by the time limit: what counts is the status.
      for (const event of ['end', 'close', 'error']) response.once(event, end);
    });
    request.on('error', reject);
    request.once('close', () => reject(new Error('The connection ended without an answer.')));
    request.end(body);
  });
}

/** A resolver cannot be interrupted, but nobody has to wait for it. */
async function unlessAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  let abort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(new Error('It was aborted.'));
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (abort) signal.removeEventListener('abort', abort);
  }
}

function explain(error: unknown): string {
  if (error instanceof ReceiverRefusedError) return error.message;
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const text = /^(ENOTFOUND|EAI_AGAIN)$/.test(code)
    ? `The name of the receiver was not found (${code}).`
    : [code, message].filter((part) => part !== '').join(': ');
  return text.replace(/[^\x20-\x7e]+/g, ' ').slice(0, ERROR_MAX) || 'The connection failed.';
}
