import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { POLICY_BOUNDS, REMEMBER_ME_POLICIES, SIGN_IN_FORMS } from '../../tenants/tenant-policy.js';
import { Describe } from '../schema/describe.decorator.js';
import { PasskeyPolicyDto } from './passkey-policy.dto.js';

const BOUNDS = POLICY_BOUNDS.rememberedSessionLifetimeSeconds;

/** What a tenant decides about the sign-in page. */
export class SignInPolicyDto extends PasskeyPolicyDto {
  @Describe(
    'How people sign in: `one_page` asks for user name and password together (the default), `identifier_first` asks for ' +
      'the user name on a page of its own.',
  )
  @IsOptional()
  @IsIn(SIGN_IN_FORMS)
  sign_in_form?: (typeof SIGN_IN_FORMS)[number] | null;

  @Describe(
    'How many accounts one browser can be signed in with at once. With 2 to 5, people choose an account where nothing else ' +
      'says which one is meant. With 1, the default, whoever signs in takes the place of who was.',
  )
  @IsOptional()
  @IsInt()
  @Min(POLICY_BOUNDS.accountsPerBrowser[0])
  @Max(POLICY_BOUNDS.accountsPerBrowser[1])
  accounts_per_browser?: number | null;

  @Describe(
    '`offered`: people can tick that they stay signed in, and their session outlasts the window of the browser and is not ' +
      'ended for being idle. `off` (the default): nobody is asked. Sessions that are remembered already stay.',
  )
  @IsOptional()
  @IsIn(REMEMBER_ME_POLICIES)
  remember_me?: (typeof REMEMBER_ME_POLICIES)[number] | null;

  @Describe('How long a session lasts whose person ticked `remember_me`. Default: 30 days.')
  @IsOptional()
  @IsInt()
  @Min(BOUNDS[0])
  @Max(BOUNDS[1])
  remembered_session_lifetime_seconds?: number | null;
}
