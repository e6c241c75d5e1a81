import { IsOptional } from 'class-validator';
import { QueryParameters } from '../kit/paging.js';
import { IsCalendarDate } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';

export class UsageQuery extends QueryParameters {
  @Describe('The first day, in UTC. Default: 29 days before the last one.')
  @IsOptional()
  @IsCalendarDate()
  from?: string;

  @Describe('The last day, in UTC. Default: today.')
  @IsOptional()
  @IsCalendarDate()
  to?: string;
}
