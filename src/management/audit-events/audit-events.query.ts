import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsIP, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { CLIENT_ID } from '../../clients/client.js';
import { Describe } from '../schema/describe.decorator.js';
import { IsInstant } from '../kit/instant.js';
import { PageQuery, toNumber } from '../kit/paging.js';

/** Filters of the audit log: all that are given have to fit. */
export class ListAuditEventsQuery extends PageQuery {
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

  @Describe('Only events from this moment on.', { format: 'date-time' })
  @IsOptional()
  @IsInstant()
  since?: string;

  @Describe('Only events before this moment.', { format: 'date-time' })
  @IsOptional()
  @IsInstant()
  until?: string;
}

const LONGEST_EXPORT = 1_000_000;

/** Which part of the chain is exported. */
export class ExportAuditEventsQuery {
  @Describe('Only events after this place in the chain: the `last_seq` of the file before.')
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => toNumber(value))
  @IsInt()
  @Min(0)
  @Max(9_999_999_999)
  after?: number;

  @Describe('How many events at most.')
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => toNumber(value))
  @IsInt()
  @Min(1)
  @Max(LONGEST_EXPORT)
  limit: number = LONGEST_EXPORT;
}
