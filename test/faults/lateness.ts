const INTERVAL_MS = 10;

/** How late timers come on this machine: what its other work adds to every delay. */
export class Lateness {
  largestMs = 0;
  private last = performance.now();
  private readonly timer: NodeJS.Timeout;

  constructor() {
    this.timer = setInterval(() => {
      const now = performance.now();
      this.largestMs = Math.max(this.largestMs, now - this.last - INTERVAL_MS);
      this.last = now;
    }, INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
