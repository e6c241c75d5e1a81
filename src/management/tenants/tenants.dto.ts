import { IsIn, IsOptional, Matches } from 'class-validator';
import { Describe } from '../schema/describe.decorator.js';
import { SLUG } from '../../tenants/tenant-addresses.js';
import type { TenantStatus } from '../../tenants/tenant.js';
import { IsName, IsNested, MayBeAbsent } from '../kit/validators.js';
import { BrandingDto } from './branding.dto.js';
import { PolicyDto } from './policy.dto.js';

/** What a new tenant and a changed one have in common. */
export class TenantDataDto {
  @Describe('The tenant’s rules; `null` for all of the platform’s defaults.')
  @IsOptional()
  @IsNested(() => PolicyDto)
  policy?: PolicyDto | null;

  @Describe('The look of the tenant’s pages; `null` for the platform’s.')
  @IsOptional()
  @IsNested(() => BrandingDto)
  branding?: BrandingDto | null;
}

export class CreateTenantDto extends TenantDataDto {
  @Describe(
    'Short name in addresses: the issuers are `{PUBLIC_URL}/t/{slug}` and the host below the platform’s suffix. It stays.',
  )
  @Matches(SLUG, { message: '$property must be 1 to 63 lower-case letters, digits and inner hyphens' })
  slug: string;

  @Describe('The name people read.')
  @IsName()
  display_name: string;
}

export class UpdateTenantDto extends TenantDataDto {
  @Describe('The name people read.')
  @MayBeAbsent()
  @IsName()
  display_name?: string;

  @Describe('A suspended tenant answers as if it did not exist, and none of its tokens work. Only operators change it.')
  @MayBeAbsent()
  @IsIn(['active', 'suspended'])
  status?: TenantStatus;
}
