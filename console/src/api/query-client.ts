import { QueryClient } from '@tanstack/react-query';
import { ApiProblem, Unreachable } from './api-problem.js';

const FRESH_MS = 10_000;
const TRIES = 4;
const LONGEST_WAIT_MS = 30_000;

/** The only state of the console that comes from the platform. It is in memory and ends with the page. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        // What a person does again by hand helps no sooner; what is refused stays refused.
        retry: (failures, error) => failures < TRIES && isPassing(error),
        retryDelay: (failures, error) => waitOf(failures, error),
        refetchOnReconnect: true,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

function isPassing(error: Error): boolean {
  return error instanceof Unreachable || (error instanceof ApiProblem && error.isPassing);
}

function waitOf(failures: number, error: Error): number {
  const asked = error instanceof ApiProblem ? error.retryAfterSeconds : undefined;
  return Math.min(asked === undefined ? 500 * 2 ** failures : asked * 1000, LONGEST_WAIT_MS);
}
