import { IsIn, IsIP, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { CLIENT_ID } from '../../clients/client.js';
import { Describe } from '../schema/describe.decorator.js';
import { IsInstant } from '../kit/instant.js';
import { IsCount, type PageQuery, QueryParameters } from '../kit/paging.js';

/** Filters of the audit log: all that are given have to fit. */
class AuditEventsQuery extends QueryParameters {
  @Describe('Only events of this type.', { examples: ['client.created'] })
  @IsOptional()
  @Matches(/^[a-z_]{1,50}\.[a-z_]{1,50}$/, { message: '$property must be an event type such as client.created' })
  type?: string;

  @Describe('Only what succeeded, or only what failed.')
  @IsOptional()
  @IsIn(['success', 'failure'])
  outcome?: string;

  @Describe('Only events that concern this user.')
  @IsOptional()
  @IsUUID(undefined, { message: '$property must be the id of a user' })
  user_id?: string;

  @Describe('Only events that concern this client.')
  @IsOptional()
  @Matches(CLIENT_ID, { message: '$property must be 1 to 200 visible ASCII characters' })
  client_id?: string;

  @Describe('Only what one request did, by its id in the log and on error pages.')
  @IsOptional()
  @IsUUID(undefined, { message: '$property must be the id of a request' })
  request_id?: string;

  @Describe('Only events from this IP address.', { examples: ['203.0.113.7'] })
  @IsOptional()
  @IsIP(undefined, { message: '$property must be an IP address' })
  address?: string;
}

/** The log, newest first. */
export class ListAuditEventsQuery extends AuditEventsQuery implements PageQuery {
  @Describe('Only events from this moment on.', { format: 'date-time' })
  @IsOptional()
  @IsInstant()
  since?: string;

  @Describe('Only events before this moment.', { format: 'date-time' })
  @IsOptional()
  @IsInstant()
  until?: string;

  @Describe('How many at most.')
  @IsCount(1, 200)
  limit?: number;

  @Describe('The cursor `page.next` of the page before.')
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  after?: string;
}

const MOST_PULLED = 1000;

/** Which events are sent as they happen. */
export class StreamAuditEventsQuery extends AuditEventsQuery {
  @Describe(
    'The cursor to go on from: `page.next` of a pull, or an `id` of the stream. Without one a pull begins at `start`, and a stream after the newest event.',
  )
  @IsOptional()
  @IsString()
  @MaxLength(200)
  after?: string;
}

/** Where a consumer goes on, oldest first, and which events it wants. */
export class PullAuditEventsQuery extends StreamAuditEventsQuery {
  @Describe('Where to begin without a cursor: with the oldest event that is kept (default), or after the newest one.')
  @IsOptional()
  @IsIn(['oldest', 'newest'])
  start?: 'oldest' | 'newest';

  @Describe('How many at most (default: 100).')
  @IsCount(1, MOST_PULLED)
  limit: number = 100;
}

const LONGEST_EXPORT = 1_000_000;

/** Which part of the chain is exported. */
export class ExportAuditEventsQuery extends QueryParameters {
  @Describe('Only events after this place in the chain: the `last_seq` of the file before.')
  @IsCount(0, 9_999_999_999)
  after?: number;

  @Describe('How many events at most.')
  @IsCount(1, LONGEST_EXPORT)
  limit: number = LONGEST_EXPORT;
}
