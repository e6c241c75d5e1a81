import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsLocale,
  IsObject,
  IsOptional,
  IsString,
  IsTimeZone,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
} from 'class-validator';
import { Describe } from '../schema/describe.decorator.js';
import type { Schema } from '../schema/schema.js';
import { DatedSearchQuery, toBoolean } from '../kit/list-query.js';
import { ROLE_NAME } from '../kit/role-name.js';
import { IsEmailAddress, IsNested, IsSingleLine, IsText, IsWebAddress, MayBeAbsent } from '../kit/validators.js';

const USER_SORTS = ['created_at', 'username', 'email', 'name'].flatMap((name) => [name, `-${name}`]);

/** Which of them it is says the definition of the attribute. */
export const ATTRIBUTE_VALUE: Schema = {
  anyOf: [
    { type: ['string', 'number', 'boolean', 'null'] },
    { type: 'array', items: { type: 'string' }, maxItems: 50 },
  ],
};

/** OpenID Connect Core §5.1.1. */
export class AddressDto {
  @Describe('The whole address as it is written on an envelope.')
  @IsOptional()
  @IsText()
  @MaxLength(500)
  formatted?: string | null;

  @Describe('Street, house number and what belongs to it, on several lines if needed.')
  @IsOptional()
  @IsText()
  @MaxLength(200)
  street_address?: string | null;

  @Describe('City or place.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(200)
  locality?: string | null;

  @Describe('State, province or canton.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(200)
  region?: string | null;

  @Describe('Postal code.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(50)
  postal_code?: string | null;

  @Describe('Name of the country.')
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

  @Describe('E-mail address; it signs in like the user name, and is nobody else’s in the tenant.')
  @IsOptional()
  @IsEmailAddress()
  @MaxLength(254)
  email?: string | null;

  @Describe('The address is known to be the person’s. A new address is not, unless the same request says so.')
  @MayBeAbsent()
  @IsBoolean()
  email_verified?: boolean;

  @Describe('E.164.')
  @IsOptional()
  @Matches(/^\+[1-9]\d{4,14}$/, { message: '$property must be in E.164 form, such as +41441234567' })
  phone_number?: string | null;

  @Describe('The number is known to be the person’s. A new number is not, unless the same request says so.')
  @MayBeAbsent()
  @IsBoolean()
  phone_number_verified?: boolean;

  @Describe('Full name as people read it.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(200)
  name?: string | null;

  @Describe('First name or names.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(100)
  given_name?: string | null;

  @Describe('Surname or surnames.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(100)
  family_name?: string | null;

  @Describe('Middle name or names.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(100)
  middle_name?: string | null;

  @Describe('A casual name.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(100)
  nickname?: string | null;

  @Describe('The name the person wants to go by; not the one that signs in.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(100)
  preferred_username?: string | null;

  @Describe('Address of a profile page.')
  @IsOptional()
  @IsWebAddress()
  profile?: string | null;

  @Describe('Address of a picture.')
  @IsOptional()
  @IsWebAddress()
  picture?: string | null;

  @Describe('Address of a web page or blog.')
  @IsOptional()
  @IsWebAddress()
  website?: string | null;

  @Describe('Any text, such as `female` or `male`.')
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

  @Describe('Time zone, such as Europe/Zurich.')
  @IsOptional()
  @IsTimeZone({ message: '$property must be a time zone such as Europe/Zurich' })
  zoneinfo?: string | null;

  @Describe('Language tag (BCP 47), such as de-CH.')
  @IsOptional()
  @IsLocale({ message: '$property must be a language tag such as de-CH' })
  locale?: string | null;

  @Describe('Postal address; its members are merged one by one.')
  @IsOptional()
  @IsNested(() => AddressDto)
  address?: AddressDto | null;

  @Describe(
    'What the tenant defines itself (`/user-attributes`), by name; merged one by one, and `null` removes a value.',
    {
      additionalProperties: ATTRIBUTE_VALUE,
    },
  )
  @MayBeAbsent()
  @IsObject()
  attributes?: Record<string, unknown>;

  @Describe('Has the role `owner`: may do everything at the management API of this tenant.')
  @MayBeAbsent()
  @IsBoolean()
  tenant_admin?: boolean;

  @Describe('A disabled user cannot sign in; every session and token has ended. Default: true.')
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;

  @Describe(
    'The person has to choose a new password at the next sign-in. A new password sets it back, unless the same request or ' +
      'the policy `temporary_password` says otherwise. Default: false.',
  )
  @MayBeAbsent()
  @IsBoolean()
  must_change_password?: boolean;
}

export class CreateUserDto extends UserDataDto {
  @Describe('What the person signs in with, nobody else’s in the tenant. Case and width make no difference.')
  @IsString()
  @MinLength(1)
  @MaxLength(128)
  username: string;
}

export class UpdateUserDto extends UserDataDto {
  @Describe('What the person signs in with, nobody else’s in the tenant. Case and width make no difference.')
  @MayBeAbsent()
  @IsString()
  @MinLength(1)
  @MaxLength(128)
  username?: string;
}

export class ListUsersQuery extends DatedSearchQuery {
  @Describe('The order. Default: created_at.')
  @IsOptional()
  @IsIn(USER_SORTS)
  sort?: string;

  @Describe('A user name or e-mail address, in full.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(254)
  identifier?: string;

  @Describe('Only those that may sign in, or only those that are disabled.')
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => toBoolean(value))
  @IsBoolean()
  enabled?: boolean;

  @Describe('Only those whose e-mail address is verified, or is not.')
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => toBoolean(value))
  @IsBoolean()
  email_verified?: boolean;

  @Describe('Only those with this role at the management API.')
  @IsOptional()
  @Matches(ROLE_NAME, { message: '$property must be the name of a role' })
  role?: string;

  @Describe('Only the members of this group, by its id.')
  @IsOptional()
  @IsUUID(undefined, { message: '$property must be the id of a group' })
  group_id?: string;
}
