import { IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '../kit/paging.js';
import { Describe } from '../schema/describe.decorator.js';

export class ListPasskeysQuery extends PageQuery {
  @Describe('Only those of this user.')
  @IsOptional()
  @IsUUID()
  user_id?: string;
}
