import { IsOptional, Matches, MaxLength } from 'class-validator';
import { PageQuery } from '../kit/paging.js';
import { IsName, IsSingleLine, MayBeAbsent } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';

/** Applications compare it, so two that look alike differ nowhere. 64 characters: see `group-member.ts`. */
const GROUP_NAME = /^[A-Za-z0-9]([A-Za-z0-9 ._:@/+-]{0,62}[A-Za-z0-9])?$/;
const SHAPE = {
  message:
    '$property must begin and end with a letter or digit, and have up to 64 letters, digits, spaces and characters of ._:@/+- (ASCII)',
};
const NAME = 'What applications read in the claim `groups`. No other group has it, whatever its case.';

export class CreateGroupDto {
  @Describe(NAME)
  @Matches(GROUP_NAME, SHAPE)
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
  @Matches(GROUP_NAME, SHAPE)
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
