import { Module } from '@nestjs/common';
import { AuditUpkeep } from './audit-upkeep.js';
import { Sweeper } from './sweeper.js';
import { UpkeepRepository } from './upkeep.repository.js';

/** What is done from time to time. */
@Module({ providers: [UpkeepRepository, Sweeper, AuditUpkeep], exports: [Sweeper, AuditUpkeep] })
export class MaintenanceModule {}
