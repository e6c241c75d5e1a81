import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';

const ping = statement('health.ping', 'SELECT 1');
const TIMEOUT_MS = 1500;

/** Whether this process can serve requests now. */
@Injectable()
export class HealthService implements BeforeApplicationShutdown {
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly audit: AuditRecorder,
  ) {}

  async isReady(): Promise<boolean> {
    // What is issued has to be recorded.
    if (this.stopping || !this.audit.healthy) return false;
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), TIMEOUT_MS);
    });
    const answered = this.database.platformQuery(ping, []).then(
      () => true,
      () => false,
    );
    return Promise.race([answered, tooLate]).finally(() => clearTimeout(timer));
  }

  /** From now on balancers should look elsewhere. */
  stop(): void {
    this.stopping = true;
  }

  beforeApplicationShutdown(): void {
    this.stop();
  }
}
