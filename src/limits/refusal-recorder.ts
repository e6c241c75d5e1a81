import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { AuditEvent } from '../audit/audit-event.js';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { NETWORKS_OF_SITE, networkOf, siteOf } from './network.js';
import { TokenBuckets, multiplied } from './token-buckets.js';

/** Refusals of one kind, tenant and network that are recorded one by one. */
const ONE_BY_ONE = { burst: 100, perSecond: 1 };
const SUM_INTERVAL_MS = 10_000;
const MAX_SUMS = 10_000;

interface Sum {
  readonly first: Date;
  readonly last: AuditEvent;
  readonly count: number;
}

/**
 * Records refusals that anybody can cause. A few are recorded one by one. Of many from one network the rest is counted,
 * and every ten seconds one event gives their number (`details.count`). So a flood of refused requests does not become
 * a flood of rows.
 */
@Injectable()
export class RefusalRecorder implements BeforeApplicationShutdown {
  private readonly single = new TokenBuckets(ONE_BY_ONE);
  private readonly singleOfSite = new TokenBuckets(multiplied(ONE_BY_ONE, NETWORKS_OF_SITE));
  private readonly sums = new LRUCache<string, Sum>({
    max: MAX_SUMS,
    dispose: (sum, _, reason) => {
      if (reason !== 'set') this.recordSum(sum);
    },
  });
  private timer: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(private readonly audit: AuditRecorder) {}

  /** @param of what is summed up together; the type of the event, where it has one kind of refusal only */
  record(event: AuditEvent, of: string = event.type): void {
    const address = event.origin?.address ?? '';
    const kind = `${event.tenantId}\n${of}`;
    const site = siteOf(address);
    const ofSite = site && `${kind}\nsite ${site}`;
    const isFlood = ofSite !== undefined && (this.singleOfSite.waitSeconds(ofSite) > 0 || this.sums.has(ofSite));
    const key = isFlood ? ofSite : `${kind}\n${networkOf(address)}`;
    if (this.stopping || (!isFlood && this.single.waitSeconds(key) === 0 && !this.sums.has(key))) {
      this.single.take(key);
      if (ofSite !== undefined) this.singleOfSite.take(ofSite);
      return this.audit.record(event);
    }
    const sum = this.sums.get(key);
    this.sums.set(key, { first: sum?.first ?? new Date(), last: event, count: (sum?.count ?? 0) + 1 });
    this.timer ??= setTimeout(() => this.recordSums(), SUM_INTERVAL_MS).unref();
  }

  /** Records what was only counted so far. */
  recordSums(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.sums.clear();
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
    this.recordSums();
  }

  private recordSum({ first, last, count }: Sum): void {
    // Of one refusal there is nothing to sum up.
    const details = count === 1 ? last.details : { ...last.details, count, first_at: first.toISOString() };
    this.audit.record({ ...last, details });
  }
}
