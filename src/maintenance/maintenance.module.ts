import { Module } from '@nestjs/common';
import { AuditUpkeep } from './audit-upkeep.js';
import { Sweeper } from './sweeper.js';
import { UpkeepRepository } from './upkeep.repository.js';

/** Periodic work: removing expired rows and maintaining the audit log. */
@Module({ providers: [UpkeepRepository, Sweeper, AuditUpkeep], exports: [Sweeper, AuditUpkeep] })
export class MaintenanceModule {}
