import { Module } from '@nestjs/common';
import { AccountModule } from '../../account/account.module.js';
import { ConsentModule } from '../../consent/consent.module.js';
import { DevelopersModule } from '../../developers/developers.module.js';
import { SessionsModule } from '../../sessions/sessions.module.js';
import { TenantsModule } from '../../tenants/tenants.module.js';
import { TokensModule } from '../../tokens/tokens.module.js';
import { UsersModule } from '../../users/users.module.js';
import { AccountApi } from './account-api.service.js';
import { AccountApiController } from './account-api.controller.js';
import { AccountApiFilter } from './account-api.filter.js';
import { AccountApiGuard } from './account-api.guard.js';
import { AccountDescriptionController } from './account-description.controller.js';
import { OwnClientsController } from './own-clients.controller.js';
import { OwnClients } from './own-clients.service.js';

/** A person's own account for the tenant's own applications, as JSON. */
@Module({
  imports: [TenantsModule, TokensModule, UsersModule, SessionsModule, ConsentModule, AccountModule, DevelopersModule],
  controllers: [AccountDescriptionController, AccountApiController, OwnClientsController],
  providers: [AccountApi, OwnClients, AccountApiGuard, AccountApiFilter],
})
export class AccountApiModule {}
