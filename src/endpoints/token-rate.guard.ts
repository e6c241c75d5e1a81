import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { TenantRates } from '../limits/tenant-rates.js';
import type { TenantRequest } from '../tenants/tenant-request.js';

/** Refuses token requests of a tenant that is at its limit, before the client is authenticated. */
@Injectable()
export class TokenRateGuard implements CanActivate {
  constructor(private readonly rates: TenantRates) {}

  canActivate(context: ExecutionContext): boolean {
    const { tenant } = context.switchToHttp().getRequest<TenantRequest>();
    if (!tenant) throw new Error('The TokenRateGuard comes after the TenantGuard.');
    this.rates.check(tenant, 'tokenRequests');
    return true;
  }
}
