import { Injectable } from '@nestjs/common';
import type { Session } from '../../sessions/session.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { Told } from '../account-content.js';
import type { AccountSection, SectionState } from '../frame/account-section.js';

/** Where the person is signed in. */
@Injectable()
export class SessionsSection implements AccountSection {
  readonly name = 'sessions';
  readonly address = '/account/sessions';
  readonly label: Told = (messages) => messages.text('account.sessionsLabel');

  constructor(private readonly sessions: SessionsService) {}

  async describe(tenant: Tenant, { user }: Session): Promise<SectionState> {
    const { length: count } = await this.sessions.list(tenant, user.id);
    return { status: (messages) => messages.text('account.placesCount', { count }) };
  }
}
