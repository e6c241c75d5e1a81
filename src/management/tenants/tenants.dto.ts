import {
  ArrayMaxSize,
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
  MinLength,
} from 'class-validator';
import { Describe } from '../schema/describe.decorator.js';
import { refTo } from '../schema/schema.js';
import { SIGNING_ALGORITHM_NAMES, type SigningAlgorithmName } from '../../keys/signing-algorithm.js';
import { LOCALES } from '../../pages/language/messages.js';
import { SLUG } from '../../tenants/tenant-addresses.js';
import { POLICY_BOUNDS } from '../../tenants/tenant-policy.js';
import type { TenantStatus } from '../../tenants/tenant.js';
import {
  IsName,
  IsNested,
  IsSingleLine,
  IsSupportAddress,
  IsText,
  IsWebAddress,
  MayBeAbsent,
} from '../kit/validators.js';

const BOUNDS = POLICY_BOUNDS;
/** With fewer a word would be in almost every password. */
const THREE_LETTERS = /(?:[\p{L}\p{N}].*){3}/u;
const HEX_COLOR = /^#[0-9a-fA-F]{6}$/;
/** 64 kB of image, in base64. */
const MAX_LOGO_LENGTH = 90_000;
const LOGO = /^data:image\/(?:png|jpeg|webp);base64,[A-Za-z0-9+/]+=*$/;

/** What a tenant decides; `null` goes back to the platform's default. */
export class PolicyDto {
  @IsOptional()
  @IsBoolean()
  allow_implicit_grant?: boolean | null;

  @IsOptional()
  @IsBoolean()
  allow_password_grant?: boolean | null;

  @IsOptional()
  @IsBoolean()
  require_pkce?: boolean | null;

  @IsOptional()
  @IsIn(SIGNING_ALGORITHM_NAMES)
  signing_alg?: SigningAlgorithmName | null;

  @IsOptional()
  @IsInt()
  @Min(BOUNDS.authorizationCodeLifetimeSeconds[0])
  @Max(BOUNDS.authorizationCodeLifetimeSeconds[1])
  authorization_code_lifetime_seconds?: number | null;

  @IsOptional()
  @IsInt()
  @Min(BOUNDS.accessTokenLifetimeSeconds[0])
  @Max(BOUNDS.accessTokenLifetimeSeconds[1])
  access_token_lifetime_seconds?: number | null;

  @IsOptional()
  @IsInt()
  @Min(BOUNDS.idTokenLifetimeSeconds[0])
  @Max(BOUNDS.idTokenLifetimeSeconds[1])
  id_token_lifetime_seconds?: number | null;

  @IsOptional()
  @IsInt()
  @Min(BOUNDS.refreshTokenIdleLifetimeSeconds[0])
  @Max(BOUNDS.refreshTokenIdleLifetimeSeconds[1])
  refresh_token_idle_lifetime_seconds?: number | null;

  @IsOptional()
  @IsInt()
  @Min(BOUNDS.refreshTokenAbsoluteLifetimeSeconds[0])
  @Max(BOUNDS.refreshTokenAbsoluteLifetimeSeconds[1])
  refresh_token_absolute_lifetime_seconds?: number | null;

  @IsOptional()
  @IsInt()
  @Min(BOUNDS.refreshTokenReuseGraceSeconds[0])
  @Max(BOUNDS.refreshTokenReuseGraceSeconds[1])
  refresh_token_reuse_grace_seconds?: number | null;

  @IsOptional()
  @IsInt()
  @Min(BOUNDS.sessionIdleLifetimeSeconds[0])
  @Max(BOUNDS.sessionIdleLifetimeSeconds[1])
  session_idle_lifetime_seconds?: number | null;

  @IsOptional()
  @IsInt()
  @Min(BOUNDS.sessionAbsoluteLifetimeSeconds[0])
  @Max(BOUNDS.sessionAbsoluteLifetimeSeconds[1])
  session_absolute_lifetime_seconds?: number | null;

  @IsOptional()
  @IsInt()
  @Min(BOUNDS.passwordMinLength[0])
  @Max(BOUNDS.passwordMinLength[1])
  password_min_length?: number | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsSingleLine({ each: true })
  @MinLength(3, { each: true })
  @MaxLength(100, { each: true })
  @Matches(THREE_LETTERS, { each: true, message: '$property must hold words of at least 3 letters or digits' })
  password_blocked_words?: string[] | null;

  @Describe('How long audit events are kept, within the limit of the platform.')
  @IsOptional()
  @IsInt()
  @Min(BOUNDS.auditRetentionDays[0])
  @Max(BOUNDS.auditRetentionDays[1])
  audit_retention_days?: number | null;

  @Describe('Issue tokens even while the audit log can take no events. Otherwise such requests are refused with 503.')
  @IsOptional()
  @IsBoolean()
  allow_unrecorded_tokens?: boolean | null;
}

/** Plain text in one language. */
export class BrandingTextsDto {
  @IsOptional()
  @IsSingleLine()
  @MaxLength(100)
  sign_in_title?: string | null;

  @IsOptional()
  @IsText()
  @MaxLength(500)
  sign_in_text?: string | null;

  @IsOptional()
  @IsText()
  @MaxLength(500)
  footer_text?: string | null;
}

/** How the tenant's pages look; `null` goes back to the platform's default. */
export class BrandingDto {
  @Describe('`data:` URI of a PNG, JPEG or WebP image of at most 64 kB.')
  @IsOptional()
  @IsString()
  @MaxLength(MAX_LOGO_LENGTH)
  @Matches(LOGO, { message: '$property must be a data: URI of a PNG, JPEG or WebP image' })
  logo?: string | null;

  @Describe('The logo is readable on a dark surface; otherwise it is laid on a light plate there.')
  @IsOptional()
  @IsBoolean()
  logo_works_on_dark?: boolean | null;

  @Describe('The logo is a mark without lettering: the tenant’s name is set beside it.')
  @IsOptional()
  @IsBoolean()
  logo_with_name?: boolean | null;

  @IsOptional()
  @Matches(HEX_COLOR, { message: '$property must be a colour such as #0a7d5a' })
  primary_color?: string | null;

  @IsOptional()
  @Matches(HEX_COLOR, { message: '$property must be a colour such as #0a7d5a' })
  primary_color_dark?: string | null;

  @IsOptional()
  @Matches(HEX_COLOR, { message: '$property must be a colour such as #0a7d5a' })
  background_color?: string | null;

  @IsOptional()
  @IsIn(LOCALES)
  default_locale?: string | null;

  @Describe('By language.', { additionalProperties: { anyOf: [refTo('BrandingTexts'), { type: 'null' }] } })
  @IsOptional()
  @IsObject()
  texts?: Record<string, BrandingTextsDto> | null;

  @IsOptional()
  @IsWebAddress()
  privacy_uri?: string | null;

  @IsOptional()
  @IsWebAddress()
  terms_uri?: string | null;

  @Describe('An address of the web, or `mailto:`.')
  @IsOptional()
  @IsSupportAddress()
  support_uri?: string | null;
}

/** What a new tenant and a changed one have in common. */
export class TenantDataDto {
  @IsOptional()
  @IsNested(() => PolicyDto)
  policy?: PolicyDto | null;

  @IsOptional()
  @IsNested(() => BrandingDto)
  branding?: BrandingDto | null;
}

export class CreateTenantDto extends TenantDataDto {
  @Matches(SLUG, { message: '$property must be 1 to 63 lower-case letters, digits and inner hyphens' })
  slug: string;

  @IsName()
  display_name: string;
}

export class UpdateTenantDto extends TenantDataDto {
  @MayBeAbsent()
  @IsName()
  display_name?: string;

  @MayBeAbsent()
  @IsIn(['active', 'suspended'])
  status?: TenantStatus;
}
