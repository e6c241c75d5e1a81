import { type AccessGrant, statusOf } from '../../operator-access/access-grant.js';
import type { View } from '../kit/view.js';

export function accessGrantView(grant: AccessGrant): View {
  return {
    id: grant.id,
    status: statusOf(grant, new Date()),
    operator: grant.operator,
    reason: grant.reason,
    ticket: grant.ticket,
    reach: grant.reach,
    level: grant.level,
    emergency: grant.emergency,
    duration_seconds: grant.durationSeconds,
    requested_at: grant.requestedAt,
    begins_at: grant.beginsAt,
    expires_at: grant.expiresAt,
    approved_by: grant.approvedBy,
    ended_at: grant.endedAt,
    ended_by: grant.endedBy,
  };
}
