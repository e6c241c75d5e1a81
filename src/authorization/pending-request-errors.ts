import type { ProvenRequest } from './authorization-request.js';

/** There is no such request for this browser: unknown, another browser's, or finished already. */
export class PendingRequestGone extends Error {}

/** The person took too long; the client, proven again, can be offered as the way back. */
export class PendingRequestExpired extends Error {
  constructor(
    readonly id: string,
    readonly request: ProvenRequest,
  ) {
    super('expired');
  }
}
