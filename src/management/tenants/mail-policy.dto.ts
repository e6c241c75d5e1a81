import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { Describe } from '../schema/describe.decorator.js';
import { POLICY_BOUNDS } from '../../tenants/tenant-policy.js';
import { IsMailAddress, IsName } from '../kit/validators.js';

const BOUNDS = POLICY_BOUNDS;

/** The part of a tenant's policy that is about its mail. */
export class MailPolicyDto {
  @Describe('Name that mail is sent under. Default: the tenant’s `display_name`.')
  @IsOptional()
  @IsName()
  mail_from_name?: string | null;

  @Describe('Sender’s address of mail, one that the operator allows in `MAIL_FROM`. Default: the platform’s.')
  @IsOptional()
  @IsMailAddress()
  mail_from?: string | null;

  @Describe('Where answers to mail go. Default: nowhere.')
  @IsOptional()
  @IsMailAddress()
  mail_reply_to?: string | null;

  @Describe(
    'Mails that one recipient gets in an hour. Notices of changes to an account are counted apart. Default: 10.',
  )
  @IsOptional()
  @IsInt()
  @Min(BOUNDS.mailRecipientHourlyLimit[0])
  @Max(BOUNDS.mailRecipientHourlyLimit[1])
  mail_recipient_hourly_limit?: number | null;

  @Describe('Mails in an hour that requests from one network cause. Default: 100.')
  @IsOptional()
  @IsInt()
  @Min(BOUNDS.mailNetworkHourlyLimit[0])
  @Max(BOUNDS.mailNetworkHourlyLimit[1])
  mail_network_hourly_limit?: number | null;

  @Describe('Mails of the tenant in an hour. Default: 5000.')
  @IsOptional()
  @IsInt()
  @Min(BOUNDS.mailTenantHourlyLimit[0])
  @Max(BOUNDS.mailTenantHourlyLimit[1])
  mail_tenant_hourly_limit?: number | null;
}
