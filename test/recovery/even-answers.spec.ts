import { describe, expect, it } from '@jest/globals';
import { STEP_MS, evenly } from '../../src/recovery/even-answers.js';

async function stepsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await evenly(work).catch(() => undefined);
  return (performance.now() - began) / STEP_MS;
}

describe('an answer that leaves evenly', () => {
  it('has the result or the error of the work', async () => {
    expect(await evenly(() => Promise.resolve('done'))).toBe('done');
    await expect(evenly(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  });

  it('leaves no sooner than a step after it began, whether the work did well or not', async () => {
    for (const work of [() => Promise.resolve(), () => Promise.reject(new Error('refused'))]) {
      expect(await stepsOf(work)).toBeGreaterThanOrEqual(1);
    }
  });

  it('leaves no sooner than the step that follows longer work', async () => {
    const work = async () => {
      const until = performance.now() + 1.2 * STEP_MS;
      while (performance.now() < until);
    };
    expect(await stepsOf(work)).toBeGreaterThanOrEqual(2);
  });
});
