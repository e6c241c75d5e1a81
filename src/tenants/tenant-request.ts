import type { Request } from 'express';
import type { Tenant } from './tenant.js';
import type { TenantAddress } from './tenant-address.js';

/** A request after its address was read (always) and its tenant resolved (by the tenant guard). */
export interface TenantRequest extends Request {
  tenantAddress?: TenantAddress | undefined;
  tenant?: Tenant;
}
