import { Module } from '@nestjs/common';
import { AccountModule } from '../account/account.module.js';
import { AccountUpkeep } from './account-upkeep.js';
import { AuditUpkeep } from './audit-upkeep.js';
import { DomainUpkeep } from './domain-upkeep.js';
import { DomainsModule } from '../domains/domains.module.js';
import { OffboardingModule } from '../offboarding/offboarding.module.js';
import { Sweeper } from './sweeper.js';
import { TenantUpkeep } from './tenant-upkeep.js';
import { UpkeepRepository } from './upkeep.repository.js';

/** Periodic work: removing expired rows and accounts, and maintaining the audit log. */
@Module({
  imports: [AccountModule, DomainsModule, OffboardingModule],
  providers: [UpkeepRepository, Sweeper, AuditUpkeep, AccountUpkeep, DomainUpkeep, TenantUpkeep],
  exports: [Sweeper, AuditUpkeep, AccountUpkeep, DomainUpkeep, TenantUpkeep],
})
export class MaintenanceModule {}
