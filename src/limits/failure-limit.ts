import { LRUCache } from 'lru-cache';
import { NETWORKS_OF_SITE } from './network.js';
import { type Rate, TokenBuckets, multiplied } from './token-buckets.js';

/** What failed, and where from. */
export interface Failing {
  /** The tenant and the network. */
  readonly network: string;
  /** The tenant and the site that the network belongs to, if there is one. */
  readonly site?: string | undefined;
  /** What was tried there, such as a client's identifier. */
  readonly subject: string;
}

export interface FailureRates {
  /** Failures of one subject from one network. */
  readonly subject: Rate;
  /** Failures of any subject from one network. */
  readonly network: Rate;
}

const MAX_KNOWN = 10_000;
const KNOWN_FOR_MS = 24 * 3600 * 1000;
/** A success gives back this many failures, so that a subject that mostly succeeds is not limited. */
const RETURNED_FOR_SUCCESS = 2;

/**
 * Rate limits failures by the network they come from, so that nobody elsewhere can lock a subject out. A subject that
 * succeeded from this network in the last day is always tried there; only its further failures are answered with the
 * wait.
 */
export class FailureLimit {
  private readonly bySubject: TokenBuckets;
  private readonly byNetwork: TokenBuckets;
  private readonly bySite: TokenBuckets;
  private readonly known = new LRUCache<string, true>({ max: MAX_KNOWN, ttl: KNOWN_FOR_MS });

  constructor({ subject, network }: FailureRates, clock?: () => number) {
    this.bySubject = new TokenBuckets(subject, clock);
    this.byNetwork = new TokenBuckets(network, clock);
    this.bySite = new TokenBuckets(multiplied(network, NETWORKS_OF_SITE), clock);
  }

  /** Before it is tried. @returns seconds to wait; 0 when it may be tried */
  before(failing: Failing): number {
    return this.known.has(keyOf(failing)) ? 0 : this.wait(failing);
  }

  /**
   * @param weight of this failure; 1 is a usual one
   * @returns seconds to wait when it was one failure too many
   */
  failed(failing: Failing, weight = 1): number {
    const wait = this.wait(failing);
    this.bySubject.take(keyOf(failing), weight);
    this.byNetwork.take(failing.network, weight);
    if (failing.site !== undefined) this.bySite.take(failing.site, weight);
    return wait;
  }

  succeeded(failing: Failing): void {
    const key = keyOf(failing);
    this.known.set(key, true);
    this.bySubject.giveBack(key, RETURNED_FOR_SUCCESS);
  }

  private wait(failing: Failing): number {
    const { network, site } = failing;
    const ofSite = site === undefined ? 0 : this.bySite.waitSeconds(site);
    return Math.max(this.bySubject.waitSeconds(keyOf(failing)), this.byNetwork.waitSeconds(network), ofSite);
  }
}

function keyOf({ network, subject }: Failing): string {
  return `${network}\n${subject.slice(0, 256)}`;
}
