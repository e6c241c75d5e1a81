import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { CLIENT_ID } from '../../clients/client.js';
import { SCOPE_TOKEN } from '../../oauth/scope.js';
import {
  ASKED_AT,
  ATTRIBUTE_PARTIES,
  ATTRIBUTE_TYPES,
  type AskedAt,
  type AttributeParty,
  type AttributeType,
  CLAIM_TARGETS,
  type ClaimTarget,
  DEFAULT_MAX_ITEMS,
  DEFAULT_MAX_LENGTH,
  MAX_ALLOWED_VALUES,
  MAX_ORDER,
} from '../../tenants/user-attributes.js';
import { IsNested, IsSet } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';

/** In addresses and members of JSON. */
export const ATTRIBUTE_NAME = /^[a-z][a-z0-9_]{0,62}$/;
/** A word, or a URI as RFC 7519 §4.2 wants it of names that others could use too. */
const CLAIM_NAME = /^[A-Za-z][A-Za-z0-9_.:/#-]{0,127}$/;

/** How the attribute is released. */
export class AttributeClaimDto {
  @Describe('Name of the claim: none of a specification. A URI is nobody else’s, such as `https://acme.example/team`.')
  @Matches(CLAIM_NAME, { message: '$property must be a word or a URI of up to 128 characters' })
  name: string;

  @Describe('One of these has to be granted: `openid`, `profile`, `email`, `phone`, `address`, or scopes of APIs.')
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsSet()
  @Matches(SCOPE_TOKEN, { each: true, message: 'each value in $property must be a scope name' })
  scopes: string[];

  @Describe('To these clients alone. Default: to all.')
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsSet()
  @IsString({ each: true })
  @Matches(CLIENT_ID, { each: true, message: 'each value in $property must be a client_id' })
  client_ids?: string[] | null;

  @Describe(
    'Where it is sent. Default: in the ID token and at userinfo. An access token has it when it is a JWT for an API.',
  )
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @IsSet()
  @IsIn(CLAIM_TARGETS, { each: true })
  tokens?: ClaimTarget[] | null;

  @Describe(
    'The tenant knows that people choose the value themselves. It has to be `true` when `editable_by` has, or once had, `user`. Default: `false`.',
  )
  @IsOptional()
  @IsBoolean()
  self_asserted?: boolean | null;
}

/** A value that people and administrators can choose. */
export class AllowedValueDto {
  @Describe('As it is kept and released.')
  @IsString()
  @MaxLength(1000)
  value: string;

  @Describe('What people call it, by BCP 47 tag. Default: the value.', {
    additionalProperties: { type: 'string', maxLength: 100 },
  })
  @IsOptional()
  @IsObject()
  labels?: Record<string, string> | null;
}

/** `null` goes back to the default. */
export class UserAttributeDataDto {
  @Describe('What people call it, by BCP 47 tag.', { additionalProperties: { type: 'string', maxLength: 100 } })
  @IsOptional()
  @IsObject()
  labels?: Record<string, string> | null;

  @Describe(`Characters of a text, or of each text of a list. Default: ${DEFAULT_MAX_LENGTH}. Values of before stay.`)
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  max_length?: number | null;

  @Describe(`Texts of a list. Default: ${DEFAULT_MAX_ITEMS}. Values of before stay.`)
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(50)
  max_items?: number | null;

  @Describe(
    'Who sees values: `user` on the account pages and by the account API, `admin` by this API with `users:read`. Default: `admin`.',
  )
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @IsSet()
  @IsIn(ATTRIBUTE_PARTIES, { each: true })
  readable_by?: AttributeParty[] | null;

  @Describe('Who changes values, within `readable_by`; an empty list: nobody. Default: `admin`, with `users:write`.')
  @IsOptional()
  @IsArray()
  @IsSet()
  @IsIn(ATTRIBUTE_PARTIES, { each: true })
  editable_by?: AttributeParty[] | null;

  @Describe(
    'When people without a value are asked for one: at the sign-up, at the next sign-in to an application. Default: never.',
  )
  @IsOptional()
  @IsArray()
  @IsSet()
  @IsIn(ASKED_AT, { each: true })
  required_at?: AskedAt[] | null;

  @Describe(
    'The values there are, of a text or of each text of a list, in their order. Default, and with an empty list: there is no such list. Values of before stay.',
  )
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_ALLOWED_VALUES)
  @IsNested(() => AllowedValueDto, { each: true })
  allowed_values?: AllowedValueDto[] | null;

  @Describe('Where it stands among the others on pages and in lists: small numbers first. Default: 0.')
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_ORDER)
  order?: number | null;

  @Describe('How applications get it, replaced as a whole. Default: they do not.')
  @IsOptional()
  @IsNested(() => AttributeClaimDto)
  claim?: AttributeClaimDto | null;
}

export class CreateUserAttributeDto extends UserAttributeDataDto {
  @Describe('Its name in `attributes` of users: lower-case letters, digits and `_`. It stays.')
  @Matches(ATTRIBUTE_NAME, {
    message: '$property must begin with a lower-case letter, and have lower-case letters, digits and _ only',
  })
  name: string;

  @Describe('What its values are. It stays.')
  @IsIn(ATTRIBUTE_TYPES)
  type: AttributeType;
}

export class UpdateUserAttributeDto extends UserAttributeDataDto {}
