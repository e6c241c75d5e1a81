import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useApi } from '../../api/api.js';
import { ApiProblem } from '../../api/api-problem.js';

const LOOK_AGAIN_MS = 15_000;

/** Parts that `/health/ready` names when they fail. */
export const PARTS = ['database', 'changes', 'audit', 'stopping'] as const;
export type Part = (typeof PARTS)[number];

export interface Health {
  readonly isReady: boolean;
  readonly parts: Readonly<Partial<Record<Part, string | true>>>;
  /** How long the answer took. */
  readonly tookMs: number;
}

/** Of the process that answers, as load balancers see it. */
export function useHealth(): UseQueryResult<Health> {
  const api = useApi();
  return useQuery({
    queryKey: ['health'],
    refetchInterval: LOOK_AGAIN_MS,
    queryFn: async () => {
      const from = performance.now();
      // Operators are at the platform's own address, so it is the same origin.
      const answer = await api.console('GET', '/health/ready');
      const tookMs = Math.round(performance.now() - from);
      if (!answer.ok && answer.status !== 503) throw new ApiProblem(answer.status, undefined, undefined);
      const { status, ...parts } = (await answer.json()) as { readonly status: string } & Health['parts'];
      return { isReady: status === 'ok', parts, tookMs };
    },
  });
}
