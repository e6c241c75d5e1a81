import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { UsersModule } from '../users/users.module.js';
import { BootstrapService } from './bootstrap.service.js';
import { DemoSeed } from './demo-seed.js';
import { MasterKeyCheck } from './master-key-check.js';
import { OperatorScopes } from './operator-scopes.js';
import { PlatformSettingsRepository } from './platform-settings.repository.js';

/** Prepares an empty database: the system tenant, the operator and the demo. */
@Module({
  imports: [KeysModule, TenantsModule, ClientsModule, UsersModule, ResourcesModule],
  providers: [PlatformSettingsRepository, DemoSeed, MasterKeyCheck, OperatorScopes, BootstrapService],
  exports: [BootstrapService],
})
export class BootstrapModule {}
