const LEAST = 200;
const MOST = 20_000;
const FIRST = 1000;
/** How long a batch may hold its locks: what it takes away nobody uses, but its parents and indexes are in use. */
const TARGET_MS = 250;

/** How many rows one statement takes, so that it stays short whatever the machine and the table. */
export class BatchSize {
  private size = FIRST;

  get current(): number {
    return this.size;
  }

  /** After a batch of `rows` that took so long: towards as many as fit the time, at most twice as many. */
  took(milliseconds: number, rows: number): void {
    if (rows < this.size) return;
    this.set(Math.min(this.size * 2, (this.size * TARGET_MS) / Math.max(milliseconds, 1)));
  }

  /** It ran into a time limit, or the database is away. */
  failed(): void {
    this.set(this.size / 4);
  }

  private set(size: number): void {
    this.size = Math.round(Math.min(MOST, Math.max(LEAST, size)));
  }
}
