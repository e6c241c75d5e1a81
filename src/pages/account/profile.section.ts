import { Injectable } from '@nestjs/common';
import { EmailChanges } from '../../account/email-changes.js';
import type { Session } from '../../sessions/session.js';
import { missingAttributes } from '../../users/attribute-values.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { Told } from '../account-content.js';
import type { AccountSection, SectionState } from '../frame/account-section.js';

/** What the person tells of themselves. */
@Injectable()
export class ProfileSection implements AccountSection {
  readonly name = 'profile';
  readonly address = '/account/profile';
  readonly label: Told = (messages) => messages.text('profile.title');

  constructor(private readonly emails: EmailChanges) {}

  describe(tenant: Tenant, { user }: Session): SectionState {
    const isUnproven = user.email !== undefined && !user.emailVerified && this.emails.isOffered(tenant);
    const isIncomplete = missingAttributes(tenant.userAttributes, user.attributes, 'sign_in').length > 0;
    return {
      status: (messages) => messages.text('profile.status'),
      ...(isIncomplete && { attention: (messages) => messages.text('attributes.missing') }),
      ...(isUnproven && { attention: (messages) => messages.text('profile.emailUnverified') }),
    };
  }
}
