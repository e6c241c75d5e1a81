import { hash } from 'node:crypto';
import { type DomainCheck, type ProofMethod, methodOf } from './domain-check.js';

const DAY_MS = 86_400_000;
const DAY_SECONDS = 86_400;
/** While a proof is missing. Somebody may be mending it. */
const WHILE_MISSING_SECONDS = 3600;
/** After servers gave no answer. */
const AFTER_NO_ANSWER_SECONDS = 4 * 3600;

/** How a verified domain stands. */
export interface Standing {
  /** Since when its proof is missing. */
  readonly failingSince: Date | null;
  /** Until when it stays verified without. */
  readonly lapsesAt: Date | null;
  /** When the owners were told that this is near. */
  readonly warnedAt: Date | null;
}

/**
 * What a look at a verified domain means for it: `kept` and `restored` with the proof; without it `failing` at first,
 * `ending` once in the last day, `lapsed` at the end, and `missing` between; `unclear` when servers gave no answer.
 */
export type ProofOutcome = 'kept' | 'restored' | 'unclear' | 'failing' | 'missing' | 'ending' | 'lapsed';

export interface Judgement {
  readonly outcome: ProofOutcome;
  readonly standing: Standing;
  /** What was wrong; null: nothing is. */
  readonly fault: string | null;
  /** When to look again; null: at the usual time of the day. */
  readonly afterSeconds: number | null;
}

const GOOD: Standing = { failingSince: null, lapsesAt: null, warnedAt: null };

/**
 * Only a definite no counts against a domain, so that no outage takes one down, and no domain lapses of which its owners
 * were not told a day before.
 * @param known how it stands, how it was proven last, and what was wrong before
 */
export function judge(
  known: Standing & { readonly verifiedBy: ProofMethod | null; readonly fault: string | null },
  check: DomainCheck,
  { now, graceDays }: { readonly now: Date; readonly graceDays: number },
): Judgement {
  const { failingSince, lapsesAt, warnedAt, fault } = known;
  const isFailing = failingSince !== null && lapsesAt !== null;
  if (methodOf(check)) {
    return { outcome: isFailing ? 'restored' : 'kept', standing: GOOD, fault: null, afterSeconds: null };
  }
  const decisive = (known.verifiedBy === 'file' && check.file) || check.dns;
  if (!decisive.conclusive) {
    const afterSeconds = isFailing ? WHILE_MISSING_SECONDS : AFTER_NO_ANSWER_SECONDS;
    return { outcome: 'unclear', standing: { failingSince, lapsesAt, warnedAt }, fault, afterSeconds };
  }
  const missing = { fault: decisive.detail, afterSeconds: WHILE_MISSING_SECONDS };
  const tomorrow = new Date(now.getTime() + DAY_MS);
  if (!isFailing) {
    const end = new Date(now.getTime() + graceDays * DAY_MS);
    const standing = { failingSince: now, lapsesAt: end, warnedAt: end > tomorrow ? null : now };
    return { outcome: 'failing', standing, ...missing };
  }
  if (warnedAt === null && lapsesAt <= tomorrow) {
    // The platform may have stood still meanwhile; the last day is whole all the same.
    return { outcome: 'ending', standing: { failingSince, lapsesAt: tomorrow, warnedAt: now }, ...missing };
  }
  const outcome = lapsesAt <= now ? 'lapsed' : 'missing';
  return { outcome, standing: { failingSince, lapsesAt, warnedAt }, ...missing };
}

/**
 * How long it is until a domain is proven again: it has a time of the day of its own, by which all domains are spread
 * over the day, and it is at least half a day until then.
 */
export function secondsToNextProof(domain: string, now: Date): number {
  const earliest = now.getTime() / 1000 + DAY_SECONDS / 2;
  const past = (earliest - timeOfDay(domain)) % DAY_SECONDS;
  return DAY_SECONDS / 2 + (past === 0 ? 0 : DAY_SECONDS - past);
}

/** In seconds; the same for a name every day. */
function timeOfDay(domain: string): number {
  return hash('sha256', domain, 'buffer').readUInt32BE() % DAY_SECONDS;
}
