import { applyDecorators } from '@nestjs/common';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { DEFAULT_PROFILE_ACCESS, PROFILE_ACCESS, type ProfileAccess } from '../../tenants/profile-fields.js';
import { OPERATOR_ACCESS_CHOICES, type OperatorAccessChoice, POLICY_BOUNDS } from '../../tenants/tenant-policy.js';
import { IsNested } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';
import { SecondFactorPolicyDto } from './second-factor-policy.dto.js';

const BOUNDS = POLICY_BOUNDS;

/** A member of a profile on the account pages. */
function IsProfileAccess(what: string, fallback: ProfileAccess): PropertyDecorator {
  return applyDecorators(Describe(`${what} Default: ${fallback}.`), IsOptional(), IsIn(PROFILE_ACCESS));
}

/** What people see and change of their own profile; `null` goes back to the platform's default. */
export class ProfileFieldsDto {
  @IsProfileAccess('Full name.', DEFAULT_PROFILE_ACCESS.name)
  name?: ProfileAccess | null;

  @IsProfileAccess('First name or names.', DEFAULT_PROFILE_ACCESS.given_name)
  given_name?: ProfileAccess | null;

  @IsProfileAccess('Surname or surnames.', DEFAULT_PROFILE_ACCESS.family_name)
  family_name?: ProfileAccess | null;

  @IsProfileAccess('Middle name or names.', DEFAULT_PROFILE_ACCESS.middle_name)
  middle_name?: ProfileAccess | null;

  @IsProfileAccess('A casual name.', DEFAULT_PROFILE_ACCESS.nickname)
  nickname?: ProfileAccess | null;

  @IsProfileAccess('The name the person wants to go by.', DEFAULT_PROFILE_ACCESS.preferred_username)
  preferred_username?: ProfileAccess | null;

  @IsProfileAccess('Address of a picture; people may enter https only.', DEFAULT_PROFILE_ACCESS.picture)
  picture?: ProfileAccess | null;

  @IsProfileAccess('Address of a profile page.', DEFAULT_PROFILE_ACCESS.profile)
  profile?: ProfileAccess | null;

  @IsProfileAccess('Address of a web page or blog.', DEFAULT_PROFILE_ACCESS.website)
  website?: ProfileAccess | null;

  @IsProfileAccess('Any text.', DEFAULT_PROFILE_ACCESS.gender)
  gender?: ProfileAccess | null;

  @IsProfileAccess('Date of birth.', DEFAULT_PROFILE_ACCESS.birthdate)
  birthdate?: ProfileAccess | null;

  @IsProfileAccess('Language, also of the pages and mails.', DEFAULT_PROFILE_ACCESS.locale)
  locale?: ProfileAccess | null;

  @IsProfileAccess('Time zone.', DEFAULT_PROFILE_ACCESS.zoneinfo)
  zoneinfo?: ProfileAccess | null;

  @IsProfileAccess('Postal address.', DEFAULT_PROFILE_ACCESS.address)
  address?: ProfileAccess | null;

  @IsProfileAccess('E-mail address; a new one counts once it is verified.', DEFAULT_PROFILE_ACCESS.email)
  email?: ProfileAccess | null;

  @IsProfileAccess('Phone number; it is not verified.', DEFAULT_PROFILE_ACCESS.phone_number)
  phone_number?: ProfileAccess | null;
}

/** The part of a tenant's policy that is about people's own accounts. */
export class AccountPolicyDto extends SecondFactorPolicyDto {
  @Describe('What people see and change of their own profile: `hidden`, `shown` or `editable` for each member.')
  @IsOptional()
  @IsNested(() => ProfileFieldsDto)
  profile_fields?: ProfileFieldsDto | null;

  @Describe('Whether people may ask for the deletion of their own account. Default: off.')
  @IsOptional()
  @IsIn(['off', 'on'])
  account_deletion?: 'off' | 'on' | null;

  @Describe('How many days such an account stays, and can be kept after all. Default: 14.')
  @IsOptional()
  @IsInt()
  @Min(BOUNDS.accountDeletionGraceDays[0])
  @Max(BOUNDS.accountDeletionGraceDays[1])
  account_deletion_grace_days?: number | null;

  @Describe(
    'What operators of the platform need to reach into people and secrets of the tenant: nothing (`open`), an access ' +
      'grant that they make themselves (`by_grant`), one that an owner approves (`by_approval`), or it is `forbidden`. ' +
      'Operators can only make it stricter for a tenant that is there. Default: open; a new installation in production ' +
      'begins with by_grant. It cannot be locked.',
  )
  @IsOptional()
  @IsIn(OPERATOR_ACCESS_CHOICES)
  operator_access?: OperatorAccessChoice | null;

  @Describe('How long an access grant of an operator lasts at most. Default: 8 hours.')
  @IsOptional()
  @IsInt()
  @Min(BOUNDS.operatorAccessMaxSeconds[0])
  @Max(BOUNDS.operatorAccessMaxSeconds[1])
  operator_access_max_seconds?: number | null;
}
