import cluster, { type Worker } from 'node:cluster';
import { EX_CONFIG } from '../config/config.js';
import { backOff } from './back-off.js';
import type { FromWorker, ToWorker } from './worker-messages.js';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4000;
/** A worker that ran for this long is replaced after a short wait again. */
const STABLE_MS = 30_000;
/**
 * A worker that has not asked for the database within this time hangs. It only has to load its program first, but twelve
 * that do so at once on a busy machine of two cores take more than a minute.
 */
const START_LIMIT_MS = 300_000;
/** Longer than a worker takes to finish, or give up, what is under way. */
const STOP_LIMIT_MS = 12_000;

export interface SlotEvents {
  readonly message: (message: FromWorker, slot: WorkerSlot) => void;
  readonly ended: (slot: WorkerSlot) => void;
  /** A worker said that its configuration is wrong, and why. @returns whether another one is to try all the same */
  readonly refused: () => boolean;
}

/**
 * The place of one worker. A worker that ends is always replaced, after waits that grow. Neither the other workers nor
 * the primary are affected.
 */
export class WorkerSlot {
  private worker: Worker | undefined;
  private timer: NodeJS.Timeout | undefined;
  private failures = 0;
  private stopped = false;
  private listens = false;

  constructor(private readonly events: SlotEvents) {}

  start(): void {
    let worker: Worker;
    try {
      worker = cluster.fork();
    } catch (error) {
      return this.replace((error as Error).message);
    }
    this.worker = worker;
    const forkedAt = performance.now();
    const hanging = setTimeout(() => worker.process.kill('SIGKILL'), START_LIMIT_MS);
    worker.once('listening', () => (this.listens = true));
    worker.on('message', (message: FromWorker) => {
      clearTimeout(hanging);
      this.events.message(message, this);
    });
    let over = false;
    const ended = (reason: string, code?: number) => {
      if (over) return;
      over = true;
      clearTimeout(hanging);
      this.worker = undefined;
      this.listens = false;
      this.events.ended(this);
      if (performance.now() - forkedAt > STABLE_MS) this.failures = 0;
      if (code !== EX_CONFIG || this.events.refused()) this.replace(reason);
    };
    worker.once('exit', (code, signal) => ended(signal || `code ${code}`, code));
    // A process that could not be made has no exit; a channel that broke has one that follows.
    worker.on('error', (error) => worker.process.pid === undefined && ended(error.message));
  }

  get isRunning(): boolean {
    return this.worker !== undefined;
  }

  /** Whether its worker takes connections, or was told to. */
  get isListening(): boolean {
    return this.listens;
  }

  /** Although it may not be able to serve yet. */
  letListen(): void {
    this.listens = true;
    this.tell({ type: 'listen' });
  }

  tell(message: ToWorker): void {
    if (this.worker?.isConnected()) this.worker.send(message, undefined, () => undefined);
  }

  /** Idempotent. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    const { worker } = this;
    if (!worker) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.process.kill('SIGTERM');
    const stuck = setTimeout(() => worker.process.kill('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(stuck);
  }

  private replace(reason: string): void {
    if (this.stopped) return;
    const waitMs = backOff(this.failures, { firstMs: FIRST_WAIT_MS, longestMs: LONGEST_WAIT_MS });
    this.failures += 1;
    process.stderr.write(`A worker ended (${reason}); starting another in ${Math.round(waitMs)} ms.\n`);
    this.timer = setTimeout(() => this.start(), waitMs);
  }
}
