import { Injectable } from '@nestjs/common';
import { AllowedApplications } from '../../account/allowed-applications.js';
import type { Session } from '../../sessions/session.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { Told } from '../account-content.js';
import type { AccountSection, SectionState } from '../frame/account-section.js';

/** What the person has allowed whom. */
@Injectable()
export class ApplicationsSection implements AccountSection {
  readonly name = 'applications';
  readonly address = '/account/applications';
  readonly label: Told = (messages) => messages.text('account.applicationsLabel');

  constructor(private readonly applications: AllowedApplications) {}

  async describe(tenant: Tenant, { user }: Session): Promise<SectionState> {
    const count = await this.applications.count(tenant.id, user.id);
    return { status: (messages) => messages.text('account.applicationsCount', { count }) };
  }
}
