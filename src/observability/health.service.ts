import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { ChangeFeed } from '../database/change-feed.js';
import { Database } from '../database/database.js';
import { isReadOnly, isTooManyConnections } from '../database/database-error.js';
import { statement } from '../database/statement.js';

/** Checks that the server takes writes. A replica or a read-only server answers but cannot be used. */
const ping = statement(
  'health.ping',
  `SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS read_only`,
);
const TIMEOUT_MS = 1500;

/** What is wrong with the database, in words that tell nothing of hosts or errors. */
export type DatabaseFault = 'unreachable' | 'no connection free' | 'slow' | 'read only';

export interface Readiness {
  readonly ready: boolean;
  readonly database?: DatabaseFault;
  /** The change feed is silent, so cached values may be out of date. */
  readonly changes?: 'silent';
  /** The audit log cannot be written, so tokens may be refused. */
  readonly audit?: 'unwritten';
  readonly stopping?: true;
}

/** Whether this process can serve requests now, and what keeps it from that. */
@Injectable()
export class HealthService implements BeforeApplicationShutdown {
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly audit: AuditRecorder,
  ) {}

  async examine(): Promise<Readiness> {
    if (this.stopping) return { ready: false, stopping: true };
    const database = await this.examineDatabase();
    const silent = !this.changes.connected;
    const unrecorded = !this.audit.healthy;
    return {
      ready: !database && !silent && !unrecorded,
      ...(database && { database }),
      ...(silent && { changes: 'silent' }),
      ...(unrecorded && { audit: 'unwritten' }),
    };
  }

  async isReady(): Promise<boolean> {
    return (await this.examine()).ready;
  }

  private async examineDatabase(): Promise<DatabaseFault | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<DatabaseFault>((resolve) => {
      timer = setTimeout(
        () => resolve(this.database.poolStatistics.waiting > 0 ? 'no connection free' : 'slow'),
        TIMEOUT_MS,
      );
    });
    const answered = this.database
      .platformQuery<{ read_only: boolean }>(ping, [])
      .then(([row]) => (row?.read_only ? 'read only' : undefined), faultOf);
    return Promise.race([answered, tooLate]).finally(() => clearTimeout(timer));
  }

  /** Makes readiness fail, so that load balancers stop sending requests. */
  stop(): void {
    this.stopping = true;
  }

  beforeApplicationShutdown(): void {
    this.stop();
  }
}

function faultOf(error: unknown): DatabaseFault {
  if (isTooManyConnections(error)) return 'no connection free';
  return isReadOnly(error) ? 'read only' : 'unreachable';
}
