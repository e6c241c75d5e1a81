import { QueryClient } from '@tanstack/react-query';
import { ApiProblem, Unreachable } from './api-problem.js';
import { OPERATIONS } from './operations.generated.js';

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

/**
 * After a change: what is shown is read again, and the rest is forgotten, so that no screen begins with what it was before.
 * @param isShownAgain false: of a page whose object is gone
 */
export async function readAnew(queries: QueryClient, isShownAgain = true): Promise<void> {
  queries.removeQueries({
    type: 'inactive',
    // What the address and the session need is no answer of the API.
    predicate: ({ queryKey: [id] }) => typeof id === 'string' && Object.hasOwn(OPERATIONS, id),
  });
  await queries.invalidateQueries(isShownAgain ? {} : { refetchType: 'none' });
}

function isPassing(error: Error): boolean {
  return error instanceof Unreachable || (error instanceof ApiProblem && error.isPassing);
}

function waitOf(failures: number, error: Error): number {
  const asked = error instanceof ApiProblem ? error.retryAfterSeconds : undefined;
  return Math.min(asked === undefined ? 500 * 2 ** failures : asked * 1000, LONGEST_WAIT_MS);
}
