import { ArrayUnique, IsArray, IsIn, IsInt, IsOptional, Matches, Max, MaxLength, Min } from 'class-validator';
import { LOCALES } from '../../language/messages.js';
import { Describe } from '../schema/describe.decorator.js';
import { KEPT_DAYS } from '../../tenants/former-slugs.js';
import { SLUG } from '../../tenants/tenant-addresses.js';
import type { TenantStatus } from '../../tenants/tenant.js';
import { DatedSearchQuery } from '../kit/list-query.js';
import { IsMailAddress, IsName, IsNested, IsSingleLine, MayBeAbsent } from '../kit/validators.js';
import { ROLE_NAME } from '../kit/role-name.js';
import { BrandingDto } from './branding.dto.js';
import { CLIENT_MEMBER_NAMES } from './policy-members.js';
import { PolicyDto } from './policy.dto.js';
import { QueryParameters } from '../kit/paging.js';

const SLUG_FAULT = '$property must be 1 to 63 lower-case letters, digits and inner hyphens';

/** Who is to administer a new tenant. */
export class FirstAdminDto {
  @Describe('Where the invitation is sent. It becomes the verified address of the account.')
  @IsMailAddress()
  @MaxLength(254)
  email: string;

  @Describe('Full name, which the person can change.')
  @MayBeAbsent()
  @IsSingleLine()
  @MaxLength(200)
  name?: string;

  @Describe('Language of the mail. Default: the tenant’s.')
  @IsOptional()
  @IsIn(LOCALES)
  locale?: string | null;
}

/** As a role’s. */
export const TEMPLATE_NAME = ROLE_NAME;

/** What a new tenant and a changed one have in common. */
export class TenantDataDto {
  @Describe('The tenant’s rules; `null` for all of the platform’s defaults.')
  @IsOptional()
  @IsNested(() => PolicyDto)
  policy?: PolicyDto | null;

  @Describe(
    'The policy template that the tenant inherits from; `null` for none. Only operators change it, at once for all that the template decides.',
  )
  @IsOptional()
  @Matches(TEMPLATE_NAME, { message: '$property must be the name of a policy template' })
  policy_template?: string | null;

  @Describe(
    'Members of the policy that clients do not decide for themselves: what a client registered of them is kept and not in force.',
  )
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(CLIENT_MEMBER_NAMES, { each: true })
  policy_locks?: string[] | null;

  @Describe('The look of the tenant’s pages; `null` for the platform’s.')
  @IsOptional()
  @IsNested(() => BrandingDto)
  branding?: BrandingDto | null;
}

export class CreateTenantDto extends TenantDataDto {
  @Describe(
    'Short name in addresses: the issuers are `{PUBLIC_URL}/t/{slug}` and the host below the platform’s suffix.',
  )
  @Matches(SLUG, { message: SLUG_FAULT })
  slug: string;

  @Describe('The name people read.')
  @IsName()
  display_name: string;

  @Describe(
    'Invites the first administrator by mail, in the same transaction. The answer then has `readiness`. Without a policy `sign_up` it becomes `invitation`. Takes every permission an administrator may have.',
  )
  @MayBeAbsent()
  @IsNested(() => FirstAdminDto)
  admin?: FirstAdminDto;
}

export class UpdateTenantDto extends TenantDataDto {
  @Describe(
    'Another short name in addresses. The addresses of the old one stay issuers for `former_slug_days`. Only operators change it.',
  )
  @MayBeAbsent()
  @Matches(SLUG, { message: SLUG_FAULT })
  slug?: string;

  @Describe(`With \`slug\`: how many days the addresses of the old slug go on answering. Default: ${KEPT_DAYS.usual}.`)
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(KEPT_DAYS.most)
  former_slug_days?: number;

  @Describe('The name people read.')
  @MayBeAbsent()
  @IsName()
  display_name?: string;

  @Describe('A suspended tenant answers as if it did not exist, and none of its tokens work. Only operators change it.')
  @MayBeAbsent()
  @IsIn(['active', 'suspended'])
  status?: TenantStatus;
}

/** Of writes that change policy. */
export class DryRunQuery extends QueryParameters {
  @Describe('`true`: nothing is changed; the answer says which clients and users the new policy would break.')
  @IsOptional()
  @IsIn(['true', 'false'])
  dry_run?: string;
}

export class ListTenantsQuery extends DatedSearchQuery {
  @Describe('The order. Default: created_at.')
  @IsOptional()
  @IsIn(['created_at', '-created_at', 'slug', '-slug', 'display_name', '-display_name'])
  sort?: string;

  @Describe('Only those in this state.')
  @IsOptional()
  @IsIn(['active', 'suspended'])
  status?: TenantStatus;

  @Describe('Only those that inherit from this policy template. For operators.')
  @IsOptional()
  @Matches(TEMPLATE_NAME, { message: '$property must be the name of a policy template' })
  policy_template?: string;
}
