import { type CanActivate, type ExecutionContext, Injectable, createParamDecorator } from '@nestjs/common';
import { TenantNotFoundError } from './tenant-not-found.error.js';
import type { Tenant } from './tenant.js';
import type { TenantRequest } from './tenant-request.js';
import { TenantResolver } from './tenant-resolver.js';

/** Resolves the tenant from host or path. Without an active tenant the answer is 404. */
@Injectable()
export class TenantGuard implements CanActivate {
  constructor(private readonly resolver: TenantResolver) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<TenantRequest>();
    const tenant = request.tenantAddress && (await this.resolver.find(request.tenantAddress));
    if (!tenant) throw new TenantNotFoundError();
    request.tenant = tenant;
    return true;
  }
}

/** The counterpart for routes of the platform itself. Below a tenant's address they are answered with 404. */
@Injectable()
export class PlatformGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<TenantRequest>();
    if (request.tenantAddress) throw new TenantNotFoundError();
    return true;
  }
}

/** The tenant that the guard resolved, as a handler's argument. */
export const CurrentTenant = createParamDecorator((_: unknown, context: ExecutionContext): Tenant => {
  const { tenant } = context.switchToHttp().getRequest<TenantRequest>();
  if (!tenant) throw new Error('@CurrentTenant() needs the TenantGuard on its handler.');
  return tenant;
});
