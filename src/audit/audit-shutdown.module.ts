import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { AuditRecorder } from './audit-recorder.js';

/** A database that is away keeps no process from stopping. */
const LIMIT_MS = 3000;

/**
 * Writes what still waits when the process stops. Nest shuts global modules down last and in an order of its own, so
 * the recorder's global module may come after the database's: this one is not global, and comes before both.
 */
@Module({})
export class AuditShutdownModule implements OnApplicationShutdown {
  constructor(private readonly recorder: AuditRecorder) {}

  async onApplicationShutdown(): Promise<void> {
    await this.recorder.close(LIMIT_MS);
  }
}
