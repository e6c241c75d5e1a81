import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { AuditChainModule } from './audit-chain.module.js';
import { AuditSealer } from './audit-sealer.js';

/** How long the last flush may take, so that an unavailable database does not keep the process from stopping. */
const LIMIT_MS = 3000;
const SEALING_MS = 1000;

/**
 * Writes and seals the buffered events when the process stops. Nest shuts down global modules last and in no fixed order, so the
 * database's module may end before the recorder's. This module is not global, so it ends before both.
 */
@Module({ imports: [AuditChainModule] })
export class AuditShutdownModule implements OnApplicationShutdown {
  constructor(
    private readonly recorder: AuditRecorder,
    private readonly sealer: AuditSealer,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.recorder.close(LIMIT_MS);
    // What is not sealed in time, another process seals.
    await this.sealer.finish(SEALING_MS);
  }
}
