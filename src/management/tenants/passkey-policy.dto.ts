import { IsIn, IsOptional } from 'class-validator';
import { PASSKEY_POLICIES, PASSKEY_USER_VERIFICATION } from '../../tenants/tenant-policy.js';
import { Describe } from '../schema/describe.decorator.js';
import { MailPolicyDto } from './mail-policy.dto.js';

/** What a tenant decides about passkeys. */
export class PasskeyPolicyDto extends MailPolicyDto {
  @Describe(
    'Passkeys: `off`; `second_factor`, after a password; `sign_in` (the default), alone as well. People add them on their ' +
      'account page.',
  )
  @IsOptional()
  @IsIn(PASSKEY_POLICIES)
  passkeys?: (typeof PASSKEY_POLICIES)[number] | null;

  @Describe(
    'A passkey that signs in alone unlocks its device (by PIN, fingerprint or face): `required` (the default), or ' +
      '`preferred`, so that security keys without a PIN work as well. It is required wherever `second_factor` is.',
  )
  @IsOptional()
  @IsIn(PASSKEY_USER_VERIFICATION)
  passkey_user_verification?: (typeof PASSKEY_USER_VERIFICATION)[number] | null;
}
