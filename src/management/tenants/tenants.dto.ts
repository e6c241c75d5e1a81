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
import { Describe, Replaced } from '../schema/describe.decorator.js';
import { refTo } from '../schema/schema.js';
import { SIGNING_ALGORITHM_NAMES, type SigningAlgorithmName } from '../../keys/signing-algorithm.js';
import { LOCALES } from '../../language/messages.js';
import { SLUG } from '../../tenants/tenant-addresses.js';
import {
  PASSKEY_POLICIES,
  PASSKEY_USER_VERIFICATION,
  PKCE_OR_NONCE,
  POLICY_BOUNDS,
} from '../../tenants/tenant-policy.js';
import type { TenantStatus } from '../../tenants/tenant.js';
import {
  IsName,
  IsNested,
  IsSingleLine,
  IsSecureAddress,
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
@Replaced({ signing_alg: 'access_token_signing_alg and id_token_signing_alg' })
export class PolicyDto {
  @Describe(
    'Response types that hand tokens through the browser (RFC 6749, section 4.2). A client has to ask for them too. Default: false.',
  )
  @IsOptional()
  @IsBoolean()
  allow_implicit_grant?: boolean | null;

  @Describe(
    'The resource owner password credentials grant (RFC 6749, section 4.3). A client has to ask for it too. Default: false.',
  )
  @IsOptional()
  @IsBoolean()
  allow_password_grant?: boolean | null;

  @Describe(
    'PKCE from confidential clients: `true` always, `false` never, `or_nonce` (the default) unless the request has the ' +
      'scope `openid` and a `nonce`. `require_pkce` of a client goes first. Public clients always use PKCE.',
  )
  @IsOptional()
  @IsIn([true, false, PKCE_OR_NONCE])
  require_pkce?: boolean | typeof PKCE_OR_NONCE | null;

  @Describe('Native applications may have redirect URIs such as `myapp://callback`, whose scheme has no dot.')
  @IsOptional()
  @IsBoolean()
  allow_dotless_schemes?: boolean | null;

  @Describe(
    'Confidential clients may have redirect URIs with plain http to a private network: RFC 1918, fc00::/7, link-local, ' +
      'names under `.local`, `.internal`, `.lan`, `.home.arpa`, and names without a dot.',
  )
  @IsOptional()
  @IsBoolean()
  allow_private_http_redirects?: boolean | null;

  @Describe(
    'Signs JWT access tokens; default: ES256. The key is published at once. The algorithm of before signs for up to five ' +
      'minutes more, while resource servers may not know the new key.',
  )
  @IsOptional()
  @IsIn(SIGNING_ALGORITHM_NAMES)
  access_token_signing_alg?: SigningAlgorithmName | null;

  @Describe(
    'Signs the ID tokens of clients that registered no `id_token_signed_response_alg`; default: RS256, as OpenID Connect ' +
      'says. The key is published at once. For clients that are there the algorithm of before signs for up to five ' +
      'minutes more, while they may not know the new key.',
  )
  @IsOptional()
  @IsIn(SIGNING_ALGORITHM_NAMES)
  id_token_signing_alg?: SigningAlgorithmName | null;

  @Describe('How long an authorization code may be redeemed. Default: 60.')
  @IsOptional()
  @IsInt()
  @Min(BOUNDS.authorizationCodeLifetimeSeconds[0])
  @Max(BOUNDS.authorizationCodeLifetimeSeconds[1])
  authorization_code_lifetime_seconds?: number | null;

  @Describe('How long access tokens live; an API may have its own. Default: 900.')
  @IsOptional()
  @IsInt()
  @Min(BOUNDS.accessTokenLifetimeSeconds[0])
  @Max(BOUNDS.accessTokenLifetimeSeconds[1])
  access_token_lifetime_seconds?: number | null;

  @Describe('How long ID tokens live. Default: 900.')
  @IsOptional()
  @IsInt()
  @Min(BOUNDS.idTokenLifetimeSeconds[0])
  @Max(BOUNDS.idTokenLifetimeSeconds[1])
  id_token_lifetime_seconds?: number | null;

  @Describe('A refresh token that is not used for so long expires. Default: 14 days.')
  @IsOptional()
  @IsInt()
  @Min(BOUNDS.refreshTokenIdleLifetimeSeconds[0])
  @Max(BOUNDS.refreshTokenIdleLifetimeSeconds[1])
  refresh_token_idle_lifetime_seconds?: number | null;

  @Describe('Nothing that one authorization gave lives longer, however often it is refreshed. Default: 90 days.')
  @IsOptional()
  @IsInt()
  @Min(BOUNDS.refreshTokenAbsoluteLifetimeSeconds[0])
  @Max(BOUNDS.refreshTokenAbsoluteLifetimeSeconds[1])
  refresh_token_absolute_lifetime_seconds?: number | null;

  @Describe(
    'A rotated refresh token may be sent again for so long, while its successor is unused: for an answer that was lost. Default: 10.',
  )
  @IsOptional()
  @IsInt()
  @Min(BOUNDS.refreshTokenReuseGraceSeconds[0])
  @Max(BOUNDS.refreshTokenReuseGraceSeconds[1])
  refresh_token_reuse_grace_seconds?: number | null;

  @Describe('A browser session that is not used for so long ends. Default: 1 day.')
  @IsOptional()
  @IsInt()
  @Min(BOUNDS.sessionIdleLifetimeSeconds[0])
  @Max(BOUNDS.sessionIdleLifetimeSeconds[1])
  session_idle_lifetime_seconds?: number | null;

  @Describe('A browser session ends after so long, however much it is used. Default: 7 days.')
  @IsOptional()
  @IsInt()
  @Min(BOUNDS.sessionAbsoluteLifetimeSeconds[0])
  @Max(BOUNDS.sessionAbsoluteLifetimeSeconds[1])
  session_absolute_lifetime_seconds?: number | null;

  @Describe('How many characters a new password has at least. Default: 15.')
  @IsOptional()
  @IsInt()
  @Min(BOUNDS.passwordMinLength[0])
  @Max(BOUNDS.passwordMinLength[1])
  password_min_length?: number | null;

  @Describe(
    'Words that no new password may contain, whatever their case, accents, separators and common substitutions (`4` for `a`). The names of the tenant and of the person are blocked anyway.',
  )
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsSingleLine({ each: true })
  @MinLength(3, { each: true })
  @MaxLength(100, { each: true })
  @Matches(THREE_LETTERS, { each: true, message: '$property must hold words of at least 3 letters or digits' })
  password_blocked_words?: string[] | null;

  @Describe(
    'Passkeys: `off`; `second_factor`, after a password; `sign_in` (the default), alone as well. People add them on their ' +
      'account page.',
  )
  @IsOptional()
  @IsIn(PASSKEY_POLICIES)
  passkeys?: (typeof PASSKEY_POLICIES)[number] | null;

  @Describe(
    'A passkey that signs in alone unlocks its device (by PIN, fingerprint or face): `required` (the default), or ' +
      '`preferred`, so that security keys without a PIN work as well.',
  )
  @IsOptional()
  @IsIn(PASSKEY_USER_VERIFICATION)
  passkey_user_verification?: (typeof PASSKEY_USER_VERIFICATION)[number] | null;

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
  @Describe('Heading of the sign-in page.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(100)
  sign_in_title?: string | null;

  @Describe('Text under that heading.')
  @IsOptional()
  @IsText()
  @MaxLength(500)
  sign_in_text?: string | null;

  @Describe('Text at the foot of every page.')
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

  @Describe('Colour of buttons and links. Made darker or lighter where the text on it could not be read.')
  @IsOptional()
  @Matches(HEX_COLOR, { message: '$property must be a colour such as #0a7d5a' })
  primary_color?: string | null;

  @Describe('The same for dark mode. Default: made from `primary_color`.')
  @IsOptional()
  @Matches(HEX_COLOR, { message: '$property must be a colour such as #0a7d5a' })
  primary_color_dark?: string | null;

  @Describe('Colour behind the form.')
  @IsOptional()
  @Matches(HEX_COLOR, { message: '$property must be a colour such as #0a7d5a' })
  background_color?: string | null;

  @Describe('Language of the pages for people whose own one is not offered.')
  @IsOptional()
  @IsIn(LOCALES)
  default_locale?: string | null;

  @Describe('By language.', { additionalProperties: { anyOf: [refTo('BrandingTexts'), { type: 'null' }] } })
  @IsOptional()
  @IsObject()
  texts?: Record<string, BrandingTextsDto> | null;

  @Describe('The tenant’s privacy notice, linked from every page.')
  @IsOptional()
  @IsWebAddress()
  privacy_uri?: string | null;

  @Describe('The tenant’s terms, linked from every page.')
  @IsOptional()
  @IsWebAddress()
  terms_uri?: string | null;

  @Describe('An address of the web, or `mailto:`.')
  @IsOptional()
  @IsSupportAddress()
  support_uri?: string | null;

  @Describe('Where people go who forgot their password. The sign-in and the account page link to it.')
  @IsOptional()
  @IsSecureAddress()
  password_reset_uri?: string | null;
}

/** What a new tenant and a changed one have in common. */
export class TenantDataDto {
  @Describe('The tenant’s rules; `null` for all of the platform’s defaults.')
  @IsOptional()
  @IsNested(() => PolicyDto)
  policy?: PolicyDto | null;

  @Describe('The look of the tenant’s pages; `null` for the platform’s.')
  @IsOptional()
  @IsNested(() => BrandingDto)
  branding?: BrandingDto | null;
}

export class CreateTenantDto extends TenantDataDto {
  @Describe(
    'Short name in addresses: the issuers are `{PUBLIC_URL}/t/{slug}` and the host below the platform’s suffix. It stays.',
  )
  @Matches(SLUG, { message: '$property must be 1 to 63 lower-case letters, digits and inner hyphens' })
  slug: string;

  @Describe('The name people read.')
  @IsName()
  display_name: string;
}

export class UpdateTenantDto extends TenantDataDto {
  @Describe('The name people read.')
  @MayBeAbsent()
  @IsName()
  display_name?: string;

  @Describe('A suspended tenant answers as if it did not exist, and none of its tokens work. Only operators change it.')
  @MayBeAbsent()
  @IsIn(['active', 'suspended'])
  status?: TenantStatus;
}
