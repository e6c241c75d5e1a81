import { Module } from '@nestjs/common';
import { AccountModule } from '../account/account.module.js';
import { AccessGrantUpkeep } from './access-grant-upkeep.js';
import { AccountUpkeep } from './account-upkeep.js';
import { AuditUpkeep } from './audit-upkeep.js';
import { OperatorAccessModule } from '../operator-access/operator-access.module.js';
import { DomainProofUpkeep } from './domain-proof-upkeep.js';
import { DomainUpkeep } from './domain-upkeep.js';
import { DomainsModule } from '../domains/domains.module.js';
import { OffboardingModule } from '../offboarding/offboarding.module.js';
import { Sweeper } from './sweeper.js';
import { TenantUpkeep } from './tenant-upkeep.js';
import { UpkeepRepository } from './upkeep.repository.js';

/** Periodic work: removing expired rows and accounts, and maintaining the audit log. */
@Module({
  imports: [AccountModule, DomainsModule, OffboardingModule, OperatorAccessModule],
  providers: [
    UpkeepRepository,
    Sweeper,
    AuditUpkeep,
    AccountUpkeep,
    DomainUpkeep,
    DomainProofUpkeep,
    TenantUpkeep,
    AccessGrantUpkeep,
  ],
  exports: [Sweeper, AuditUpkeep, AccountUpkeep, DomainUpkeep, DomainProofUpkeep, TenantUpkeep, AccessGrantUpkeep],
})
export class MaintenanceModule {}
