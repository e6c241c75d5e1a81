import { PERIOD_SECONDS, type RateQuota } from './tenant-quotas.js';

/** What a bucket gave. */
export interface LeaseAnswer {
  readonly granted: number;
  /** Until one more can be given, in seconds. */
  readonly waitSeconds: number;
}

export function perSecondOf({ limit, per }: RateQuota): number {
  return limit / PERIOD_SECONDS[per];
}

export function burstOf({ limit, burst }: RateQuota): number {
  return burst ?? limit;
}

/** One bucket in the memory of this process, which does what the shared one does (`tenant-rates.repository.ts`). */
export class LeakyBucket {
  /** Units that were handed out and had not come back at that moment. */
  private level = 0;
  private at = 0;

  constructor(
    private readonly quota: RateQuota,
    private readonly clock: () => number,
  ) {}

  /** As much of `asked` as there is. */
  take(asked: number): LeaseAnswer {
    const now = this.clock();
    const perSecond = perSecondOf(this.quota);
    const burst = burstOf(this.quota);
    const level = Math.max(0, this.level - (now - this.at) * perSecond);
    const granted = Math.min(asked, Math.floor(burst - level + 1e-6));
    this.level = level + granted;
    this.at = now;
    return { granted, waitSeconds: Math.max(0, (this.level + 1 - burst) / perSecond) };
  }
}
