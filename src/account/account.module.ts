import { Module } from '@nestjs/common';
import { ApiRolesModule } from '../api-roles/api-roles.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { ClientsModule } from '../clients/clients.module.js';
import { DevelopersModule } from '../developers/developers.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { ConsentModule } from '../consent/consent.module.js';
import { PasskeysModule } from '../passkeys/passkeys.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { MailModule } from '../mail/mail.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { VerificationModule } from '../verification/verification.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccountActivity } from './account-activity.js';
import { AccountDeletions } from './account-deletions.js';
import { AccountDeletionsRepository } from './account-deletions.repository.js';
import { EmailChanges } from './email-changes.js';
import { AllowedApplications } from './allowed-applications.js';
import { ApplicationUsesRepository } from './application-uses.repository.js';
import { PERSONAL_DATA, type PersonalData } from './personal-data.js';
import { DataExport } from './data-export.js';
import { personalData } from './personal-data-list.js';
import { Profiles } from './profiles.js';

/** What people see and change of their own account, whichever way they come: by pages or by the JSON API. */
@Module({
  imports: [
    UsersModule,
    GroupsModule,
    DevelopersModule,
    ApiRolesModule,
    ResourcesModule,
    ClientsModule,
    PasskeysModule,
    SessionsModule,
    ConsentModule,
    MailModule,
    NoticesModule,
    VerificationModule,
  ],
  providers: [
    Profiles,
    AccountActivity,
    ApplicationUsesRepository,
    AllowedApplications,
    AccountDeletionsRepository,
    AccountDeletions,
    ...personalData,
    { provide: PERSONAL_DATA, useFactory: (...parts: PersonalData[]) => parts, inject: [...personalData] },
    DataExport,
    EmailChanges,
  ],
  exports: [EmailChanges, Profiles, AccountActivity, AllowedApplications, AccountDeletions, DataExport],
})
export class AccountModule {}
