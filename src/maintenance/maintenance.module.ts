import { Module } from '@nestjs/common';
import { AccountModule } from '../account/account.module.js';
import { AccountUpkeep } from './account-upkeep.js';
import { AuditUpkeep } from './audit-upkeep.js';
import { Sweeper } from './sweeper.js';
import { UpkeepRepository } from './upkeep.repository.js';

/** Periodic work: removing expired rows and accounts, and maintaining the audit log. */
@Module({
  imports: [AccountModule],
  providers: [UpkeepRepository, Sweeper, AuditUpkeep, AccountUpkeep],
  exports: [Sweeper, AuditUpkeep, AccountUpkeep],
})
export class MaintenanceModule {}
