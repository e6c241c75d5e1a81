import { Injectable } from '@nestjs/common';
import type { Told } from '../account-content.js';
import type { AccountSection } from '../frame/account-section.js';

/** What needs attention, and what the other sections say of themselves. */
@Injectable()
export class OverviewSection implements AccountSection {
  readonly name = 'overview';
  readonly address = '/account';
  readonly label: Told = (messages) => messages.text('account.overview');
}
