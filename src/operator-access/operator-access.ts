import { Injectable } from '@nestjs/common';
import { estimateBytes } from '../database/memory-size.js';
import type { Transaction } from '../database/statement.js';
import type { TenantCache } from '../database/tenant-cache.js';
import { TenantCaches } from '../database/tenant-caches.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';
import type { Tenant } from '../tenants/tenant.js';
import type { OperatorAccessChoice } from '../tenants/tenant-policy.js';
import {
  type AccessGrant,
  type AccessLevel,
  type GrantedOperator,
  type Reach,
  hasBegun,
  isFor,
} from './access-grant.js';
import { AccessGrantsRepository } from './access-grants.repository.js';
import { OwnersRepository } from './owners.repository.js';

/** What an operator wants to do at a tenant. */
export interface Attempt extends GrantedOperator {
  readonly reach: Reach;
  readonly level: AccessLevel;
}

/** Asks whether an operator has an access grant for what they are about to do. It is asked at every call. */
@Injectable()
export class OperatorAccess {
  private readonly given: TenantCache<readonly AccessGrant[]>;

  constructor(
    private readonly repository: AccessGrantsRepository,
    private readonly owners: OwnersRepository,
    caches: TenantCaches,
  ) {
    this.given = caches.create<readonly AccessGrant[]>({
      name: 'access_grants',
      lifetimeSeconds: 60,
      load: (tenantId) => repository.findGiven(toTenantId(tenantId)),
      sizeOf: (grants) => estimateBytes(grants),
      keysOf: ({ table, tenantId }) => (table === 'access_grants' ? [tenantId] : []),
    });
  }

  /** A grant that another process has just given is found too: a refusal is always of what is stored. */
  async findGrant(tenant: Tenant, attempt: Attempt): Promise<AccessGrant | undefined> {
    const known = this.given.peek(tenant.id);
    const found = known && covering(known, attempt, tenant.policy.operatorAccess);
    if (found) return found;
    if (known) this.given.invalidate(tenant.id);
    return covering((await this.given.find(tenant.id)) ?? [], attempt, tenant.policy.operatorAccess);
  }

  /** Whether the tenant has anybody who could approve or end a grant. */
  hasOwner(tenantId: TenantId): Promise<boolean> {
    return this.owners.exist(tenantId);
  }

  /** In a transaction that it allows: the grant cannot end before the commit. @returns false when it has ended */
  hold(tenantId: TenantId, id: string, transaction: Transaction): Promise<boolean> {
    return this.repository.hold(tenantId, id, transaction);
  }
}

/** A grant that nobody approved ends with the policy that let an operator make it. */
function covering(
  grants: readonly AccessGrant[],
  attempt: Attempt,
  choice: OperatorAccessChoice,
): AccessGrant | undefined {
  const now = new Date();
  const { reach, level } = attempt;
  return grants.find(
    (grant) =>
      isFor(grant, attempt) &&
      grant.reach.includes(reach) &&
      (level === 'read' || grant.level === 'write') &&
      grant.beginsAt !== null &&
      hasBegun(grant.beginsAt, now) &&
      grant.expiresAt > now &&
      (choice === 'by_grant' || grant.approvedBy !== null || grant.emergency),
  );
}
