import { type UserAttributes, readableBy } from '../../tenants/user-attributes.js';
import { attributesByName } from '../../users/attribute-values.js';
import type { UserEntity } from '../../users/user.entity.js';
import type { View } from '../kit/view.js';

/** @param definitions of the attributes of the tenant */
export function userView(user: UserEntity, definitions: UserAttributes): View {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    email_verified: user.emailVerified,
    phone_number: user.phoneNumber,
    phone_number_verified: user.phoneNumberVerified,
    ...user.claims,
    attributes: attributesByName(readableBy(definitions, 'admin'), user.attributes),
    tenant_admin: user.tenantAdmin,
    roles: user.managementRoles,
    enabled: user.enabled,
    ...(user.termsVersion !== null && {
      terms_version: user.termsVersion,
      terms_accepted_at: user.termsAcceptedAt,
    }),
    must_change_password: user.mustChangePassword,
    password_changed_at: user.passwordChangedAt,
    ...(user.deletionScheduledFor && { deletion_scheduled_for: user.deletionScheduledFor }),
    created_at: user.createdAt,
    updated_at: user.updatedAt,
  };
}
