import cluster, { type Worker } from 'node:cluster';
import type { Config } from '../config/config.js';
import type { DatabaseSettings } from '../database/database-settings.js';
import { type Server, serve } from './serve.js';

const RESTART_DELAY_MS = 1000;
/** A worker that cannot even start is not started for ever. */
const MAX_RESTARTS_PER_MINUTE = 10;

/** Several processes behind one listener. The primary owns the database and starts again what dies. */
export async function serveWithWorkers(config: Config, database: DatabaseSettings): Promise<Server> {
  let started = false;
  let stopping = false;
  const restarts: number[] = [];
  const fork = (): Worker => {
    const worker = cluster.fork();
    // By message and not in the environment, where other programs of this user could read the password; and only when
    // asked, because what is sent to a process that does not listen yet is lost.
    worker.once('message', () => worker.send({ database }));
    return worker;
  };
  cluster.on('exit', (_, code, signal) => {
    // A start fails as a whole.
    if (!started || stopping) return;
    const now = Date.now();
    while (restarts[0] !== undefined && restarts[0] < now - 60_000) restarts.shift();
    restarts.push(now);
    process.stderr.write(`A worker ended (${signal || `code ${code}`}); starting another.\n`);
    if (restarts.length > MAX_RESTARTS_PER_MINUTE) throw new Error('Workers end as soon as they start.');
    setTimeout(() => stopping || fork(), RESTART_DELAY_MS);
  });
  // The first one alone: what keeps it from starting would keep all of them, and is said once.
  const first = fork();
  await listening(first);
  const others = Array.from({ length: config.workers - 1 }, fork);
  await Promise.all(others.map(listening));
  started = true;
  for (const worker of [first, ...others]) if (worker.isDead()) fork();
  return {
    stop: async () => {
      stopping = true;
      const running = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
      await Promise.all(
        running.map((worker) => {
          const ended = new Promise((resolve) => worker.once('exit', resolve));
          worker.kill('SIGTERM');
          return ended;
        }),
      );
    },
  };
}

/** The part of a worker: waits for the database's address, then serves. */
export async function runWorker(config: Config): Promise<Server> {
  const database = await new Promise<DatabaseSettings>((resolve) => {
    process.once('message', (message: { database: DatabaseSettings }) => resolve(message.database));
    process.send?.('database');
  });
  // Without its primary a worker would go on with a database nobody looks after.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  return serve(config, database, { bootstrap: false });
}

/** A worker could not start, and has said why. */
export class WorkerEndedError extends Error {
  constructor(readonly code: number) {
    super(`A worker ended with code ${code} before it was ready.`);
  }
}

function listening(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('listening', () => resolve());
    worker.once('exit', (code) => reject(new WorkerEndedError(code)));
  });
}
