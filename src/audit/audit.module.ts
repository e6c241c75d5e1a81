import { Global, Module } from '@nestjs/common';
import { AuditEventsRepository } from './audit-events.repository.js';
import { AuditRecorder } from './audit-recorder.js';
import { UnsealedLogs } from './unsealed-logs.js';

/** The append-only record of every write, sign-in, token and refusal. */
@Global()
@Module({
  providers: [AuditEventsRepository, AuditRecorder, UnsealedLogs],
  exports: [AuditEventsRepository, AuditRecorder, UnsealedLogs],
})
export class AuditModule {}
