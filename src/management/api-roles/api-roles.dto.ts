import { ArrayMaxSize, IsArray, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { SCOPE_TOKEN } from '../../oauth/scope.js';
import { PageQuery } from '../kit/paging.js';
import { IsName, IsNameInTokens, IsSet, IsSingleLine, MayBeAbsent } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';

const NOT_A_SCOPE = { each: true, message: 'each value in $property must be a scope name' };

export class CreateApiRoleDto {
  @Describe('The id of the API that the role is for. It stays.')
  @IsUUID()
  api_id: string;

  @Describe('What the API reads in the claim `roles`. No other role of the API has it.')
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

  @Describe('Scopes of the API that it allows, for the claim `permissions`. Default: none, a name alone.')
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsSet()
  @Matches(SCOPE_TOKEN, NOT_A_SCOPE)
  scopes?: string[] | null;
}

export class UpdateApiRoleDto {
  @Describe('What the API reads in the claim `roles`, from the next token on. No other role of the API has it.')
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

  @Describe('Scopes of the API that it allows, from the next token on. `null`: none.')
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsSet()
  @Matches(SCOPE_TOKEN, NOT_A_SCOPE)
  scopes?: string[] | null;
}

export class ListApiRolesQuery extends PageQuery {
  @Describe('The id of an API: its roles alone.')
  @IsOptional()
  @IsUUID()
  api_id?: string;

  @Describe('The name of a role, in full. Roles of several APIs may have it.')
  @IsOptional()
  @IsString()
  @IsSingleLine()
  @MaxLength(64)
  name?: string;
}
