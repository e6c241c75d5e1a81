import { IsOptional, Matches } from 'class-validator';
import { Describe } from '../schema/describe.decorator.js';
import { PageQuery } from '../kit/paging.js';

export class ListAuditEventsQuery extends PageQuery {
  @Describe('Only events of this type.', { examples: ['client.created'] })
  @IsOptional()
  @Matches(/^[a-z_]{1,50}\.[a-z_]{1,50}$/, { message: '$property must be an event type such as client.created' })
  type?: string;
}
