import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsObject, IsUUID, Matches, MaxLength } from 'class-validator';
import { MAX_OPERATIONS } from '../kit/bulk-writes.js';
import { ROLE_NAME } from '../kit/role-name.js';
import { IsNested, IsSingleLine, MayBeAbsent } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';

export const USER_OPERATIONS = [
  'create',
  'update',
  'enable',
  'disable',
  'delete',
  'give_role',
  'take_role',
  'add_to_group',
  'remove_from_group',
] as const;

export class UserOperationDto {
  @Describe('What is done. `give_role` and `take_role` take the scope `roles:write` too.')
  @IsIn(USER_OPERATIONS)
  op: (typeof USER_OPERATIONS)[number];

  @Describe('The user, for all but `create`.')
  @MayBeAbsent()
  @IsUUID(undefined, { message: '$property must be the id of a user' })
  id?: string;

  @Describe('What the user is to have: as for `POST /users` with `create`, as for `PATCH` with `update`.', {
    additionalProperties: true,
  })
  @MayBeAbsent()
  @IsObject()
  data?: Record<string, unknown>;

  @Describe('The entity tag that the user has to have, for `update`, `enable`, `disable` and `delete`.')
  @MayBeAbsent()
  @IsSingleLine()
  @MaxLength(200)
  if_match?: string;

  @Describe('Name of the role at the management API.')
  @MayBeAbsent()
  @Matches(ROLE_NAME, { message: '$property must be the name of a role' })
  role?: string;

  @Describe('Id of the group.')
  @MayBeAbsent()
  @IsUUID(undefined, { message: '$property must be the id of a group' })
  group_id?: string;
}

export class BulkUsersDto {
  @Describe('Done one after the other. One that is refused stops none of the others.')
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_OPERATIONS)
  @IsNested(() => UserOperationDto, { each: true })
  operations: UserOperationDto[];
}
