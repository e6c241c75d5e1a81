import { IsOptional, IsUUID, MaxLength } from 'class-validator';
import { Describe } from '../schema/describe.decorator.js';
import { PageQuery } from '../kit/paging.js';
import { IsSingleLine } from '../kit/validators.js';

export class ListConsentsQuery extends PageQuery {
  @Describe('Only what this user allowed.')
  @IsOptional()
  @IsUUID()
  user_id?: string;

  @Describe('Only what this client was allowed.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(200)
  client_id?: string;
}
