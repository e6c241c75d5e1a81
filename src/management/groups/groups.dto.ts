import { IsIn, IsOptional, MaxLength } from 'class-validator';
import { DatedSearchQuery } from '../kit/list-query.js';
import { IsName, IsNameInTokens, IsSingleLine, MayBeAbsent } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';

const NAME = 'What applications read in the claim `groups`. No other group has it, whatever its case.';

export class CreateGroupDto {
  @Describe(NAME)
  @IsNameInTokens()
  name: string;

  @Describe('What people call it. Default: its name.')
  @IsOptional()
  @IsName(100)
  display_name?: string | null;

  @Describe('What it is for.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(300)
  description?: string | null;
}

export class UpdateGroupDto {
  @Describe(`${NAME} From the next token on they read the new one.`)
  @MayBeAbsent()
  @IsNameInTokens()
  name?: string;

  @Describe('What people call it. `null`: its name.')
  @IsOptional()
  @IsName(100)
  display_name?: string | null;

  @Describe('What it is for.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(300)
  description?: string | null;
}

export class ListGroupsQuery extends DatedSearchQuery {
  @Describe('The order. Default: created_at.')
  @IsOptional()
  @IsIn(['created_at', '-created_at', 'name', '-name'])
  sort?: string;

  @Describe('The name of a group, in full, whatever its case.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(64)
  name?: string;
}
