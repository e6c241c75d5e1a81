import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import cluster, { type Worker } from 'node:cluster';
import { EventEmitter } from 'node:events';
import { WorkerSlot } from '../../src/process/worker-slot.js';

const MINUTE_MS = 60_000;

/** A worker that was forked and says nothing. */
class SilentWorker extends EventEmitter {
  readonly kill = jest.fn();
  readonly process = { pid: 1, kill: this.kill };
}

let worker: SilentWorker;

beforeEach(() => {
  jest.useFakeTimers();
  worker = new SilentWorker();
  jest.spyOn(cluster, 'fork').mockReturnValue(worker as unknown as Worker);
  new WorkerSlot({ message: () => undefined, ended: () => undefined, refused: () => true }).start();
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('A worker that starts', () => {
  it('may take minutes, as on a busy machine where many start at once', () => {
    jest.advanceTimersByTime(4 * MINUTE_MS);
    expect(worker.kill).not.toHaveBeenCalled();
  });

  it('is ended when it hangs', () => {
    jest.advanceTimersByTime(10 * MINUTE_MS);
    expect(worker.kill).toHaveBeenCalledWith('SIGKILL');
  });

  it('is left alone once it asks for the database', () => {
    worker.emit('message', { type: 'database?' });
    jest.advanceTimersByTime(10 * MINUTE_MS);
    expect(worker.kill).not.toHaveBeenCalled();
  });
});
