import type { Outcome } from './load-client.js';

export type Verdict = 'good' | 'unavailable' | 'other';

/** Counts what requests met with, and for how long they failed after the fault was over. */
export class Tally {
  requests = 0;
  good = 0;
  unavailable = 0;
  /** By what happened: the operations that met with it. */
  readonly others = new Map<string, readonly string[]>();
  /** 503 without `Retry-After`. */
  readonly abrupt = new Set<string>();
  private recoveredAt = Infinity;
  private lastBadAt = 0;
  private firstGoodAt = new Map<string, number>();

  /** @param isGood whether this status is what the request was sent for */
  count(operation: string, outcome: Outcome, isGood: boolean): Verdict {
    this.requests += 1;
    if (isGood) {
      this.good += 1;
      if (!this.firstGoodAt.has(operation)) this.firstGoodAt.set(operation, outcome.at);
      return 'good';
    }
    this.lastBadAt = outcome.at;
    if (isUnavailable(outcome)) {
      this.unavailable += 1;
      if (outcome.status === 503 && outcome.headers['retry-after'] === undefined) this.abrupt.add(operation);
      return 'unavailable';
    }
    const kind = outcome.failure ?? `${outcome.status} ${operation}`;
    this.others.set(kind, [...(this.others.get(kind) ?? []), operation]);
    return 'other';
  }

  get other(): number {
    return [...this.others.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /** The fault is over from now on. */
  recovered(): void {
    this.recoveredAt = Date.now();
    this.firstGoodAt = new Map();
  }

  /** Every operation succeeded since, and for this long nothing failed. */
  isSettled(operations: readonly string[], quietMs: number): boolean {
    const since = Math.max(this.lastBadAt, this.recoveredAt === Infinity ? 0 : this.recoveredAt);
    return Date.now() - since >= quietMs && operations.every((name) => this.firstGoodAt.has(name));
  }

  /** From the end of the fault until the last failure, or the first success of an operation if that came later. */
  get outageMs(): number {
    if (this.recoveredAt === Infinity) return 0;
    return Math.max(
      0,
      this.lastBadAt - this.recoveredAt,
      ...[...this.firstGoodAt.values()].map((at) => at - this.recoveredAt),
    );
  }
}

/** RFC 9110 §15.6.4, or the same said to a client by redirect (RFC 6749 §4.1.2.1). */
function isUnavailable({ status, headers }: Outcome): boolean {
  return status === 503 || /[?&]error=temporarily_unavailable(&|$)/.test(headers.location ?? '');
}
