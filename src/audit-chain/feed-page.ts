import type { AuditEventRow } from '../audit/audit-row.js';
import type { FeedSlice, Placed } from './audit-feed.repository.js';
import { type Place, placeAt } from './feed-cursor.js';

/** What a consumer gets next. */
export interface FeedPage {
  readonly events: readonly { readonly event: AuditEventRow; readonly place: Place }[];
  /** Where to go on, also when there is nothing new. */
  readonly next: Place;
  /** There is more already, which need not fit the filter. */
  readonly hasMore: boolean;
}

/** What a consumer has missed: the events after its cursor are not kept any more, or it is not a cursor of this log. */
export interface FeedGap {
  /** How many events; undefined when the cursor tells nothing about it. */
  readonly missed: number | undefined;
  /** Where the log goes on. */
  readonly next: Place;
}

export function isGap(page: FeedPage | FeedGap): page is FeedGap {
  return 'missed' in page;
}

/** What the part of the chain means for whoever asked with this place. */
export function pageOf(slice: FeedSlice, after: Place | undefined, limit: number): FeedPage | FeedGap {
  const { last, beginning, from, found } = slice;
  if (after && after.seq < beginning.seq) {
    return { missed: beginning.seq - after.seq, next: toPlace(beginning) };
  }
  // Of another tenant, or from before an older backup was restored: the places after it are not those it goes on to.
  if (after && placeAt(after.seq, from.hash ?? '').mark !== after.mark) {
    return { missed: undefined, next: toPlace(beginning) };
  }
  const gone = found.findIndex(({ event }) => !event);
  if (gone === 0) return gapOf(found);
  const kept = gone < 0 ? found : found.slice(0, gone);
  const end = gone > 0 || found.length === limit ? kept.at(-1) : slice.end;
  const next = end ? toPlace(end) : (after ?? toPlace(beginning));
  return {
    events: kept.flatMap(({ event, ...place }) => (event ? [{ event, place: toPlace(place) }] : [])),
    next,
    hasMore: next.seq < last.seq,
  };
}

/** Retention removes events a little before their places. */
function gapOf(found: FeedSlice['found']): FeedGap {
  const [first] = found;
  const isGone = ({ seq, event }: FeedSlice['found'][number], index: number) =>
    !event && seq === (first?.seq ?? 0) + index;
  const kept = found.findIndex((place, index) => !isGone(place, index));
  const gone = kept < 0 ? found : found.slice(0, kept);
  const last = gone.at(-1) as Placed;
  return { missed: gone.length, next: toPlace(last) };
}

function toPlace({ seq, hash }: Placed): Place {
  return placeAt(seq, hash);
}
