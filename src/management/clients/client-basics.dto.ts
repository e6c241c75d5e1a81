import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import type { JWK } from 'jose';
import { Describe } from '../schema/describe.decorator.js';
import { SCOPE_TOKEN } from '../../oauth/scope.js';
import { APPLICATION_TYPES, type ApplicationType } from '../../oauth/redirect-uri.js';
import { IsEmailAddress, IsName, IsNested, IsSet, IsSingleLine, IsWebAddress } from '../kit/validators.js';

/** RFC 7517 §5; the keys themselves are checked with the rest of the metadata. */
export class JwksDto {
  @Describe('Public keys (RFC 7517, section 4).', { items: { type: 'object', additionalProperties: true } })
  @IsArray()
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  keys: JWK[];
}

/** A client's permissions are pairs of API and scopes. */
export class ClientPermissionDto {
  @Describe('The identifier of an API of the tenant; that of the management API is `{PUBLIC_URL}/api`.')
  @IsString()
  @MaxLength(500)
  api: string;

  @Describe('Names of scopes of that API. Each must be one that the API has.')
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsSet()
  @Matches(SCOPE_TOKEN, { each: true, message: '$property must hold scope names (RFC 6749, section 3.3)' })
  scopes: string[];
}

/** Client metadata that whoever builds an application knows; `null` goes back to the default. */
export class ClientBasicsDto {
  @Describe('What people read, on the consent page for example.')
  @IsOptional()
  @IsName()
  client_name?: string | null;

  @Describe('`web` for one with a server, `native` for one on a device, `browser` for a single-page one.')
  @IsOptional()
  @IsIn(APPLICATION_TYPES)
  application_type?: ApplicationType | null;

  @Describe(
    'How the client authenticates, and then only so. `null`: with its secret, by HTTP Basic or in the body. Default: ' +
      '`null` for a web application, `none` for others.',
  )
  @IsOptional()
  @IsString()
  @MaxLength(100)
  token_endpoint_auth_method?: string | null;

  @Describe('How the client gets tokens. Default: `authorization_code`.')
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsSet()
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  grant_types?: string[] | null;

  @Describe('What the authorization endpoint may answer. Default: `code`, if the grant type is there.')
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsSet()
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  response_types?: string[] | null;

  @Describe(
    'Where answers to authorization requests go, each in full. They are compared character by character; only the port of a native client’s loopback address may differ.',
  )
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsSet()
  @IsString({ each: true })
  redirect_uris?: string[] | null;

  @Describe('Where people may be sent after they signed out, each in full.')
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsSet()
  @IsString({ each: true })
  post_logout_redirect_uris?: string[] | null;

  @Describe(
    'Names separated by spaces: what the client may ask for. A name of an API is bound to the only API of the tenant ' +
      'that has it; `permissions` says which one is meant. A name that no API has is left out.',
  )
  @IsOptional()
  @IsString()
  @MaxLength(4096)
  scope?: string | null;

  @Describe(
    'What the client may ask for at APIs, as pairs of API and scopes. Names that stand here need not stand in `scope`.',
  )
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsSet((permission: ClientPermissionDto | null) => permission?.api)
  @IsNested(() => ClientPermissionDto, { each: true })
  permissions?: ClientPermissionDto[] | null;

  @Describe('Public keys of the client, for `private_key_jwt` (RFC 7523).')
  @IsOptional()
  @IsNested(() => JwksDto)
  jwks?: JwksDto | null;

  @Describe('Home page of the client, linked where its name is shown.')
  @IsOptional()
  @IsWebAddress()
  client_uri?: string | null;

  @Describe('Address of its logo. It is kept and shown by the API; the pages load nothing from elsewhere.')
  @IsOptional()
  @IsWebAddress()
  logo_uri?: string | null;

  @Describe('Its privacy notice.')
  @IsOptional()
  @IsWebAddress()
  policy_uri?: string | null;

  @Describe('Its terms.')
  @IsOptional()
  @IsWebAddress()
  tos_uri?: string | null;

  @Describe('Where the client begins a sign-in, for people who arrived without one (OpenID Connect Core, section 4).')
  @IsOptional()
  @IsWebAddress()
  initiate_login_uri?: string | null;

  @Describe('E-mail addresses of those responsible for the client.')
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @IsEmailAddress({ each: true, message: '$property must hold e-mail addresses' })
  contacts?: string[] | null;

  @Describe('Identifier of the software, the same for all its installations.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(200)
  software_id?: string | null;

  @Describe('Version of the software.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(200)
  software_version?: string | null;
}
