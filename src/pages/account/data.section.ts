import { Injectable } from '@nestjs/common';
import type { Session } from '../../sessions/session.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { Told } from '../account-content.js';
import type { AccountSection, SectionState } from '../frame/account-section.js';

/** Taking one's data along, and leaving. */
@Injectable()
export class DataSection implements AccountSection {
  readonly name = 'data';
  readonly address = '/account/data';
  readonly label: Told = (messages) => messages.text('data.title');

  describe(_: Tenant, { user: { deletionScheduledFor: date } }: Session): SectionState {
    return {
      status: (messages) => messages.text('data.status'),
      ...(date && { attention: (messages) => messages.text('data.attention', { date }) }),
    };
  }
}
