import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { readAnew } from '../api/query-client.js';

export interface Progress {
  readonly total: number;
  readonly done: number;
  /** What was refused: of which item, and why. */
  readonly failed: readonly { readonly name: string; readonly error: Error }[];
  readonly isRunning: boolean;
}

interface LongWork<Item> {
  readonly progress: Progress | undefined;
  readonly run: (items: readonly Item[], work: (item: Item) => Promise<unknown>) => Promise<Progress>;
  readonly stop: () => void;
  readonly forget: () => void;
}

/** One request after another, with progress, and an end before the end. What is refused does not hold up the rest. */
export function useLongWork<Item>(nameOf: (item: Item) => string): LongWork<Item> {
  const queries = useQueryClient();
  const [progress, setProgress] = useState<Progress>();
  const stopped = useRef(false);
  const run: LongWork<Item>['run'] = async (items, work) => {
    stopped.current = false;
    let state: Progress = { total: items.length, done: 0, failed: [], isRunning: true };
    setProgress(state);
    for (const item of items) {
      if (stopped.current) break;
      try {
        await work(item);
        state = { ...state, done: state.done + 1 };
      } catch (error) {
        state = { ...state, failed: [...state.failed, { name: nameOf(item), error: error as Error }] };
      }
      setProgress(state);
    }
    state = { ...state, isRunning: false };
    setProgress(state);
    await readAnew(queries);
    return state;
  };
  return {
    progress,
    run,
    stop: () => {
      stopped.current = true;
    },
    forget: () => setProgress(undefined),
  };
}
