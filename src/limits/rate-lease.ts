import type { RateQuota } from './tenant-quotas.js';
import { type LeaseAnswer, LeakyBucket, burstOf, perSecondOf } from './leaky-bucket.js';

/**
 * A process holds at most this share of the burst unused. What it holds it may use after the others used up the rest, so
 * n processes together let at most n times this much more through.
 */
export const LEASED_SHARE = 1 / 20;

/** A lease is as large as the demand of so many seconds, and unused units go back after them. */
const LEASE_SECONDS = 10;
/** A tenant that is at its limit makes the process ask at most so often. */
const SHORTEST_PAUSE_SECONDS = 0.1;
/** Without an answer in this time the process decides alone. */
const DEADLINE_MS = 1000;
/** For so long it does not ask again then. */
const ALONE_SECONDS = 1;

export interface LeaseRequest {
  readonly asked: number;
  readonly givenBack: number;
}

export interface LeaseSource {
  /** Asks the bucket that all processes share. */
  ask(request: LeaseRequest): Promise<LeaseAnswer>;
  /** It did not answer in time. */
  failed(): void;
}

/**
 * One rate of one tenant in this process. Units come from a bucket that all processes share, a few at a time and mostly
 * before they are needed. While that bucket is empty, requests are refused without asking again. While the database does
 * not answer, the process counts for itself: it lets through as much as one process may.
 */
export class RateLease {
  private readonly most: number;
  private readonly alone: LeakyBucket;
  private available = 0;
  private expiresAt = -Infinity;
  private emptyUntil = -Infinity;
  private aloneUntil = -Infinity;
  private asking: Promise<void> | undefined;
  private waiting = 0;
  /** About the number of requests in the last `LEASE_SECONDS`, as of the last one. */
  private demand = 0;
  private demandedAt = -Infinity;

  constructor(
    readonly quota: RateQuota,
    private readonly source: LeaseSource,
    private readonly clock: () => number = () => performance.now() / 1000,
  ) {
    this.most = Math.floor(burstOf(quota) * LEASED_SHARE);
    this.alone = new LeakyBucket(quota, clock);
  }

  /** Whether it would be refused at once: seconds to wait, else 0. It takes nothing. */
  get waitSeconds(): number {
    const now = this.clock();
    return this.held(now) > 0 ? 0 : Math.max(0, this.emptyUntil - now);
  }

  /** Takes one unit. @returns seconds to wait when there is none, else 0 */
  take(): number | Promise<number> {
    const now = this.clock();
    if (this.held(now) > 0) {
      this.count(now);
      this.available -= 1;
      if (this.available * 2 < this.wanted && now >= this.emptyUntil) void this.renew();
      return 0;
    }
    if (now < this.emptyUntil) return this.emptyUntil - now;
    // There cannot be enough for all of them.
    if (this.waiting >= burstOf(this.quota)) return 1 / perSecondOf(this.quota);
    this.count(now);
    return this.wait();
  }

  private async wait(): Promise<number> {
    this.waiting += 1;
    try {
      // What comes first may be too little for all who wait.
      while (this.held(this.clock()) === 0 && this.clock() >= this.emptyUntil) await this.renew();
    } finally {
      this.waiting -= 1;
    }
    if (this.available === 0) return Math.max(this.emptyUntil - this.clock(), Number.EPSILON);
    this.available -= 1;
    return 0;
  }

  /** One request at a time, for everybody who waits and for what is wanted in stock. */
  private renew(): Promise<void> {
    return (this.asking ??= this.lease().finally(() => (this.asking = undefined)));
  }

  private async lease(): Promise<void> {
    await Promise.resolve(); // those who come in this turn of the event loop are asked for too
    const now = this.clock();
    const expired = now < this.expiresAt ? 0 : this.available;
    this.available -= expired;
    const asked = Math.max(1, this.waiting + this.wanted - this.available);
    const { granted, waitSeconds } = await this.grant({ asked, givenBack: expired });
    const then = this.clock();
    this.available += granted;
    this.expiresAt = then + LEASE_SECONDS;
    if (waitSeconds > 0) this.emptyUntil = then + Math.max(waitSeconds, SHORTEST_PAUSE_SECONDS);
  }

  private async grant(request: LeaseRequest): Promise<LeaseAnswer> {
    if (this.clock() < this.aloneUntil) return this.alone.take(request.asked);
    const granted = await withinDeadline(this.source.ask(request)).catch(() => undefined);
    if (granted) return granted;
    this.source.failed();
    this.aloneUntil = this.clock() + ALONE_SECONDS;
    return this.alone.take(request.asked);
  }

  private held(now: number): number {
    return now < this.expiresAt ? this.available : 0;
  }

  private get wanted(): number {
    return Math.min(this.most, Math.floor(this.demand));
  }

  private count(now: number): void {
    this.demand = this.demand * Math.exp((this.demandedAt - now) / LEASE_SECONDS) + 1;
    this.demandedAt = now;
  }
}

async function withinDeadline<Result>(answer: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    // An answer that arrived while the process was busy counts.
    timer = setTimeout(() => setImmediate(() => reject(new Error('The lease took too long.'))), DEADLINE_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
