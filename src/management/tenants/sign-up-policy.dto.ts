import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, MaxLength } from 'class-validator';
import { SIGN_UP_MODES, type SignUpMode } from '../../tenants/sign-up-policy.js';
import { IsMailDomain, IsName, IsNested, IsSet } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';
import { DeveloperPolicyDto } from './developer-policy.dto.js';

const ASKED = ['required', 'optional'] as const;

/** Which attributes a person is asked for; what is not named is not asked. */
export class SignUpAttributesDto {
  @Describe('Signs in beside the e-mail address. When it is not asked, the address is the user name.')
  @IsOptional()
  @IsIn(ASKED)
  username?: (typeof ASKED)[number] | null;

  @Describe('Full name.')
  @IsOptional()
  @IsIn(ASKED)
  name?: (typeof ASKED)[number] | null;

  @Describe('First name.')
  @IsOptional()
  @IsIn(ASKED)
  given_name?: (typeof ASKED)[number] | null;

  @Describe('Surname.')
  @IsOptional()
  @IsIn(ASKED)
  family_name?: (typeof ASKED)[number] | null;

  @Describe('Phone number. It is not verified.')
  @IsOptional()
  @IsIn(ASKED)
  phone_number?: (typeof ASKED)[number] | null;
}

/** The part of a policy that says who gets an account, and how. */
export class SignUpPolicyDto extends DeveloperPolicyDto {
  @Describe(
    'Who may make an account: `closed` (the default) nobody, `invitation` whoever was invited, `domains` whoever reads ' +
      'the mail of an address in one of `sign_up_domains`, `open` everybody.',
  )
  @IsOptional()
  @IsIn(SIGN_UP_MODES)
  sign_up?: SignUpMode | null;

  @Describe('Domains of e-mail addresses that may sign up with `domains`. A domain does not include those below it.')
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsMailDomain({ each: true })
  @MaxLength(253, { each: true })
  @IsSet((domain: unknown) => String(domain).toLowerCase())
  sign_up_domains?: string[] | null;

  @Describe('What is asked at sign-up beside e-mail address and password. Default: an optional `name`.')
  @IsOptional()
  @IsNested(() => SignUpAttributesDto)
  sign_up_attributes?: SignUpAttributesDto | null;

  @Describe('Users whose e-mail address is not verified have to verify it before an application is answered.')
  @IsOptional()
  @IsBoolean()
  require_verified_email?: boolean | null;

  @Describe(
    'Version of the terms at `branding.terms_uri`, such as a date. Everybody has to accept it, at sign-up and again ' +
      'when it changes. Without one nobody is asked.',
  )
  @IsOptional()
  @IsName(50)
  terms_version?: string | null;
}
