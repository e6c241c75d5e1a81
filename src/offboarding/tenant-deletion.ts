import type { TenantStatus } from '../tenants/tenant.js';

/** The deletion of a tenant, as it is kept. It outlives the tenant. */
export interface TenantDeletion {
  readonly id: string;
  readonly tenant: string;
  readonly slug: string;
  /** What the tenant goes back to when the deletion is withdrawn. */
  readonly statusBefore: TenantStatus;
  readonly requestedAt: Date;
  /** Who asked, as in the audit log. */
  readonly requestedBy: string;
  readonly dueAt: Date;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: string | null;
  /** When the tenant's data key was destroyed. */
  readonly startedAt: Date | null;
  readonly destroyedAt: Date | null;
  /** How many rows of each table were destroyed. */
  readonly rowCounts: Readonly<Record<string, number>>;
  /** A JWS, once all is destroyed. */
  readonly receipt: string | null;
}

export type TenantDeletionStatus = 'scheduled' | 'withdrawn' | 'destroying' | 'destroyed';

export function statusOfDeletion(deletion: TenantDeletion): TenantDeletionStatus {
  if (deletion.withdrawnAt) return 'withdrawn';
  if (deletion.destroyedAt) return 'destroyed';
  return deletion.startedAt ? 'destroying' : 'scheduled';
}
