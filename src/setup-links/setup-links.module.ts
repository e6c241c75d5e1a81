import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { MailModule } from '../mail/mail.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { UsersModule } from '../users/users.module.js';
import { SetupLinksRepository } from './setup-links.repository.js';
import { SetupLinks } from './setup-links.service.js';
import { SetupMakers } from './setup-makers.js';
import { SetupSessionsRepository } from './setup-sessions.repository.js';
import { SetupSessions } from './setup-sessions.js';

/** Links with which people without an account set a tenant up, for a time and for certain purposes. */
@Module({
  imports: [TenantsModule, ClientsModule, UsersModule, MailModule, KeysModule],
  providers: [SetupLinksRepository, SetupMakers, SetupLinks, SetupSessionsRepository, SetupSessions],
  exports: [SetupLinks, SetupSessions],
})
export class SetupLinksModule {}
