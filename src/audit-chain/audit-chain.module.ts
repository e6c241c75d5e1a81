import { Module } from '@nestjs/common';
import { KeysModule } from '../keys/keys.module.js';
import { AuditChainRepository } from './audit-chain.repository.js';
import { AuditFeed } from './audit-feed.js';
import { AuditFeedRepository } from './audit-feed.repository.js';
import { AuditExport } from './audit-export.js';
import { AuditSealer } from './audit-sealer.js';
import { Checkpoints } from './checkpoints.js';

/** The hash chain of each tenant's audit log: sealing, signing, export, and following it. */
@Module({
  imports: [KeysModule],
  providers: [AuditChainRepository, AuditFeedRepository, Checkpoints, AuditSealer, AuditExport, AuditFeed],
  exports: [AuditChainRepository, AuditSealer, AuditExport, AuditFeed],
})
export class AuditChainModule {}
