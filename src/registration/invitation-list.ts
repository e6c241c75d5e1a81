import { type ListRequest, type ListedTable, ofTenant } from '../database/keyset-list.js';
import type { TenantId } from '../database/tenant-id.js';
import type { InvitationStatus } from './invitation.entity.js';

/** Orders of the invitations beside that of their creation. */
export const INVITATION_SORT_KEYS = { email: 't.email_key' } as const;

export type InvitationPage = Omit<ListRequest, 'driver' | 'filters'> & {
  readonly status?: InvitationStatus | undefined;
  readonly total?: boolean | undefined;
};

/** As `statusOf` says it. */
const STATUS: Readonly<Record<InvitationStatus, string>> = {
  accepted: 't.accepted_at IS NOT NULL',
  withdrawn: 't.accepted_at IS NULL AND t.withdrawn_at IS NOT NULL',
  expired: 't.accepted_at IS NULL AND t.withdrawn_at IS NULL AND t.expires_at <= now()',
  pending: 't.accepted_at IS NULL AND t.withdrawn_at IS NULL AND t.expires_at > now()',
};

export function invitationTable(tenantId: TenantId): ListedTable {
  return {
    from: 'invitations t',
    id: 't.id',
    idType: 'uuid',
    always: ofTenant(tenantId),
    searched: [{ key: 't.email_key' }],
  };
}

export function invitationRequest({ status, ...page }: InvitationPage): ListRequest {
  return { ...page, filters: status === undefined ? [] : [() => STATUS[status]] };
}
