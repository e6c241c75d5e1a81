import { existsSync, readFileSync } from 'node:fs';

const INTERVAL_MS = 200;

/** Looks at the processes of one installation all the time: which end by themselves, and how much memory they take. */
export class ProcessWatch {
  private readonly seen = new Set<number>();
  private readonly expected = new Set<number>();
  private readonly timer: NodeJS.Timeout;
  private largestKb = 0;
  readonly ended: number[] = [];

  constructor(private readonly primary: number) {
    this.timer = setInterval(() => this.look(), INTERVAL_MS);
    this.look();
  }

  /** The processes that serve requests now. */
  get serving(): number[] {
    const workers = workersOf(this.primary);
    return workers.length > 0 ? workers : [this.primary];
  }

  /** Largest resident size of one process so far, in MiB; 0 where the system does not tell. */
  get largestMb(): number {
    return Math.round(this.largestKb / 1024);
  }

  /** From now on this process may end, because the test ends it. */
  expectEnd(pid: number): void {
    this.expected.add(pid);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const running = new Set([this.primary, ...workersOf(this.primary)].filter(isRunning));
    for (const pid of running) {
      this.seen.add(pid);
      this.largestKb = Math.max(this.largestKb, residentKb(pid));
    }
    for (const pid of this.seen) {
      if (running.has(pid)) continue;
      this.seen.delete(pid);
      if (!this.expected.has(pid)) this.ended.push(pid);
    }
  }
}

export function workersOf(primary: number): number[] {
  const file = `/proc/${primary}/task/${primary}/children`;
  if (!existsSync(file)) return [];
  try {
    return readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return []; // it ended in this moment
  }
}

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function residentKb(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
