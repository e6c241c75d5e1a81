import { Injectable } from '@nestjs/common';
import { ConsentService } from '../../consent/consent.service.js';
import type { Session } from '../../sessions/session.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { Told } from '../account-content.js';
import type { AccountSection, SectionState } from '../frame/account-section.js';
import { MAX_CONSENTS } from './applications.flow.js';

/** What the person has allowed whom. */
@Injectable()
export class ApplicationsSection implements AccountSection {
  readonly name = 'applications';
  readonly address = '/account/applications';
  readonly label: Told = (messages) => messages.text('account.applications');

  constructor(private readonly consents: ConsentService) {}

  async describe(tenant: Tenant, { user }: Session): Promise<SectionState> {
    const consents = await this.consents.list(tenant.id, { userId: user.id, limit: MAX_CONSENTS });
    const count = new Set(consents.map(({ client_id }) => client_id)).size;
    return { status: (messages) => messages.text('account.applicationsCount', { count }) };
  }
}
