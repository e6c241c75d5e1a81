import { Injectable } from '@nestjs/common';
import type { TenantId } from '../database/tenant-id.js';
import { AuditChainRepository } from './audit-chain.repository.js';
import { AuditFeedRepository, type FeedFilter } from './audit-feed.repository.js';
import { AuditSealer } from './audit-sealer.js';
import { type Place, placeAt } from './feed-cursor.js';
import { type FeedGap, type FeedPage, isGap, pageOf } from './feed-page.js';

/** How many places are looked at for one answer, when a filter leaves most out. */
const SPAN = 2000;

/** In a log that is asked for from its beginning. */
const MOST_GAPS = 20;

export interface FeedRequest {
  /** Default: the beginning of what is kept. */
  readonly after: Place | undefined;
  readonly filter: FeedFilter;
  readonly limit: number;
}

/**
 * A tenant's events for whoever follows them, oldest first. Their order is that of the chain: a place is given once, to
 * an event that is committed, and no event ever gets a place before it. So whoever goes on from a place misses nothing and
 * gets nothing twice, in whatever order the events were written.
 */
@Injectable()
export class AuditFeed {
  constructor(
    private readonly repository: AuditFeedRepository,
    private readonly chains: AuditChainRepository,
    private readonly sealer: AuditSealer,
  ) {}

  /** What has its place. @returns undefined when the log has no chain */
  async read(tenantId: TenantId, { after, filter, limit }: FeedRequest): Promise<FeedPage | FeedGap | undefined> {
    const isFiltered = Object.values(filter).some((value) => value !== undefined);
    const window = { after: after?.seq, filter, limit, span: isFiltered ? SPAN : limit };
    const slice = await this.repository.read(tenantId, window);
    return slice && pageOf(slice, after, limit);
  }

  /** All that is committed now: it is given its place before the end is reached. */
  async readAll(tenantId: TenantId, request: FeedRequest): Promise<FeedPage | FeedGap> {
    const page = await this.readKept(tenantId, request);
    if (page && (isGap(page) || page.hasMore)) return page;
    const head = await this.sealer.sealRecent(tenantId);
    if (page && head.seq <= page.next.seq) return page;
    const end = { events: [], next: placeAt(head.seq, head.hash), hasMore: false };
    return (await this.readKept(tenantId, request)) ?? end;
  }

  /** Who has no cursor has missed nothing. What retention removed is left out, and soon its places are removed too. */
  private async readKept(tenantId: TenantId, request: FeedRequest): Promise<FeedPage | FeedGap | undefined> {
    let page = await this.read(tenantId, request);
    if (request.after) return page;
    for (let gap = 0; gap < MOST_GAPS && page && isGap(page); gap += 1) {
      page = await this.read(tenantId, { ...request, after: page.next });
    }
    return page;
  }

  /** The place after all that is committed now. */
  async end(tenantId: TenantId): Promise<Place> {
    const { seq, hash } = await this.sealer.sealRecent(tenantId);
    return placeAt(seq, hash);
  }

  /** How long the chain is. @returns undefined when there is none */
  async length(tenantId: TenantId): Promise<number | undefined> {
    return (await this.chains.findHead(tenantId))?.seq;
  }
}
