import { Transform } from 'class-transformer';
import type { ApplicationType } from '../../oauth/redirect-uri.js';
import { SearchQuery, toBoolean } from '../kit/list-query.js';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { Describe } from '../schema/describe.decorator.js';
import { CLIENT_ID } from '../../clients/client.js';
import { SIGNING_ALGORITHM_NAMES, type SigningAlgorithmName } from '../../keys/signing-algorithm.js';
import { SCOPE_TOKEN } from '../../oauth/scope.js';
import { ACR_VALUE } from '../../tenants/tenant-policy.js';
import { IsSet, MayBeAbsent } from '../kit/validators.js';

import { ClientBasicsDto } from './client-basics.dto.js';

/** Client metadata, RFC 7591 §2 and OpenID Connect Registration §2; `null` goes back to the default. */
export class ClientMetadataDto extends ClientBasicsDto {
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

export class ListClientsQuery extends SearchQuery {
  @Describe('The order. Default: client_id.')
  @IsOptional()
  @IsIn(['client_id', '-client_id', 'name', '-name'])
  sort?: string;

  @Describe('Only those that may be used, or only those that are disabled.')
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => toBoolean(value))
  @IsBoolean()
  enabled?: boolean;

  @Describe('Only those of this kind.')
  @IsOptional()
  @IsIn(['web', 'native', 'browser'])
  application_type?: ApplicationType;
}
