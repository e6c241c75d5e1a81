import { Injectable } from '@nestjs/common';
import { ClientOwnership } from '../../developers/client-ownership.js';
import { Developers } from '../../developers/developer.js';
import type { Session } from '../../sessions/session.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { Told } from '../account-content.js';
import type { AccountSection, SectionState } from '../frame/account-section.js';

/** The clients of a person's own applications, where the tenant lets them register some. */
@Injectable()
export class ClientsSection implements AccountSection {
  readonly name = 'clients';
  readonly address = '/account/clients';
  readonly label: Told = (messages) => messages.text('clients.label');

  constructor(
    private readonly developers: Developers,
    private readonly ownership: ClientOwnership,
  ) {}

  isOffered({ policy }: Tenant): boolean {
    return policy.developerRegistration !== 'off';
  }

  isOfferedTo(tenant: Tenant, { user }: Session): Promise<boolean> {
    return this.developers.isDeveloper(tenant, user);
  }

  async describe(tenant: Tenant, { user }: Session): Promise<SectionState> {
    const [own, asked] = await Promise.all([
      this.ownership.countsOf(tenant.id, user.id),
      this.ownership.askedOf(tenant.id, user),
    ]);
    const attention = asked.length > 0 ? 'clients.attentionAsked' : 'clients.attentionRejected';
    return {
      status: (messages) => messages.text('clients.count', { count: own.owned }),
      ...((own.rejected > 0 || asked.length > 0) && { attention: (messages) => messages.text(attention) }),
    };
  }
}
