import type { Type } from '@nestjs/common';
import { ActivityData } from './data/activity.data.js';
import { ApiRolesData } from './data/api-roles.data.js';
import { ApplicationsData } from './data/applications.data.js';
import { ClientsData } from './data/clients.data.js';
import { GroupsData } from './data/groups.data.js';
import { PasskeysData } from './data/passkeys.data.js';
import { ProfileData } from './data/profile.data.js';
import { SessionsData } from './data/sessions.data.js';
import type { PersonalData } from './personal-data.js';

/** THE LIST of what a person can download about themselves. */
export const personalData: readonly Type<PersonalData>[] = [
  ProfileData,
  GroupsData,
  ApiRolesData,
  ClientsData,
  PasskeysData,
  SessionsData,
  ApplicationsData,
  ActivityData,
];
