import type { GroupMember, Membership } from '../../groups/group-member.js';
import type { GroupEntity } from '../../groups/group.entity.js';
import type { View } from '../kit/view.js';

export function groupView({ id, name, displayName, description, createdAt, updatedAt }: GroupEntity): View {
  return { id, name, display_name: displayName, description, created_at: createdAt, updated_at: updatedAt };
}

export function groupMemberView({ userId, username, addedBy, createdAt }: GroupMember): View {
  return { user_id: userId, username, added_by: addedBy ?? null, created_at: createdAt };
}

export function membershipView({ groupId, group, addedBy, createdAt }: Membership): View {
  return { group_id: groupId, group, added_by: addedBy ?? null, created_at: createdAt };
}
