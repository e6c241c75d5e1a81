import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { MailModule } from '../mail/mail.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { RolesModule } from '../roles/roles.module.js';
import { ClientApprovals } from './client-approvals.js';
import { ClientCompletion } from './client-completion.js';
import { ClientOwnersRepository } from './client-owners.repository.js';
import { ClientOwnership } from './client-ownership.js';
import { ClientRegistrationsRepository } from './client-registrations.repository.js';
import { DecisionMails } from './decision-mails.js';
import { Developers } from './developer.js';
import { OwnRegistrations } from './own-registrations.js';
import { RegistrationReviews } from './registration-reviews.js';

/** Clients that developers of a tenant register, and the decisions of its administrators. */
@Module({
  imports: [ClientsModule, GroupsModule, MailModule, ResourcesModule, RolesModule],
  providers: [
    ClientRegistrationsRepository,
    ClientOwnersRepository,
    ClientCompletion,
    ClientApprovals,
    Developers,
    OwnRegistrations,
    ClientOwnership,
    RegistrationReviews,
    DecisionMails,
  ],
  exports: [ClientCompletion, Developers, OwnRegistrations, ClientOwnership, RegistrationReviews],
})
export class DevelopersModule {}
