import { Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { ChangeFeed } from '../database/change-feed.js';
import { SYSTEM_TENANT_SLUG, toTenantId } from '../database/tenant-id.js';
import { Keyring, type SigningKey } from '../keys/keyring.js';
import { TenantVault } from '../keys/tenant-vault.js';
import { accessTokenAlg } from '../tenants/signing-handover.js';
import type { Tenant } from '../tenants/tenant.js';
import { TenantResolver } from '../tenants/tenant-resolver.js';
import { signReceipt } from './deletion-receipt.js';
import type { TenantDeletion } from './tenant-deletion.js';
import { TenantDeletionsRepository } from './tenant-deletions.repository.js';
import { TenantDestructionRepository } from './tenant-destruction.repository.js';

/** Whose key signs the receipts. */
/** Rows of one transaction. Each is short, so that nobody waits for its locks. */
const BATCH_SIZE = 500;
/** A process that works on a deletion has it for so long, and longer than its budget. */
const CLAIM_SECONDS = 120;

/**
 * Destroys a tenant: its data key first, so that a crash leaves nothing that can be opened; then its rows in batches;
 * then the tenant, with a signed receipt. Whoever comes after a crash goes on where the last one stopped.
 */
@Injectable()
export class TenantDestruction {
  private stopped = false;

  constructor(
    private readonly deletions: TenantDeletionsRepository,
    private readonly repository: TenantDestructionRepository,
    private readonly resolver: TenantResolver,
    private readonly keyring: Keyring,
    private readonly vault: TenantVault,
    private readonly audit: AuditRecorder,
    private readonly changes: ChangeFeed,
  ) {}

  /**
   * Works on one deletion whose time has come, until it is done or the budget is spent.
   * @returns whether there was one that nobody else was working on
   */
  async destroyNext(budget: { readonly ms: number; readonly batchSize?: number }, id?: string): Promise<boolean> {
    const deletion = await this.deletions.claim(CLAIM_SECONDS, id);
    if (!deletion) return false;
    try {
      await this.destroy(deletion, { ...budget, until: performance.now() + budget.ms });
    } finally {
      await this.deletions.release(deletion.id);
    }
    return true;
  }

  /** After the batch that is under way. */
  stop(): void {
    this.stopped = true;
  }

  private async destroy(
    deletion: TenantDeletion,
    { until, batchSize = BATCH_SIZE }: { readonly until: number; readonly batchSize?: number },
  ): Promise<void> {
    const tenantId = toTenantId(deletion.tenant);
    if (!deletion.startedAt && !(await this.repository.start(deletion))) return;
    this.vault.forget(tenantId);
    this.announce(deletion);
    const tables = await this.repository.listTables();
    for (;;) {
      const began = performance.now();
      if ((await this.repository.destroyBatch(deletion, tables, batchSize)) < batchSize) break;
      if (this.stopped || performance.now() > until) return;
      // As long as the batch took: others get half of what the database can do, whatever it is.
      await pause(performance.now() - began);
    }
    await this.finish(deletion);
    this.announce(deletion);
  }

  private async finish(deletion: TenantDeletion): Promise<void> {
    const system = await this.systemTenant();
    const key = await this.keyring.signingKey(system.id, accessTokenAlg(system));
    const destroyedAt = new Date();
    await this.repository.finish(
      deletion,
      destroyedAt,
      (rowCounts) => this.receiptOf({ ...deletion, destroyedAt, rowCounts }, system, key),
      (transaction) =>
        // Nobody can ask for the tenant's own log any more, so its end stands in the operators'.
        this.audit.recordWith(transaction, {
          tenantId: system.id,
          type: 'tenant.deleted',
          outcome: 'success',
          actor: deletion.requestedBy,
          target: `tenant:${deletion.tenant}`,
          details: { slug: deletion.slug, deletion: deletion.id },
        }),
    );
  }

  private receiptOf(deletion: TenantDeletion, { issuer }: Tenant, key: SigningKey): string {
    return signReceipt(deletion, { issuer, key });
  }

  private async systemTenant(): Promise<Tenant> {
    const system = await this.resolver.find({ kind: 'path', slug: SYSTEM_TENANT_SLUG });
    if (!system) throw new Error('The tenant system is missing, so no receipt can be signed.');
    return system;
  }

  private announce({ tenant, slug }: TenantDeletion): void {
    this.changes.announce({ table: 'tenants', tenantId: toTenantId(tenant), key: slug });
  }
}
