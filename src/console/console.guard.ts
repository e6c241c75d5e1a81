import { type CanActivate, type ExecutionContext, Inject, Injectable, createParamDecorator } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { SYSTEM_TENANT_SLUG } from '../database/tenant-id.js';
import { TenantNotFoundError } from '../tenants/tenant-not-found.error.js';
import { TenantResolver } from '../tenants/tenant-resolver.js';
import type { Tenant } from '../tenants/tenant.js';
import type { ConsolePlace, ConsoleRequest } from './console-request.js';

/**
 * Finds the tenant of the console. The address of the platform is that of the operators, who have no other one. An
 * unknown or suspended tenant is answered with 404.
 */
@Injectable()
export class ConsoleGuard implements CanActivate {
  constructor(
    private readonly resolver: TenantResolver,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ConsoleRequest>();
    const { tenantAddress } = request;
    const tenant = await this.resolver.find(tenantAddress ?? { kind: 'path', slug: SYSTEM_TENANT_SLUG });
    if (!tenant) throw new TenantNotFoundError();
    request.tenant = tenant;
    request.console = this.placeOf(request, tenant);
    return true;
  }

  protected get operators(): ConsolePlace {
    return { path: '/console', address: `${this.config.publicUrl}/console` };
  }

  protected placeOf({ tenantAddress }: ConsoleRequest, tenant: Tenant): ConsolePlace {
    if (!tenantAddress) return this.operators;
    if (tenant.slug === SYSTEM_TENANT_SLUG) throw new TenantNotFoundError();
    return placeOf(tenant);
  }
}

/** The same for the page: at an address of tenant `system` it is found, so that it can say where it is. */
@Injectable()
export class ConsolePageGuard extends ConsoleGuard {
  protected override placeOf(request: ConsoleRequest, tenant: Tenant): ConsolePlace {
    const isElsewhere = request.tenantAddress !== undefined && tenant.slug === SYSTEM_TENANT_SLUG;
    if (!isElsewhere) return super.placeOf(request, tenant);
    return { ...this.operators, isElsewhere };
  }
}

/** Where the console of a tenant is, at the address that was used. */
export function placeOf({ addressKind, addressSlug, issuer }: Tenant): ConsolePlace {
  return { path: addressKind === 'path' ? `/t/${addressSlug}/console` : '/console', address: `${issuer}/console` };
}

/** Where the console is, as a handler's argument. */
export const CurrentConsole = createParamDecorator((_: unknown, context: ExecutionContext): ConsolePlace => {
  const { console: place } = context.switchToHttp().getRequest<ConsoleRequest>();
  if (!place) throw new Error('@CurrentConsole() needs the ConsoleGuard on its handler.');
  return place;
});
