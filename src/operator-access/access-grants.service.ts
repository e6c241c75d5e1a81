import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { ChangeFeed } from '../database/change-feed.js';
import { Database } from '../database/database.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import type { Tenant } from '../tenants/tenant.js';
import { type AccessGrant, EMERGENCY_WAIT_HOURS, MAX_OPEN_GRANTS, REQUEST_DAYS, statusOf } from './access-grant.js';
import { AccessGrantsRepository, type NewAccessGrant } from './access-grants.repository.js';
import { OwnerNotices } from './owner-notices.js';

/** There are as many requests and grants as a tenant can have at once. */
export class TooManyGrantsError extends Error {}

/** Access grants: asked for by operators, approved and ended by the owners of the tenant. */
@Injectable()
export class AccessGrants {
  constructor(
    private readonly database: Database,
    private readonly repository: AccessGrantsRepository,
    private readonly notices: OwnerNotices,
    private readonly audit: AuditRecorder,
    private readonly changes: ChangeFeed,
  ) {}

  find(tenantId: TenantId, id: string): Promise<AccessGrant | undefined> {
    return this.repository.find(tenantId, id);
  }

  list(tenantId: TenantId, page: { readonly after: string | undefined; readonly limit: number }) {
    return this.repository.list(tenantId, page);
  }

  /** By the policy of the tenant it begins now, when an owner approves it, or after the wait of an emergency. */
  create(
    tenant: Tenant,
    grant: Omit<NewAccessGrant, 'beginsIn' | 'lapsesIn'>,
    companion: Companion<AccessGrant>,
  ): Promise<AccessGrant | undefined> {
    const beginsIn = grant.emergency
      ? EMERGENCY_WAIT_HOURS * 3600
      : tenant.policy.operatorAccess === 'by_approval'
        ? null
        : 0;
    const whole = { ...grant, beginsIn, lapsesIn: REQUEST_DAYS * 86_400 };
    return this.change(tenant.id, () =>
      unitOfWork(this.database, tenant.id, this.telling(tenant, companion), async (_, transaction) => {
        if ((await this.repository.countOpen(tenant.id, transaction)) >= MAX_OPEN_GRANTS)
          throw new TooManyGrantsError();
        return this.repository.create(tenant.id, uuidv7(), whole, transaction);
      }),
    );
  }

  /** It begins now. @returns undefined when it is no request any more */
  approve(tenantId: TenantId, id: string, by: string, companion: Companion<AccessGrant>) {
    return this.change(tenantId, () =>
      unitOfWork(this.database, tenantId, companion, (_, transaction) =>
        this.repository.approve(tenantId, id, by, transaction),
      ),
    );
  }

  /** @returns undefined when it has ended before */
  end(tenantId: TenantId, id: string, by: string, companion: Companion<AccessGrant>) {
    return this.change(tenantId, () =>
      unitOfWork(this.database, tenantId, companion, (_, transaction) =>
        this.repository.end(tenantId, id, by, transaction),
      ),
    );
  }

  /** Writes into the logs of tenants that grants are over. @returns how many there were, at most so many */
  async recordExpired(atMost: number): Promise<number> {
    const due = await this.repository.findDue(atMost);
    for (const { tenantId, id } of due) {
      const target = `access_grant:${id}`;
      const event = { tenantId, type: 'access_grant.expired', outcome: 'success', actor: 'system', target } as const;
      await this.repository.recordExpiry(tenantId, id, this.audit.parameterOf(event));
    }
    return due.length;
  }

  private async change<Result>(tenantId: TenantId, work: () => Promise<Result>): Promise<Result> {
    const changed = await work();
    this.changes.announce({ table: 'access_grants', tenantId, key: '' });
    return changed;
  }

  /** The mail is the last of the transaction, because it locks a counter. */
  private telling(tenant: Tenant, companion: Companion<AccessGrant>): Companion<AccessGrant> {
    return {
      begin: (transaction) => companion.begin(transaction),
      finish: async (transaction, made) => {
        await companion.finish(transaction, made);
        await this.notices.send(tenant, newsOf(made), transaction);
      },
    };
  }
}

function newsOf(grant: AccessGrant) {
  const kind = statusOf(grant, new Date());
  const date = kind === 'waiting' ? (grant.beginsAt ?? grant.expiresAt) : grant.expiresAt;
  return { template: 'access_grant', values: { kind, date, reason: grant.reason } } as const;
}
