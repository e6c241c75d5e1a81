import { DatedSearchQuery } from '../kit/list-query.js';
import {
  ArrayMaxSize,
  IsArray,
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
import { Describe } from '../schema/describe.decorator.js';
import { SCOPE_TOKEN } from '../../oauth/scope.js';
import {
  ACCESS_TOKEN_FORMATS,
  ACCESS_TOKEN_TYPS,
  type AccessTokenFormat,
  type AccessTokenTyp,
  ROLES_IN_TOKENS,
  type RolesInTokens,
} from '../../resources/api.js';
import { POLICY_BOUNDS } from '../../tenants/tenant-policy.js';
import { IsName, IsNested, IsSet, MayBeAbsent } from '../kit/validators.js';

const [MIN_LIFETIME, MAX_LIFETIME] = POLICY_BOUNDS.accessTokenLifetimeSeconds;

export class ApiScopeDto {
  @Describe('What clients ask for in `scope`.')
  @Matches(SCOPE_TOKEN, { message: '$property must be a scope name (RFC 6749, section 3.3)' })
  name: string;

  @Describe('One sentence for the person who is asked.')
  @IsName(300)
  description: string;

  @Describe('The same in other languages, by BCP 47 tag.', { additionalProperties: { type: 'string', maxLength: 300 } })
  @IsOptional()
  @IsObject()
  descriptions?: Record<string, string>;
}

/** `null` goes back to the default. */
export class ApiDataDto {
  @Describe('What tokens of this API may allow.')
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsSet((scope: ApiScopeDto | null) => scope?.name)
  @IsNested(() => ApiScopeDto, { each: true })
  scopes?: ApiScopeDto[] | null;

  @Describe(
    '`jwt` (RFC 9068), which the API verifies alone, or `opaque`, about which it asks (RFC 7662). Default: `jwt`.',
  )
  @IsOptional()
  @IsIn(ACCESS_TOKEN_FORMATS)
  access_token_format?: AccessTokenFormat | null;

  @Describe(
    'The `typ` in the header of JWT access tokens. Default: `at+jwt` (RFC 9068). `JWT` is for resource servers that know ' +
      'nothing else. After a change, introspection and userinfo take tokens of the type `JWT` only while the API has it.',
  )
  @IsOptional()
  @IsIn(ACCESS_TOKEN_TYPS)
  access_token_typ?: AccessTokenTyp | null;

  @Describe('How long its access tokens live. Default: the tenant’s policy.')
  @IsOptional()
  @IsInt()
  @Min(MIN_LIFETIME)
  @Max(MAX_LIFETIME)
  access_token_lifetime_seconds?: number | null;

  @Describe('The clients as which this resource may ask about its tokens (RFC 7662).')
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @IsSet()
  @MaxLength(200, { each: true })
  @Matches(CLIENT_ID, { each: true, message: '$property must hold identifiers of clients' })
  introspection_client_ids?: string[] | null;

  @Describe(
    'What its tokens say of API roles: `off`; `claims`: a JWT has `roles` and `permissions`; `claims_and_scope`: moreover ' +
      'the scope has no more than the roles allow. Default: `off`.',
  )
  @IsOptional()
  @IsIn(ROLES_IN_TOKENS)
  roles_in_tokens?: RolesInTokens | null;
}

export class CreateApiDto extends ApiDataDto {
  @Describe('Absolute URI without fragment (RFC 8707, section 2): the audience of its tokens.')
  @IsString()
  @MaxLength(500)
  identifier: string;

  @Describe('The name people read.')
  @IsName()
  display_name: string;
}

export class UpdateApiDto extends ApiDataDto {
  @Describe('The name people read.')
  @MayBeAbsent()
  @IsName()
  display_name?: string;
}

export class ListApisQuery extends DatedSearchQuery {
  @Describe('The order. Default: created_at.')
  @IsOptional()
  @IsIn(['created_at', 'identifier', 'display_name'].flatMap((name) => [name, `-${name}`]))
  sort?: string;
}
