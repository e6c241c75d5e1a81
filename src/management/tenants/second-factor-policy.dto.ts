import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import {
  ACR_REQUIREMENTS,
  type AcrRequirement,
  EMAIL_CODE_POLICIES,
  POLICY_BOUNDS,
  SECOND_FACTOR_POLICIES,
  type SecondFactorPolicy,
} from '../../tenants/tenant-policy.js';
import { IsAcrValues } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';
import { SignInPolicyDto } from './sign-in-policy.dto.js';

const BOUNDS = POLICY_BOUNDS;
const CALENDAR_DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** What a tenant decides about second factors. */
export class SecondFactorPolicyDto extends SignInPolicyDto {
  @Describe(
    'The `acr` values of the tenant and what each of them means, in place of the default: `1` one factor, `2` two factors ' +
      'of different kinds, `phr` a factor that no other site can take the answer of (OpenID Connect EAP ACR Values).',
    { additionalProperties: { anyOf: [{ enum: ACR_REQUIREMENTS }, { type: 'null' }] } },
  )
  @IsOptional()
  @IsAcrValues()
  acr_values?: Record<string, AcrRequirement> | null;

  @Describe(
    'A second factor at sign-in: `off`, `optional` (who sets one up is asked for it; the default), `offered` (and people ' +
      'are asked to set one up), `required` (nobody signs in without).',
  )
  @IsOptional()
  @IsIn(SECOND_FACTOR_POLICIES)
  second_factor?: SecondFactorPolicy | null;

  @Describe(
    'Whether a code that is mailed to a verified address is a second factor: `off` (the default) or `second_factor`, which ' +
      'needs `password_reset` to be `off`.',
  )
  @IsOptional()
  @IsIn(EMAIL_CODE_POLICIES)
  email_codes?: (typeof EMAIL_CODE_POLICIES)[number] | null;

  @Describe('A date: until then a `second_factor` that is `required` is `offered`. Default: at once.')
  @IsOptional()
  @Matches(CALENDAR_DATE, { message: '$property must be a date such as 2026-12-31' })
  second_factor_required_from?: string | null;

  @Describe(
    'A person may have a browser remembered that passed the second factor, and is not asked for it there for so long; 0: ' +
      'never. Default: 30 days.',
  )
  @IsOptional()
  @IsInt()
  @Min(BOUNDS.rememberedDeviceLifetimeSeconds[0])
  @Max(BOUNDS.rememberedDeviceLifetimeSeconds[1])
  remembered_device_lifetime_seconds?: number | null;
}
