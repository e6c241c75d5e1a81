import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Pipelined requests that wait in one process, on all connections together. */
export interface WaitingRequests {
  count: number;
  readonly most: number;
}

/**
 * An answer that is still being written may wait so many times as long for its client to take some of it: followers and
 * exports are read by programs that do something between two reads.
 */
const PATIENCE_UNFINISHED = 2;
/** A connection with at most this many waiting requests is never closed because of the sum of all connections. */
const ALWAYS_ALLOWED = 16;

/**
 * Serves the requests of one connection one after the other. HTTP/1.1 lets a client send several before the first is
 * answered (pipelining, RFC 9112 §9.3.2). Node.js would start them all at once and keep every answer in memory until
 * the client reads. Here the next one starts when the answer before it is taken, and until then nothing more is read.
 */
export class Connection {
  /** In milliseconds of `performance.now()`. */
  readonly openedAt = performance.now();
  private readonly waiting: [IncomingMessage, ServerResponse][] = [];
  private current: ServerResponse | undefined;
  /**
   * When the current answer was complete and still not read by the client, in milliseconds; undefined while it is not.
   */
  private untakenSince: number | undefined;
  /** When an answer that goes on could not be written any further, in milliseconds. */
  private stuckSince: number | undefined;
  /** What had been written of it then. */
  private writtenBytes = 0;

  constructor(
    readonly socket: Socket,
    readonly network: string,
    private readonly serve: RequestListener,
    private readonly total: WaitingRequests,
  ) {
    // Node.js resumes reading whenever a request was parsed; this listener comes after its own and takes that back.
    socket.on('resume', () => this.holdBack());
    socket.once('close', () => this.forget());
  }

  /** Whether no request is being served, so that the connection may be closed to make room. */
  get isIdle(): boolean {
    return this.current === undefined;
  }

  take(request: IncomingMessage, response: ServerResponse): void {
    if (this.socket.destroyed) return;
    if (this.current === undefined) return this.start(request, response);
    this.waiting.push([request, response]);
    this.total.count += 1;
    if (this.total.count > this.total.most && this.waiting.length > ALWAYS_ALLOWED) this.socket.destroy();
    else this.holdBack();
  }

  /**
   * Closes the connection when its client has not taken a complete answer for this long, or nothing of one that goes on
   * for twice as long. @returns whether it did
   */
  closeIfStalled(now: number, timeoutMs: number): boolean {
    if (!this.isStalled(now, timeoutMs)) return false;
    // A reset also drops the data that the kernel still holds for the client.
    this.socket.resetAndDestroy();
    return true;
  }

  private isStalled(now: number, timeoutMs: number): boolean {
    if (!this.current) return false;
    if (this.current.writableEnded) return now - (this.untakenSince ??= now) >= timeoutMs;
    const { bytesWritten } = this.socket;
    if (!this.current.writableNeedDrain || bytesWritten !== this.writtenBytes) this.stuckSince = undefined;
    this.writtenBytes = bytesWritten;
    if (!this.current.writableNeedDrain) return false;
    return now - (this.stuckSince ??= now) >= timeoutMs * PATIENCE_UNFINISHED;
  }

  private start(request: IncomingMessage, response: ServerResponse): void {
    this.current = response;
    this.untakenSince = undefined;
    this.stuckSince = undefined;
    response.once('close', () => this.next());
    this.serve(request, response);
  }

  /**
   * Each request starts in its own turn of the event loop, so that a thousand pipelined requests do not block other
   * connections.
   */
  private next(): void {
    if (this.waiting.length === 0) return void (this.current = undefined);
    setImmediate(() => {
      const next = this.waiting.shift();
      if (!next) return void (this.current = undefined);
      this.total.count -= 1;
      this.start(...next);
      if (this.waiting.length === 0) this.socket.resume();
    });
  }

  private holdBack(): void {
    if (this.waiting.length > 0) this.socket.pause();
  }

  private forget(): void {
    this.total.count -= this.waiting.length;
    this.waiting.length = 0;
  }
}
