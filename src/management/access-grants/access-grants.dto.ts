import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import {
  ACCESS_LEVELS,
  type AccessLevel,
  GRANT_SECONDS,
  REACHES,
  type Reach,
} from '../../operator-access/access-grant.js';
import { IsSet, IsSingleLine, MayBeAbsent } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';

export class CreateAccessGrantDto {
  @Describe('Why it is needed. The owners of the tenant read it, in their log and by mail.')
  @IsSingleLine()
  @MinLength(10)
  @MaxLength(500)
  reason: string;

  @Describe('Where the reason is written down at length, such as the number of a ticket.')
  @IsOptional()
  @IsSingleLine()
  @MinLength(1)
  @MaxLength(200)
  ticket?: string | null;

  @Describe(
    '`people`: accounts and all below them, invitations, mails, consents, the audit log. `secrets`: clients and webhooks, their secrets and what they may do. Default: `people`.',
  )
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(REACHES.length)
  @IsSet()
  @IsIn(REACHES, { each: true })
  reach?: Reach[];

  @Describe('`read` (the default), or `write`, which includes it.')
  @MayBeAbsent()
  @IsIn(ACCESS_LEVELS)
  level?: AccessLevel;

  @Describe(
    'How long it lasts from its beginning. Default: 3600. The greatest is the policy `operator_access_max_seconds` of the tenant.',
  )
  @MayBeAbsent()
  @IsInt()
  @Min(GRANT_SECONDS.least)
  expires_in_seconds?: number;

  @Describe(
    'For a tenant that asks for approval or forbids access, when nobody there can act. It begins after 24 hours; the owners are mailed at once, and can refuse it until then.',
  )
  @MayBeAbsent()
  @IsBoolean()
  emergency?: boolean;
}
