import { Transform } from 'class-transformer';
import {
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  Matches,
  MaxLength,
  MinLength,
} from 'class-validator';
import { MANAGEMENT_SCOPES, type ManagementScope } from '../../resources/management-api.js';
import { ROLE_NAME } from '../kit/role-name.js';
import { IsSingleLine, MayBeAbsent } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';
import { toBoolean } from '../kit/list-query.js';
import { QueryParameters } from '../kit/paging.js';

const PERMISSIONS = MANAGEMENT_SCOPES.map(({ name }) => name);

export class CreateRoleDto {
  @Describe('Lower-case letters, digits, `-` and `_`. It stays, and no built-in role has it.')
  @Matches(ROLE_NAME, {
    message: '$property must begin with a lower-case letter, and have lower-case letters, digits, - and _ only',
  })
  name: string;

  @Describe('What people call it.')
  @IsSingleLine()
  @MinLength(1)
  @MaxLength(100)
  display_name: string;

  @Describe('What it is for.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(300)
  description?: string | null;

  @Describe('Scopes of the management API. A role has only what its maker may do.')
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(PERMISSIONS, { each: true })
  permissions: ManagementScope[];
}

export class UpdateRoleDto {
  @Describe('What people call it.')
  @MayBeAbsent()
  @IsSingleLine()
  @MinLength(1)
  @MaxLength(100)
  display_name?: string;

  @Describe('What it is for.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(300)
  description?: string | null;

  @Describe('Scopes of the management API. Whoever has the role has them at once.')
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(PERMISSIONS, { each: true })
  permissions?: ManagementScope[];
}

export class DeleteRoleQuery extends QueryParameters {
  @Describe('`true`: takes the role from everybody who has it. Otherwise a role that somebody has stays.')
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => toBoolean(value))
  @IsBoolean()
  force?: boolean;
}
