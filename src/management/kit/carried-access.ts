import type { SetupAccess } from '../../setup-links/setup-sessions.js';
import type { Tenant } from '../../tenants/tenant.js';

/** Access by a setup link, at the tenant of the link. */
export interface CarriedAccess extends SetupAccess {
  readonly tenant: Tenant;
}

/**
 * What the console found out about a request before it passes it on within this process. It belongs to the request
 * itself: nothing that a caller can send, such as a header, gets here.
 */
const carried = new WeakMap<object, CarriedAccess>();

export function carryAccess(request: object, access: CarriedAccess): void {
  carried.set(request, access);
}

export function findCarriedAccess(request: object): CarriedAccess | undefined {
  return carried.get(request);
}
