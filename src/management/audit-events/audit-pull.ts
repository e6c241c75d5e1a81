import type { FeedFilter } from '../../audit-chain/audit-feed.repository.js';
import { type Place, parseCursor, toCursor } from '../../audit-chain/feed-cursor.js';
import type { FeedGap } from '../../audit-chain/feed-page.js';
import { Problem, invalidParameter } from '../kit/problem.js';
import type { StreamAuditEventsQuery } from './audit-events.query.js';

/** The filters that work on a stream too. */
export function feedFilterOf(query: StreamAuditEventsQuery): FeedFilter {
  const { type, outcome, client_id: clientId, address } = query;
  const userId = query.user_id?.toLowerCase();
  return { type, outcome, clientId, address, userId, requestId: query.request_id?.toLowerCase() };
}

/** @throws Problem when it is no cursor */
export function placeOf(cursor: string | undefined, parameter: string): Place | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const place = parseCursor(cursor);
  if (!place) throw invalidParameter(parameter, 'is not a cursor of this log');
  return place;
}

export function cursorExpired({ missed, next }: FeedGap): Problem {
  const detail =
    missed === undefined
      ? 'This is not a cursor of the log as it is now; an older backup may have been restored. `next` begins with the oldest event that is kept.'
      : `After this cursor ${missed} events are not kept any more. \`next\` goes on after them.`;
  return new Problem('cursor-expired', detail, [], { members: { missed: missed ?? null, next: toCursor(next) } });
}
