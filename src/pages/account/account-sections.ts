import type { Type } from '@nestjs/common';
import type { AccountSection } from '../frame/account-section.js';
import { ClientsSection } from '../developers/clients.section.js';
import { PasswordSection } from '../password/password.section.js';
import { SecondFactorSection } from '../second-factor/second-factor.section.js';
import { PasskeysSection } from '../passkeys/passkeys.section.js';
import { ActivitySection } from './activity.section.js';
import { ApplicationsSection } from './applications.section.js';
import { DataSection } from './data.section.js';
import { OverviewSection } from './overview.section.js';
import { ProfileSection } from './profile.section.js';
import { SecuritySection } from './security.section.js';
import { SessionsSection } from './sessions.section.js';

/** THE LIST of pages of a person's account, in the order of their navigation. */
export const accountSections: readonly Type<AccountSection>[] = [
  OverviewSection,
  ProfileSection,
  SecuritySection,
  PasswordSection,
  SecondFactorSection,
  PasskeysSection,
  SessionsSection,
  ApplicationsSection,
  ActivitySection,
  DataSection,
  ClientsSection,
];
