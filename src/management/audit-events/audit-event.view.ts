import type { AuditEventRow } from '../../audit/audit-row.js';
import type { View } from '../kit/view.js';

/** An event as its tenant sees it. */
export function auditEventView({ tenant_id: _, ...event }: AuditEventRow): View {
  return event;
}
