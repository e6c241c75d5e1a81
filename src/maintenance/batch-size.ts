const LEAST = 200;
const MOST = 20_000;
const FIRST = 1000;
/** How long a batch may hold its locks. Nobody uses the deleted rows, but their parent rows and indexes are in use. */
const TARGET_MS = 250;

/** How many rows one statement takes, so that it stays short whatever the machine and the table. */
export class BatchSize {
  private size = FIRST;

  get current(): number {
    return this.size;
  }

  /**
   * Adapts the size after a batch of `rows` that took this long: towards as many rows as fit the target time, and at
   * most twice as many.
   */
  took(milliseconds: number, rows: number): void {
    if (rows < this.size) return;
    this.set(Math.min(this.size * 2, (this.size * TARGET_MS) / Math.max(milliseconds, 1)));
  }

  /** The batch ran into a time limit, or the database was unavailable: the next one is smaller. */
  failed(): void {
    this.set(this.size / 4);
  }

  private set(size: number): void {
    this.size = Math.round(Math.min(MOST, Math.max(LEAST, size)));
  }
}
