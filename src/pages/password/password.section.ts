import { Injectable } from '@nestjs/common';
import type { Told } from '../account-content.js';
import type { AccountSection, SectionState } from '../frame/account-section.js';

/** The password, on the security page. */
@Injectable()
export class PasswordSection implements AccountSection {
  readonly name = 'password';
  readonly address = '/change-password';
  readonly label: Told = (messages) => messages.text('account.changePassword');
  readonly isSecurity = true;

  describe(): SectionState {
    return { status: (messages) => messages.text('account.passwordText') };
  }
}
