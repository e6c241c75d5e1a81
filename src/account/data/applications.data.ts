import { Injectable } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import type { UserEntity } from '../../users/user.entity.js';
import { AllowedApplications } from '../allowed-applications.js';
import type { PersonalData } from '../personal-data.js';

/** What the person has allowed whom. */
@Injectable()
export class ApplicationsData implements PersonalData {
  readonly name = 'applications';

  constructor(private readonly applications: AllowedApplications) {}

  async collect(tenant: Tenant, user: UserEntity) {
    const applications = await this.applications.list(tenant, user.id);
    return applications.map(({ clientId, name, allowedAt, lastUsedAt, access }) => ({
      client_id: clientId,
      client_name: name,
      allowed_at: allowedAt,
      last_used_at: lastUsedAt ?? null,
      access: access.map(({ resource, scopes }) => ({ resource: resource === '' ? null : resource, scopes })),
    }));
  }
}
