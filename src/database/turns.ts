import { DatabaseUnavailableError } from './database-error.js';

/** How long one waits for its turn, and how many may wait. */
export interface TurnLimits {
  readonly atOnce: number;
  readonly deadlineMs: number;
  readonly waiting: number;
}

/**
 * Lets a few do their work at once and the rest wait in order. Who waits here holds no connection, no lock and no place
 * in the queue for connections, whose deadlines are short because they are there to find out that the database is gone.
 */
export class Turns {
  private active = 0;
  private readonly queue = new Set<() => void>();

  constructor(private readonly limits: TurnLimits) {}

  /** @throws DatabaseUnavailableError when its turn does not come in time */
  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.active < this.limits.atOnce) this.active += 1;
    else await this.wait();
    try {
      return await work();
    } finally {
      this.pass();
    }
  }

  private wait(): Promise<void> {
    if (this.queue.size >= this.limits.waiting) throw late();
    return new Promise((resolve, reject) => {
      const begin = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.queue.delete(begin);
        reject(late());
      }, this.limits.deadlineMs);
      this.queue.add(begin);
    });
  }

  /** The next in line takes over the turn, or nobody has it. */
  private pass(): void {
    const [next] = this.queue;
    if (!next) {
      this.active -= 1;
      return;
    }
    this.queue.delete(next);
    next();
  }
}

function late(): DatabaseUnavailableError {
  return new DatabaseUnavailableError('Too many changes wait for their turn.');
}
