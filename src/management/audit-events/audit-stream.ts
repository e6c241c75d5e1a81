import type { Response } from 'express';
import type { FeedFilter } from '../../audit-chain/audit-feed.repository.js';
import { type Place, toCursor } from '../../audit-chain/feed-cursor.js';
import type { FeedPage } from '../../audit-chain/feed-page.js';
import type { TenantId } from '../../database/tenant-id.js';
import type { Standing } from '../kit/standing-access.js';
import { auditEventView } from './audit-event.view.js';
import { heartbeat, retryAfter, toText } from './server-sent-events.js';

/** Proxies close what is silent for a minute. */
const HEARTBEAT_MS = 15_000;
/** Who takes nothing for so long is too slow, or has gone. */
const STALLED_MS = 20_000;
const RECONNECT_MS = 2000;

/** Why a stream ends, as its last message says. */
export type EndReason = 'access_ended' | 'token_expired' | 'cursor_expired' | 'shutdown';

export interface StreamOptions {
  readonly tenantId: TenantId;
  readonly filter: FeedFilter;
  readonly standing: Standing;
  /** Of the access token, Unix milliseconds. */
  readonly expiresAt: number;
}

/** One reader of a tenant's events as they happen. What it has not taken yet is bounded: no more is read for it then. */
export class AuditStream {
  /** When the access was checked, in milliseconds of `performance.now()`. */
  checkedAt = performance.now();
  private at: Place | undefined;
  private saidAt = performance.now();
  private fullSince: number | undefined;

  constructor(
    readonly options: StreamOptions,
    private readonly response: Response,
  ) {}

  /** After the last event that was looked at; undefined until the stream has begun. */
  get place(): Place | undefined {
    return this.at;
  }

  /** The reader has not taken what was sent. */
  get isFull(): boolean {
    return this.response.writableNeedDrain;
  }

  get isOver(): boolean {
    return this.response.writableEnded || this.response.destroyed;
  }

  begin(place: Place): void {
    this.at = place;
    this.response.status(200).set({ 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
    this.response.type('text/event-stream');
    this.write(`${retryAfter(RECONNECT_MS)}${heartbeat(toCursor(place))}`);
  }

  send({ events, next }: FeedPage): void {
    this.at = next;
    const texts = events.map(({ event, place }) => toText({ id: toCursor(place), data: auditEventView(event) }));
    if (texts.length > 0) this.write(texts.join(''));
  }

  /** Once a second, also while the database is away. */
  tick(now: number): void {
    if (!this.at || this.isOver) return;
    if (Date.now() >= this.options.expiresAt) return this.end('token_expired');
    if (!this.isFull) this.fullSince = undefined;
    else if (now - (this.fullSince ??= now) >= STALLED_MS) return void this.response.destroy();
    else return;
    if (now - this.saidAt >= HEARTBEAT_MS) this.write(heartbeat(toCursor(this.at)));
  }

  /** One that has not begun is ended by whoever begins it. */
  end(reason: EndReason): void {
    if (!this.at || this.isOver) return;
    this.response.end(toText({ event: 'end', data: { reason } }));
  }

  private write(text: string): void {
    if (this.isOver) return;
    this.saidAt = performance.now();
    this.response.write(text);
  }
}
