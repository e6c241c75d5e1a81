import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import {
  DEVELOPER_REDIRECT_HOST,
  DEVELOPER_REGISTRATIONS,
  DEVELOPER_SCOPE,
  type DeveloperRegistration,
} from '../../tenants/developer-policy.js';
import { POLICY_BOUNDS } from '../../tenants/tenant-policy.js';
import { IsNameInTokens, IsSet } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';
import { AccountPolicyDto } from './account-policy.dto.js';

const BOUNDS = POLICY_BOUNDS;

/** The part of a policy that says what clients people register themselves. */
export class DeveloperPolicyDto extends AccountPolicyDto {
  @Describe(
    'Whether developers register clients of their own: `off` (the default), `with_approval` of an administrator, or ' +
      '`without_approval`.',
  )
  @IsOptional()
  @IsIn(DEVELOPER_REGISTRATIONS)
  developer_registration?: DeveloperRegistration | null;

  @Describe('Names of groups whose members are developers. Default: none, and everybody is one.')
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsSet()
  @IsNameInTokens({ each: true })
  developer_groups?: string[] | null;

  @Describe(
    'Grant types that such clients may have. Default: `authorization_code` and `refresh_token`; others only when they ' +
      'are named here.',
  )
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsSet()
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  developer_grant_types?: string[] | null;

  @Describe(
    'Scopes that such clients may have: those of OpenID Connect by name, those of an API as its identifier, a space and ' +
      'the name. Never those of the management API. Default: `openid`, `profile`, `email` and `offline_access`.',
  )
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsSet()
  @Matches(DEVELOPER_SCOPE, {
    each: true,
    message: '$property must hold names of scopes, or identifiers of APIs each with a space and a name',
  })
  developer_scopes?: string[] | null;

  @Describe(
    'Where redirect URIs of such clients may lead: hosts, `*.` and a host for all hosts below it, `*` for every host, and ' +
      'private-use schemes with their colon. The loopback address of native applications is always allowed. Default: none.',
  )
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsSet()
  @MaxLength(253, { each: true })
  @Matches(DEVELOPER_REDIRECT_HOST, {
    each: true,
    message:
      '$property must hold hosts in lower case such as example.com or *.example.com, or schemes such as com.example.app:',
  })
  developer_redirect_hosts?: string[] | null;

  @Describe('How many clients one developer may own. Default: 10.')
  @IsOptional()
  @IsInt()
  @Min(BOUNDS.developerMaxClients[0])
  @Max(BOUNDS.developerMaxClients[1])
  developer_max_clients?: number | null;
}
