import { Module } from '@nestjs/common';
import { KeysModule } from '../keys/keys.module.js';
import { AuditChainRepository } from './audit-chain.repository.js';
import { AuditExport } from './audit-export.js';
import { AuditSealer } from './audit-sealer.js';
import { Checkpoints } from './checkpoints.js';

/** The hash chain of each tenant's audit log: sealing, signing, export. */
@Module({
  imports: [KeysModule],
  providers: [AuditChainRepository, Checkpoints, AuditSealer, AuditExport],
  exports: [AuditChainRepository, AuditSealer, AuditExport],
})
export class AuditChainModule {}
