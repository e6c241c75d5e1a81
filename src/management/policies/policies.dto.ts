import { ArrayUnique, IsArray, IsIn, IsOptional, Matches, MaxLength } from 'class-validator';
import { CLIENT_ID } from '../../clients/client.js';
import { PageQuery, QueryParameters } from '../kit/paging.js';
import { IsName, IsNested, IsSingleLine, MayBeAbsent } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';
import { LOCKABLE_MEMBER_NAMES } from '../tenants/policy-members.js';
import { PolicyDto } from '../tenants/policy.dto.js';
import { TEMPLATE_NAME } from '../tenants/tenants.dto.js';

/** What the platform and a template have in common. */
export class PolicyLayerDto {
  @Describe('What every tenant below inherits unless it decides otherwise; `null` to decide nothing.')
  @IsOptional()
  @IsNested(() => PolicyDto)
  policy?: PolicyDto | null;

  @Describe(
    'Members that nothing below decides. What a tenant set of them is kept, is not in force, and comes back with the lock gone. A member can be locked without a value: then what is above it holds.',
  )
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(LOCKABLE_MEMBER_NAMES, { each: true })
  policy_locks?: string[] | null;
}

export class UpdatePlatformPolicyDto extends PolicyLayerDto {}

export class CreatePolicyTemplateDto extends PolicyLayerDto {
  @Describe('Lower-case letters, digits, `-` and `_`. It stays.')
  @Matches(TEMPLATE_NAME, {
    message: '$property must begin with a lower-case letter, and have lower-case letters, digits, - and _ only',
  })
  name: string;

  @Describe('What people call it.')
  @IsName(100)
  display_name: string;

  @Describe('What it is for.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(300)
  description?: string | null;
}

export class UpdatePolicyTemplateDto extends PolicyLayerDto {
  @Describe('What people call it.')
  @MayBeAbsent()
  @IsName(100)
  display_name?: string;

  @Describe('What it is for.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(300)
  description?: string | null;
}

/** Of writes to what many tenants inherit. With `dry_run`, `limit` and `after` are about the tenants below. */
export class LayerDryRunQuery extends PageQuery {
  @Describe('`true`: nothing is changed; the answer says which clients and users the new policy would break.')
  @IsOptional()
  @IsIn(['true', 'false'])
  dry_run?: string;
}

/** Of `GET .../policy/effective`. */
export class EffectivePolicyQuery extends QueryParameters {
  @Describe('`true`: says of every member where its value comes from.')
  @IsOptional()
  @IsIn(['true', 'false'])
  explain?: string;

  @Describe('As it holds for this client.')
  @IsOptional()
  @Matches(CLIENT_ID, { message: '$property must be the identifier of a client' })
  client_id?: string;
}
