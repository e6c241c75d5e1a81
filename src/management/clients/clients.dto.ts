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
import type { JWK } from 'jose';
import { Describe } from '../schema/describe.decorator.js';
import { CLIENT_ID } from '../../clients/client.js';
import { SIGNING_ALGORITHM_NAMES, type SigningAlgorithmName } from '../../keys/signing-algorithm.js';
import { SCOPE_TOKEN } from '../../oauth/scope.js';
import { APPLICATION_TYPES, type ApplicationType } from '../../oauth/redirect-uri.js';
import { ACR_VALUE } from '../../tenants/tenant-policy.js';
import { IsEmailAddress, IsName, IsNested, IsSet, IsSingleLine, IsWebAddress, MayBeAbsent } from '../kit/validators.js';

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

/** Client metadata, RFC 7591 §2 and OpenID Connect Registration §2; `null` goes back to the default. */
export class ClientMetadataDto {
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

  @Describe(
    'Signs the client’s ID tokens, at once: its key is published before this request is answered. Default: the tenant’s ' +
      '`id_token_signing_alg`. The answer shows the algorithm in use.',
  )
  @IsOptional()
  @IsIn(SIGNING_ALGORITHM_NAMES)
  id_token_signed_response_alg?: SigningAlgorithmName | null;

  @Describe(
    'The ID token from the token endpoint leaves out the claims of the granted scopes (name, e-mail and others), and the ' +
      'client asks the userinfo endpoint. Default: `false`.',
  )
  @IsOptional()
  @IsBoolean()
  slim_id_token?: boolean | null;

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

  @Describe('The tenant’s own application: users are not asked for consent.')
  @IsOptional()
  @IsBoolean()
  first_party?: boolean | null;

  @Describe(
    '`true` asks a confidential client for PKCE in every request, `false` excuses it; default: the tenant’s policy.',
  )
  @IsOptional()
  @IsBoolean()
  require_pkce?: boolean | null;

  @Describe('Default: public clients rotate, confidential ones do not.')
  @IsOptional()
  @IsBoolean()
  refresh_token_rotation?: boolean | null;

  @Describe(
    '`false` also accepts the token endpoint as audience of an assertion, several audiences, and a lifetime of up to an ' +
      'hour instead of ten minutes; default: the issuer only.',
  )
  @IsOptional()
  @IsBoolean()
  strict_assertion_audience?: boolean | null;

  @Describe('Users sign in with two factors to this client, whatever the policy of the tenant. Default: false.')
  @IsOptional()
  @IsBoolean()
  require_second_factor?: boolean | null;

  @Describe('`acr_values` of requests that name none, the best first: values that the policy `acr_values` has.')
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsSet()
  @IsString({ each: true })
  @Matches(ACR_VALUE, { each: true, message: '$property must hold values without spaces, of at most 200 characters' })
  default_acr_values?: string[] | null;

  @Describe('`max_age` of requests that name none: people who signed in longer ago do so again. In seconds.')
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(31_536_000)
  default_max_age?: number | null;

  @Describe(
    'Names of scopes of this client that users may leave out when they are asked for consent. The token then has less ' +
      'than was asked for, and its answer says so in `scope`. Default: none.',
  )
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsSet()
  @Matches(SCOPE_TOKEN, { each: true, message: '$property must hold scope names (RFC 6749, section 3.3)' })
  optional_scopes?: string[] | null;

  @Describe(
    'Somebody of the tenant has looked at the client: the consent page says that the tenant approved it. Default: ' +
      '`false`, and the page says that it was not reviewed.',
  )
  @IsOptional()
  @IsBoolean()
  reviewed?: boolean | null;

  @Describe('A disabled client gets no tokens, and those it has do not work. Default: true.')
  @IsOptional()
  @IsBoolean()
  enabled?: boolean | null;
}

export class CreateClientDto extends ClientMetadataDto {
  @Describe('To keep the identifier of an import; default: made here.')
  @MayBeAbsent()
  @IsString()
  @Matches(CLIENT_ID, { message: '$property must have 1 to 200 visible ASCII characters' })
  client_id?: string;

  @Describe('To keep the secret of an import; default: made here.', { writeOnly: true })
  @MayBeAbsent()
  @IsString()
  @Matches(/^[\x20-\x7e]{16,256}$/, { message: '$property must have 16 to 256 ASCII characters' })
  client_secret?: string;
}

export class UpdateClientDto extends ClientMetadataDto {}
