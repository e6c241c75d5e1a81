import type { ProvenRequest } from './authorization-request.js';

/** There is no such request for this browser: unknown, or another browser's. */
export class PendingRequestGone extends Error {}

/** The request was answered already, perhaps just now by another request of the same browser. */
export class PendingRequestAnswered extends Error {}

/** The person took too long; the client, proven again, can be offered as the way back. */
export class PendingRequestExpired extends Error {
  constructor(
    readonly id: string,
    readonly request: ProvenRequest,
  ) {
    super('expired');
  }
}
