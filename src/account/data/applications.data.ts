import { Injectable } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import type { UserEntity } from '../../users/user.entity.js';
import { applicationJson } from '../account-json.js';
import { AllowedApplications } from '../allowed-applications.js';
import type { PersonalData } from '../personal-data.js';

/** What the person has allowed whom. */
@Injectable()
export class ApplicationsData implements PersonalData {
  readonly name = 'applications';

  constructor(private readonly applications: AllowedApplications) {}

  async collect(tenant: Tenant, user: UserEntity) {
    return (await this.applications.list(tenant, user.id)).map(applicationJson);
  }
}
