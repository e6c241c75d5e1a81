import { Injectable } from '@nestjs/common';
import type { Told } from '../account-content.js';
import type { AccountSection, SectionState } from '../frame/account-section.js';

/** How the person proves who they are. */
@Injectable()
export class SecuritySection implements AccountSection {
  readonly name = 'security';
  readonly address = '/account/security';
  readonly label: Told = (messages) => messages.text('account.security');

  describe(): SectionState {
    return { status: (messages) => messages.text('account.securityText') };
  }
}
