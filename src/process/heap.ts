import { setFlagsFromString } from 'node:v8';

/** How much garbage may gather, in percent of what is alive, before V8 collects it. */
const GARBAGE_PERCENT = 50;

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
