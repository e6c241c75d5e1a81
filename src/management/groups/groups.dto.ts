import { IsOptional, MaxLength } from 'class-validator';
import { PageQuery } from '../kit/paging.js';
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

export class ListGroupsQuery extends PageQuery {
  @Describe('The name of a group, in full, whatever its case.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(64)
  name?: string;
}
