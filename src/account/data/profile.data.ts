import { Injectable } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import { attributesByName } from '../../users/attribute-values.js';
import type { UserEntity } from '../../users/user.entity.js';
import { UsersService } from '../../users/users.service.js';
import type { PersonalData } from '../personal-data.js';

/** The account itself, also what the person does not see on its pages. */
@Injectable()
export class ProfileData implements PersonalData {
  readonly name = 'profile';

  constructor(private readonly users: UsersService) {}

  async collect(tenant: Tenant, user: UserEntity) {
    const now = await this.users.find(tenant.id, user.id);
    return {
      id: user.id,
      username: user.username,
      email: user.email,
      email_verified: user.emailVerified,
      phone_number: user.phoneNumber,
      phone_number_verified: user.phoneNumberVerified,
      ...user.claims,
      attributes: attributesByName(tenant.userAttributes, user.attributes),
      second_factors: now?.secondFactors ?? [],
      tenant_admin: user.tenantAdmin,
      roles: user.managementRoles,
      terms_version: user.termsVersion,
      terms_accepted_at: user.termsAcceptedAt,
      password_changed_at: user.passwordChangedAt,
      deletion_scheduled_for: user.deletionScheduledFor,
      created_at: user.createdAt,
      updated_at: user.updatedAt,
    };
  }
}
