import { describe, expect, it } from '@jest/globals';
import { isUnavailable } from '../../src/database/database-error.js';
import { Turns } from '../../src/database/turns.js';

/** Work that ends when it is told to. */
function controlled() {
  const ends: (() => void)[] = [];
  const began: number[] = [];
  return {
    began,
    work: (index: number) => () =>
      new Promise<number>((resolve) => {
        began.push(index);
        ends.push(() => resolve(index));
      }),
    endNext: () => ends.shift()?.(),
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('are taken by a few at once and by the rest in order', async () => {
    const turns = new Turns({ atOnce: 2, deadlineMs: 60_000, waiting: 10 });
    const { began, work, endNext } = controlled();
    const done = [0, 1, 2, 3].map((index) => turns.take(work(index)));
    await settled();
    expect(began).toEqual([0, 1]);
    endNext();
    await settled();
    expect(began).toEqual([0, 1, 2]);
    for (const _ of [1, 2, 3]) {
      endNext();
      await settled();
    }
    expect(await Promise.all(done)).toEqual([0, 1, 2, 3]);
  });

  it('are passed on by work that fails', async () => {
    const turns = new Turns({ atOnce: 1, deadlineMs: 60_000, waiting: 10 });
    const failing = turns.take(() => Promise.reject(new Error('failed')));
    const next = turns.take(async () => 'next');
    await expect(failing).rejects.toThrow('failed');
    expect(await next).toBe('next');
  });

  it('are not waited for without end, nor by any number', async () => {
    const turns = new Turns({ atOnce: 1, deadlineMs: 1, waiting: 1 });
    const { work, endNext } = controlled();
    const first = turns.take(work(0));
    const late = turns.take(work(1)).catch((error: unknown) => isUnavailable(error));
    expect(await turns.take(work(2)).catch((error: unknown) => isUnavailable(error))).toBe(true);
    expect(await late).toBe(true);
    endNext();
    await first;
    expect(await turns.take(async () => 'again')).toBe('again');
  });
});
