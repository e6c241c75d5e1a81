import { type TenantDeletion, statusOfDeletion } from '../../offboarding/tenant-deletion.js';
import type { View } from '../kit/view.js';

export function tenantDeletionView(deletion: TenantDeletion): View {
  return {
    id: deletion.id,
    tenant_id: deletion.tenant,
    slug: deletion.slug,
    status: statusOfDeletion(deletion),
    requested_at: deletion.requestedAt,
    requested_by: deletion.requestedBy,
    scheduled_for: deletion.dueAt,
    withdrawn_at: deletion.withdrawnAt,
    withdrawn_by: deletion.withdrawnBy,
    started_at: deletion.startedAt,
    destroyed_at: deletion.destroyedAt,
    rows: deletion.rowCounts,
    receipt: deletion.receipt,
  };
}
