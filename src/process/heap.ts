import { setFlagsFromString } from 'node:v8';

/** How much garbage may gather, in percent of what is alive, before V8 collects it. */
const GARBAGE_PERCENT = 30;

/**
 * For the command line, because V8 reads it only as a process starts. It halves what V8 sets aside for young objects
 * (48 MB): of those a request leaves few behind.
 */
export const SMALL_YOUNG_GENERATION = '--max-semi-space-size=8';

/** What a worker is started with: what this process was, and the setting above unless somebody chose another one. */
export function workerArguments(own: readonly string[], nodeOptions = ''): string[] {
  const isChosen = /--max[-_]semi[-_]space[-_]size/.test([...own, nodeOptions].join(' '));
  return isChosen ? [...own] : [...own, SMALL_YOUNG_GENERATION];
}

/**
 * Keeps the process small, with two settings that V8 reads anew at each collection (others may not be changed once it
 * runs). Left alone it lets the heap of a server with much memory grow to several times of what is alive; most of what
 * a request leaves behind is collected young, so collecting the rest earlier costs next to nothing. And it collects the
 * young with a thread for each core: there is so little of it that the threads cost more than they help, and spread
 * what stays over more pages. A core is better used by another worker.
 */
export function boundHeapGrowth(): void {
  setFlagsFromString(`--heap-growing-percent=${GARBAGE_PERCENT}`);
  setFlagsFromString('--no-parallel-scavenge');
}
