import { type InvitationEntity, statusOf } from '../../registration/invitation.entity.js';
import type { View } from '../kit/view.js';

/** Never its link: whoever has it is the person who was invited. */
export function invitationView(invitation: InvitationEntity): View {
  const { username, claims = {} } = invitation.attributes;
  return {
    id: invitation.id,
    email: invitation.email,
    status: statusOf(invitation, new Date()),
    username: username ?? null,
    name: claims.name ?? null,
    given_name: claims.given_name ?? null,
    family_name: claims.family_name ?? null,
    tenant_admin: invitation.tenantAdmin,
    roles: invitation.roles,
    locale: invitation.locale,
    sent_at: invitation.sentAt,
    expires_at: invitation.expiresAt,
    accepted_at: invitation.acceptedAt,
    withdrawn_at: invitation.withdrawnAt,
    user_id: invitation.userId,
    created_at: invitation.createdAt,
    updated_at: invitation.updatedAt,
  };
}
