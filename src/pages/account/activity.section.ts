import { Injectable } from '@nestjs/common';
import type { Told } from '../account-content.js';
import type { AccountSection, SectionState } from '../frame/account-section.js';

/** What happened to the account. */
@Injectable()
export class ActivitySection implements AccountSection {
  readonly name = 'activity';
  readonly address = '/account/activity';
  readonly label: Told = (messages) => messages.text('activity.title');

  describe(): SectionState {
    return { status: (messages) => messages.text('activity.status') };
  }
}
