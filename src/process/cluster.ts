import cluster from 'node:cluster';
import { setTimeout as delay } from 'node:timers/promises';
import type { Application } from '../application.js';
import type { Config } from '../config/config.js';
import { readNodeOptions } from '../config/node-options.js';
import type { DatabaseSettings } from '../database/database-settings.js';
import { workerArguments } from './heap.js';
import type { Lifecycle, Part } from './lifecycle.js';
import { PlatformServer } from './platform-server.js';
import { type FromWorker, onMessageFromPrimary, tellPrimary } from './worker-messages.js';
import { answerWithMetrics } from './worker-metrics.js';
import { WorkerRefusedError } from './worker-refused-error.js';
import { WorkerSlot } from './worker-slot.js';

/** A worker that stops waits so long for its siblings at most. */
const SIBLINGS_LIMIT_MS = 2500;

/** Worker processes that share one listener. The primary owns the database and restarts workers that end. */
export class WorkerPool implements Part {
  readonly slots: readonly WorkerSlot[];
  private database: DatabaseSettings | undefined;
  private readonly asked = new Set<WorkerSlot>();
  private readonly serving = new Set<WorkerSlot>();
  private readonly closed = new Set<WorkerSlot>();
  private started = false;
  private stopping = false;
  private readonly allServe: Promise<void>;
  private settle: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined;

  constructor(
    { workers }: Config,
    private readonly others: (message: FromWorker) => void = () => undefined,
  ) {
    const events = {
      message: (message: FromWorker, slot: WorkerSlot) => this.receive(message, slot),
      ended: (slot: WorkerSlot) => {
        this.asked.delete(slot);
        this.keepListening();
      },
      // During the start, a worker that refuses its configuration ends the whole start. Later it is one worker's fault,
      // and the worker is started again.
      refused: () => {
        this.settle?.reject(new WorkerRefusedError());
        return this.started;
      },
    };
    this.slots = Array.from({ length: workers }, () => new WorkerSlot(events));
    this.allServe = new Promise((resolve, reject) => (this.settle = { resolve, reject }));
    this.allServe.catch(() => undefined);
  }

  /**
   * Starts to listen. The first worker starts alone, so that an error such as a port in use is reported once and not by
   * each worker.
   */
  async listen(): Promise<void> {
    const [first, ...others] = this.slots;
    cluster.setupPrimary({ execArgv: workerArguments(process.execArgv, readNodeOptions()) });
    const listening = new Promise<void>((resolve) => cluster.once('listening', () => resolve()));
    first?.start();
    await Promise.race([listening, this.allServe]);
    for (const slot of others) slot.start();
  }

  /** Lets the workers serve. @throws WorkerRefusedError when one of them cannot */
  async serve(database: DatabaseSettings, signal: AbortSignal): Promise<void> {
    this.database = database;
    for (const slot of this.asked) slot.tell({ type: 'database', settings: database });
    const ended = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('The process ends.')), { once: true });
    });
    await Promise.race([this.allServe, ended]);
    this.started = true;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.slots.map((slot) => slot.stop()));
  }

  private receive(message: FromWorker, slot: WorkerSlot): void {
    if (message.type === 'database?') {
      this.asked.add(slot);
      this.keepListening();
      if (this.database) slot.tell({ type: 'database', settings: this.database });
    } else if (message.type === 'serving') {
      this.serving.add(slot);
      if (this.serving.size === this.slots.length) this.settle?.resolve();
    } else if (message.type === 'closed') {
      this.close(slot);
    } else {
      this.others(message);
    }
  }

  /**
   * A worker that takes connections before it can serve answers 503 to them, while its siblings could serve. So one does
   * it only when no other worker takes any: somebody has to say that this process is alive.
   */
  private keepListening(): void {
    if (this.stopping || this.slots.some(({ isListening }) => isListening)) return;
    const [first] = this.asked;
    first?.letListen();
  }

  /** The listener closes with the last worker. One that stops alone leaves it to its siblings. */
  private close(slot: WorkerSlot): void {
    if (!this.stopping) return slot.tell({ type: 'closed' });
    this.closed.add(slot);
    if (this.slots.some((one) => one.isRunning && !this.closed.has(one))) return;
    for (const one of this.closed) one.tell({ type: 'closed' });
  }
}

/** The part of a worker: waits for the database's address, prepares, then listens and serves. */
export async function runWorker(config: Config, lifecycle: Lifecycle): Promise<Application> {
  // A worker without its primary ends, because nothing would maintain its database.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  const server = lifecycle.add(new PlatformServer(config, listenerClosed));
  const refused = listenWhenTold(server);
  const serving = askForDatabase(lifecycle.signal).then((database) =>
    // The primary has used it, so it comes back. A worker that ended would be started again, which costs much more.
    server.serve(database, { waits: true, signal: lifecycle.signal }),
  );
  const application = await Promise.race([serving, refused]);
  const { metrics } = application;
  if (metrics) answerWithMetrics(() => metrics.registry.getMetricsAsJSON());
  tellPrimary({ type: 'serving' });
  return application;
}

/** @returns what rejects when it cannot listen */
function listenWhenTold(server: PlatformServer): Promise<never> {
  return new Promise((_, reject) => {
    onMessageFromPrimary(({ type }) => {
      if (type === 'listen') server.listen().catch(reject);
    });
  });
}

function askForDatabase(signal: AbortSignal): Promise<DatabaseSettings> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('The process ends.')), { once: true });
    const stop = onMessageFromPrimary((message) => {
      if (message.type !== 'database') return;
      stop();
      resolve(message.settings);
    });
    tellPrimary({ type: 'database?' });
  });
}

/**
 * Until the listener of all workers is closed. A client whose kept connection ends before would open another, and that
 * one would be reset when the listener closes.
 */
async function listenerClosed(): Promise<void> {
  if (!process.connected) return;
  const closed = new Promise<void>((resolve) => {
    const stop = onMessageFromPrimary(({ type }) => {
      if (type !== 'closed') return;
      stop();
      resolve();
    });
  });
  // After the message by which Node.js tells the primary the same.
  tellPrimary({ type: 'closed' });
  await Promise.race([closed, delay(SIBLINGS_LIMIT_MS, undefined, { ref: false })]);
}
