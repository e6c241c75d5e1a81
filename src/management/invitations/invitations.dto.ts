import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { LOCALES } from '../../language/messages.js';
import { INVITATION_LIFETIME_SECONDS } from '../../registration/invitations.js';
import { DatedSearchQuery } from '../kit/list-query.js';
import { ROLE_NAME } from '../kit/role-name.js';
import { IsMailAddress, IsSingleLine, MayBeAbsent } from '../kit/validators.js';
import { Deprecated } from '../schema/deprecation.js';
import { Describe } from '../schema/describe.decorator.js';

export class CreateInvitationDto {
  @Describe('Where the invitation is sent. It becomes the verified address of the account.')
  @IsMailAddress()
  @MaxLength(254)
  email: string;

  @Describe(
    'User name of the account. Without one the person is asked, or the address is it (policy sign_up_attributes).',
  )
  @MayBeAbsent()
  @IsString()
  @MinLength(1)
  @MaxLength(128)
  username?: string;

  @Describe('Full name, which the person can change.')
  @MayBeAbsent()
  @IsSingleLine()
  @MaxLength(200)
  name?: string;

  @Describe('First name or names.')
  @MayBeAbsent()
  @IsSingleLine()
  @MaxLength(100)
  given_name?: string;

  @Describe('Surname or surnames.')
  @MayBeAbsent()
  @IsSingleLine()
  @MaxLength(100)
  family_name?: string;

  @Describe(
    'The account has the role `owner`: may do everything at the management API of this tenant. Takes every permission.',
  )
  @Deprecated({ since: '2026-11-27', sunset: '2027-12-01', instead: '`roles` with `owner`' })
  @MayBeAbsent()
  @IsBoolean()
  tenant_admin?: boolean;

  @Describe(
    'Names of roles at the management API that the account has from the beginning. Takes every permission in them.',
  )
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(ROLE_NAME, { each: true, message: 'each value in $property must be the name of a role' })
  roles?: string[];

  @Describe('Language of the mail. Default: the tenant’s.')
  @IsOptional()
  @IsIn(LOCALES)
  locale?: string | null;

  @Describe('How long the invitation is valid. Default: 604800, a week.')
  @IsOptional()
  @IsInt()
  @Min(INVITATION_LIFETIME_SECONDS.least)
  @Max(INVITATION_LIFETIME_SECONDS.greatest)
  expires_in_seconds?: number | null;
}

export class ListInvitationsQuery extends DatedSearchQuery {
  @Describe('The order. Default: created_at.')
  @IsOptional()
  @IsIn(['created_at', '-created_at', 'email', '-email'])
  sort?: string;

  @Describe('Only those in this state.')
  @IsOptional()
  @IsIn(['pending', 'accepted', 'withdrawn', 'expired'])
  status?: 'pending' | 'accepted' | 'withdrawn' | 'expired';
}
