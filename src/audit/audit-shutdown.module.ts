import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { AuditRecorder } from './audit-recorder.js';

/** How long the last flush may take, so that an unavailable database does not keep the process from stopping. */
const LIMIT_MS = 3000;

/**
 * Writes the buffered events when the process stops. Nest shuts down global modules last and in no fixed order, so the
 * database's module may end before the recorder's. This module is not global, so it ends before both.
 */
@Module({})
export class AuditShutdownModule implements OnApplicationShutdown {
  constructor(private readonly recorder: AuditRecorder) {}

  async onApplicationShutdown(): Promise<void> {
    await this.recorder.close(LIMIT_MS);
  }
}
