import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { Describe, Replaced } from '../schema/describe.decorator.js';
import { SIGNING_ALGORITHM_NAMES, type SigningAlgorithmName } from '../../keys/signing-algorithm.js';
import {
  PKCE_OR_NONCE,
  POLICY_BOUNDS,
  PASSWORD_RESET_CHOICES,
  type PasswordResetChoice,
  UNREACHABLE_CHOICES,
  type UnreachableChoice,
} from '../../tenants/tenant-policy.js';
import { IsCalendarDate, IsSingleLine } from '../kit/validators.js';
import { SignUpPolicyDto } from './sign-up-policy.dto.js';

const BOUNDS = POLICY_BOUNDS;
/** With fewer a word would be in almost every password. */
const THREE_LETTERS = /(?:[\p{L}\p{N}].*){3}/u;

/** What a tenant decides; `null` goes back to the platform's default. */
@Replaced({ signing_alg: 'access_token_signing_alg and id_token_signing_alg' })
export class PolicyDto extends SignUpPolicyDto {
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
    'A date: from its beginning in UTC the implicit grant is refused as if `allow_implicit_grant` were false. Default: it does not end.',
  )
  @IsOptional()
  @IsCalendarDate()
  implicit_grant_off_from?: string | null;

  @Describe(
    'A date: from its beginning in UTC the password grant is refused as if `allow_password_grant` were false. Default: it does not end.',
  )
  @IsOptional()
  @IsCalendarDate()
  password_grant_off_from?: string | null;

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

  @Describe(
    'How many characters a new password has at least. 8 to 14 only where `second_factor` is `required` (NIST SP 800-63B-4, ' +
      'section 3.1.1.2). Default: 15.',
  )
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
    'How people who forgot their password choose a new one: `mail` sends a link and a code to the verified e-mail address, ' +
      '`off` asks them to turn to an administrator. The branding member `password_reset_uri` goes first. Default: mail.',
  )
  @IsOptional()
  @IsIn(PASSWORD_RESET_CHOICES)
  password_reset?: PasswordResetChoice | null;

  @Describe(
    'What happens to a new password while the list of breached passwords cannot be asked: `allow` takes it by the other ' +
      'rules alone, `refuse` asks to try again. Default: allow.',
  )
  @IsOptional()
  @IsIn(UNREACHABLE_CHOICES)
  breached_passwords_unreachable?: UnreachableChoice | null;

  @Describe('A password that an administrator set has to be changed by the person at the next sign-in. Default: false.')
  @IsOptional()
  @IsBoolean()
  temporary_password?: boolean | null;

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
