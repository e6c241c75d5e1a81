import { Global, Module } from '@nestjs/common';
import { AuditEventsRepository } from './audit-events.repository.js';
import { AuditRecorder } from './audit-recorder.js';

/** The append-only record of every write, sign-in, token and refusal. */
@Global()
@Module({
  providers: [AuditEventsRepository, AuditRecorder],
  exports: [AuditEventsRepository, AuditRecorder],
})
export class AuditModule {}
