import { IsOptional } from 'class-validator';
import type { RateQuota, Unlimited } from '../../limits/tenant-quotas.js';
import { Describe } from '../schema/describe.decorator.js';
import { IsQuota, IsRateQuota } from './is-quota.js';

const RATE = { type: ['object', 'string', 'null'] } as const;

/** What a tenant may have and do; `null` goes back to the default, which is the value of tenant `system`. */
export class UpdateQuotasDto {
  @Describe('Accounts, by whatever way they are made.')
  @IsOptional()
  @IsQuota(0)
  users?: number | Unlimited | null;

  @Describe('Registered clients.')
  @IsOptional()
  @IsQuota(0)
  clients?: number | Unlimited | null;

  @Describe('APIs.')
  @IsOptional()
  @IsQuota(0)
  apis?: number | Unlimited | null;

  @Describe('Mails in an hour. The policy `mail_tenant_hourly_limit` may say less, and no more than this.')
  @IsOptional()
  @IsQuota(1)
  mails_per_hour?: number | Unlimited | null;

  @Describe('Requests of authenticated clients to the token endpoint.', RATE)
  @IsOptional()
  @IsRateQuota()
  token_requests?: RateQuota | Unlimited | null;

  @Describe('Attempts to sign in with a password or a passkey.', RATE)
  @IsOptional()
  @IsRateQuota()
  sign_ins?: RateQuota | Unlimited | null;

  @Describe('Requests to this API with a token of the tenant.', RATE)
  @IsOptional()
  @IsRateQuota()
  management_calls?: RateQuota | Unlimited | null;
}
