import { IsBoolean, IsLocale, IsOptional, IsString, IsTimeZone, Matches, MaxLength, MinLength } from 'class-validator';
import { Describe } from '../schema/describe.decorator.js';
import { PageQuery } from '../kit/paging.js';
import { IsEmailAddress, IsNested, IsSingleLine, IsText, IsWebAddress, MayBeAbsent } from '../kit/validators.js';

/** OpenID Connect Core §5.1.1. */
export class AddressDto {
  @IsOptional()
  @IsText()
  @MaxLength(500)
  formatted?: string | null;

  @IsOptional()
  @IsText()
  @MaxLength(200)
  street_address?: string | null;

  @IsOptional()
  @IsSingleLine()
  @MaxLength(200)
  locality?: string | null;

  @IsOptional()
  @IsSingleLine()
  @MaxLength(200)
  region?: string | null;

  @IsOptional()
  @IsSingleLine()
  @MaxLength(50)
  postal_code?: string | null;

  @IsOptional()
  @IsSingleLine()
  @MaxLength(100)
  country?: string | null;
}

/** The standard claims of OpenID Connect Core §5.1, and what the platform keeps about an account. */
export class UserDataDto {
  @Describe('Long rather than complicated; it is never shown again.', { writeOnly: true })
  @MayBeAbsent()
  @IsString()
  @MinLength(1)
  @MaxLength(2048)
  password?: string;

  @IsOptional()
  @IsEmailAddress()
  @MaxLength(254)
  email?: string | null;

  @MayBeAbsent()
  @IsBoolean()
  email_verified?: boolean;

  @Describe('E.164.')
  @IsOptional()
  @Matches(/^\+[1-9]\d{4,14}$/, { message: '$property must be in E.164 form, such as +41441234567' })
  phone_number?: string | null;

  @MayBeAbsent()
  @IsBoolean()
  phone_number_verified?: boolean;

  @IsOptional()
  @IsSingleLine()
  @MaxLength(200)
  name?: string | null;

  @IsOptional()
  @IsSingleLine()
  @MaxLength(100)
  given_name?: string | null;

  @IsOptional()
  @IsSingleLine()
  @MaxLength(100)
  family_name?: string | null;

  @IsOptional()
  @IsSingleLine()
  @MaxLength(100)
  middle_name?: string | null;

  @IsOptional()
  @IsSingleLine()
  @MaxLength(100)
  nickname?: string | null;

  @IsOptional()
  @IsSingleLine()
  @MaxLength(100)
  preferred_username?: string | null;

  @IsOptional()
  @IsWebAddress()
  profile?: string | null;

  @IsOptional()
  @IsWebAddress()
  picture?: string | null;

  @IsOptional()
  @IsWebAddress()
  website?: string | null;

  @IsOptional()
  @IsSingleLine()
  @MaxLength(50)
  gender?: string | null;

  @Describe('YYYY-MM-DD, 0000-MM-DD or YYYY.')
  @IsOptional()
  @Matches(/^\d{4}(-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?$/, {
    message: '$property must be a date such as 1990-12-31, or a year',
  })
  birthdate?: string | null;

  @IsOptional()
  @IsTimeZone({ message: '$property must be a time zone such as Europe/Zurich' })
  zoneinfo?: string | null;

  @IsOptional()
  @IsLocale({ message: '$property must be a language tag such as de-CH' })
  locale?: string | null;

  @IsOptional()
  @IsNested(() => AddressDto)
  address?: AddressDto | null;

  @Describe('May use the management API of this tenant.')
  @MayBeAbsent()
  @IsBoolean()
  tenant_admin?: boolean;

  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;
}

export class CreateUserDto extends UserDataDto {
  @IsString()
  @MinLength(1)
  @MaxLength(128)
  username: string;
}

export class UpdateUserDto extends UserDataDto {
  @MayBeAbsent()
  @IsString()
  @MinLength(1)
  @MaxLength(128)
  username?: string;
}

export class ListUsersQuery extends PageQuery {
  @Describe('A user name or e-mail address, in full.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(254)
  identifier?: string;
}
