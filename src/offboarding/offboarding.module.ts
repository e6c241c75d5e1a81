import { Module } from '@nestjs/common';
import { KeysModule } from '../keys/keys.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { TenantDeletions } from './tenant-deletions.js';
import { TenantDeletionsRepository } from './tenant-deletions.repository.js';
import { TenantDestruction } from './tenant-destruction.js';
import { TenantDestructionRepository } from './tenant-destruction.repository.js';

/** What happens to tenants beyond their settings: deletion in steps, with a receipt. */
@Module({
  imports: [TenantsModule, KeysModule],
  providers: [TenantDeletionsRepository, TenantDestructionRepository, TenantDeletions, TenantDestruction],
  exports: [TenantDeletions, TenantDestruction],
})
export class OffboardingModule {}
