import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Response } from 'express';
import { AuditFeed } from '../../audit-chain/audit-feed.js';
import { type Place } from '../../audit-chain/feed-cursor.js';
import { isGap } from '../../audit-chain/feed-page.js';
import { isUnavailable } from '../../database/database-error.js';
import type { TenantId } from '../../database/tenant-id.js';
import { onceClosed } from '../../http/once-closed.js';
import { StandingAccess } from '../kit/standing-access.js';
import { Problem } from '../kit/problem.js';
import { cursorExpired } from './audit-pull.js';
import { AuditStream, type StreamOptions } from './audit-stream.js';

/** Of one process. */
const MOST = 200;
/** Of one tenant in one process. */
const MOST_OF_TENANT = 5;
/** Between two looks at the logs that are followed. */
const PAUSE_MS = 1000;
/** Of one stream in one turn. */
const PAGE_SIZE = 50;
/** Whether a stream may go on is asked so often. */
const CHECK_MS = 2000;

/**
 * The streams of this process. One loop serves them all: each second it asks for the length of the chains that are
 * followed, and reads what is new, a page for each stream in turn. Nothing is sent unless the access was checked within
 * two seconds, by the state that is stored, so it does not matter which process changed it.
 */
@Injectable()
export class AuditStreams implements OnModuleDestroy {
  private readonly logger = new Logger(AuditStreams.name);
  private readonly streams = new Map<TenantId, Set<AuditStream>>();
  private ticking: NodeJS.Timeout | undefined;
  private next: NodeJS.Timeout | undefined;
  private isServing = false;
  private closed = false;

  constructor(
    private readonly feed: AuditFeed,
    private readonly access: StandingAccess,
  ) {}

  /** How many there are. */
  get count(): number {
    let count = 0;
    for (const streams of this.streams.values()) count += streams.size;
    return count;
  }

  onModuleDestroy(): void {
    this.close();
  }

  /** Ends all of them, for their readers to connect to another process. */
  close(): void {
    this.closed = true;
    for (const streams of this.streams.values()) for (const stream of streams) stream.end('shutdown');
    this.rest();
  }

  /**
   * Begins an answer that goes on until something ends it. Without a place it begins after the newest event.
   * @throws Problem when there are too many, or the place is not there any more
   */
  async open(options: StreamOptions, after: Place | undefined, response: Response): Promise<void> {
    const { tenantId, filter } = options;
    this.requireRoom(tenantId);
    const stream = new AuditStream(options, response);
    const remove = () => this.remove(tenantId, stream);
    this.add(tenantId, stream);
    onceClosed(response, remove);
    if (stream.isOver) return; // its reader has gone already
    try {
      if (after) {
        const first = await this.feed.readAll(tenantId, { after, filter, limit: 1 });
        if (isGap(first)) throw cursorExpired(first);
      }
      const place = after ?? (await this.feed.end(tenantId));
      stream.begin(place);
    } catch (error) {
      remove();
      throw error;
    }
    if (this.closed) stream.end('shutdown');
    else this.serveSoon(0);
  }

  private requireRoom(tenantId: TenantId): void {
    if (this.closed) {
      throw new Problem('unavailable', 'The process stops; connect again.', [], { headers: { 'Retry-After': '1' } });
    }
    const ofTenant = this.streams.get(tenantId)?.size ?? 0;
    if (ofTenant < MOST_OF_TENANT && this.count < MOST) return;
    const limit = ofTenant < MOST_OF_TENANT ? `${MOST} of all tenants` : `${MOST_OF_TENANT} of a tenant`;
    throw new Problem('too-many-requests', `Of these streams, ${limit} run at a time; pull the events instead.`, [], {
      headers: { 'Retry-After': '30' },
    });
  }

  private add(tenantId: TenantId, stream: AuditStream): void {
    const streams = this.streams.get(tenantId) ?? new Set();
    this.streams.set(tenantId, streams.add(stream));
    this.ticking ??= setInterval(() => this.tick(), PAUSE_MS).unref();
  }

  private remove(tenantId: TenantId, stream: AuditStream): void {
    const streams = this.streams.get(tenantId);
    streams?.delete(stream);
    if (streams?.size === 0) this.streams.delete(tenantId);
    if (this.streams.size === 0) this.rest();
  }

  private rest(): void {
    clearInterval(this.ticking);
    clearTimeout(this.next);
    this.ticking = undefined;
    this.next = undefined;
  }

  private tick(): void {
    const now = performance.now();
    for (const streams of this.streams.values()) for (const stream of streams) stream.tick(now);
  }

  private serveSoon(pauseMs: number): void {
    if (this.isServing || this.closed || this.streams.size === 0) return;
    clearTimeout(this.next);
    this.next = setTimeout(() => {
      this.isServing = true;
      void this.serveAll()
        .catch((error: unknown) => this.report(error))
        .then((hasMore) => {
          this.isServing = false;
          this.serveSoon(hasMore === true ? 0 : PAUSE_MS);
        });
    }, pauseMs).unref();
  }

  /** @returns whether there is more to be sent now */
  private async serveAll(): Promise<boolean> {
    let hasMore = false;
    for (const [tenantId, streams] of [...this.streams]) {
      const length = await this.feed.length(tenantId);
      for (const stream of [...streams]) {
        if (this.closed) return false;
        if (await this.serve(stream, length)) hasMore = true;
      }
    }
    return hasMore;
  }

  private async serve(stream: AuditStream, length: number | undefined): Promise<boolean> {
    const { place, options } = stream;
    if (!place || stream.isOver || !(await this.mayGoOn(stream))) return false;
    if (stream.isFull || length === undefined || place.seq === length) return false;
    const page = await this.feed.read(options.tenantId, { after: place, filter: options.filter, limit: PAGE_SIZE });
    if (!page) return false;
    if (isGap(page)) {
      // The events of a tenant that is being deleted go as well.
      if (await this.hasAccess(stream)) stream.end('cursor_expired');
      return false;
    }
    stream.send(page);
    return page.hasMore && !stream.isFull;
  }

  private async mayGoOn(stream: AuditStream): Promise<boolean> {
    return performance.now() - stream.checkedAt < CHECK_MS || this.hasAccess(stream);
  }

  /** As it is stored now. Otherwise the stream has ended. */
  private async hasAccess(stream: AuditStream): Promise<boolean> {
    const now = performance.now();
    if (await this.access.holds(stream.options.standing)) {
      stream.checkedAt = now;
      return true;
    }
    stream.end(Date.now() >= stream.options.expiresAt ? 'token_expired' : 'access_ended');
    return false;
  }

  private report(error: unknown): void {
    // Whether the database is there, others say.
    if (!isUnavailable(error)) this.logger.warn(`Streams of audit events wait: ${(error as Error).message}`);
  }
}
