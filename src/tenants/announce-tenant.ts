import type { ChangeFeed } from '../database/change-feed.js';
import type { TenantId } from '../database/tenant-id.js';
import { type OwnAddresses, namesOf } from './tenant-address.js';

/**
 * The caches of this process forget the tenant at once, under each of its names. Other processes hear of it from the
 * trigger on `tenants`.
 */
export function announceTenant(
  changes: Pick<ChangeFeed, 'announce'>,
  tenantId: TenantId,
  ...states: readonly { readonly slug: string; readonly addresses: OwnAddresses }[]
): void {
  for (const key of new Set(states.flatMap(namesOf))) changes.announce({ table: 'tenants', tenantId, key });
}
