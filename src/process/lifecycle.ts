import { setTimeout as delay } from 'node:timers/promises';

/** How long an end waits for a start that is under way. */
const START_LIMIT_MS = 8000;

/** Something that was started and has to be let go of. */
export interface Part {
  /** Finishes what is under way, then lets go. Idempotent. */
  stop(): Promise<void>;
}

/**
 * What this process started, in order, and its only way to end: by a signal, a failed start or a fault. Signals are
 * handled from the first moment, also while the start waits for the database. A second signal changes nothing, because
 * the end is bounded in time.
 */
export class Lifecycle {
  private readonly parts: Part[] = [];
  private readonly ending = new AbortController();
  private starting: Promise<void> = Promise.resolve();
  private stopping: Promise<void> | undefined;

  /** Aborts when the process is to end. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** @throws what the start threw, after everything that had been started was stopped */
  async run(start: () => Promise<void>): Promise<void> {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(
        signal,
        () =>
          void this.stop().then(
            () => process.exit(0),
            () => process.exit(1),
          ),
      );
    }
    this.starting = start();
    try {
      await this.starting;
    } catch (error) {
      const asked = this.signal.aborted;
      await this.stop();
      if (!asked) throw error;
    }
  }

  add<One extends Part>(part: One): One {
    this.parts.unshift(part);
    return part;
  }

  /** A part that those before stand on. */
  addBelow(part: Part): void {
    this.parts.push(part);
  }

  /** The last part first. */
  stop(): Promise<void> {
    return (this.stopping ??= this.stopAll());
  }

  private async stopAll(): Promise<void> {
    this.ending.abort();
    // A start that goes on would make parts that nobody stops.
    await Promise.race([this.starting.catch(() => undefined), delay(START_LIMIT_MS, undefined, { ref: false })]);
    for (const part of this.parts) await part.stop();
  }
}
