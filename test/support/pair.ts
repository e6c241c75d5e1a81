import { AuditRecorder } from '../../src/audit/audit-recorder.js';
import { type Platform, startPlatform } from './platform.js';

/** Two instances of the application on one database, at one public address. */
export interface Pair extends Platform {
  /** Where each instance listens. */
  readonly ports: readonly number[];
  readonly second: Platform;
  /** Has both write what they recorded so far. */
  flushAudit(): Promise<void>;
}

export async function startPair(): Promise<Pair> {
  const first = await startPlatform();
  const second = await startPlatform({ beside: first });
  return {
    ...first,
    second,
    ports: [first, second].map(({ config }) => config.listen.port),
    flushAudit: async () => {
      for (const { application } of [first, second]) await application.nest.get(AuditRecorder).flush();
    },
    stop: async () => {
      await second.stop();
      await first.stop();
    },
  };
}
