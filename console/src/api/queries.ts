import {
  type UseMutationResult,
  type UseQueryResult,
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type Answer, useApi } from './api.js';
import type { AnswerOf, OperationId, RequestOf } from './operation.js';
import { readAnew } from './query-client.js';
import type { LooseRequest } from './request.js';

/** Where the query cache keeps an answer. */
export function keyOf(id: OperationId, request: LooseRequest = {}) {
  return [id, request.path ?? {}, request.query ?? {}] as const;
}

interface QueryOptions {
  readonly enabled?: boolean;
  readonly refetchInterval?: number | false;
  /** While other parameters are asked for, the answer to the former ones stays. */
  readonly keepPrevious?: boolean;
}

/** An object or a list of the API. `data.etag` is its version. */
export function useRead<Id extends OperationId>(
  id: Id,
  request: RequestOf<Id>,
  { keepPrevious, ...options }: QueryOptions = {},
): UseQueryResult<Answer<AnswerOf<Id>>> {
  const api = useApi();
  return useQuery<Answer<AnswerOf<Id>>>({
    queryKey: keyOf(id, request),
    queryFn: ({ signal }) => api.call(id, request, signal),
    ...(keepPrevious === true && { placeholderData: keepPreviousData }),
    ...options,
  });
}

/** A change. What is read afterwards is read anew. */
export function useWrite<Id extends OperationId>(
  id: Id,
): UseMutationResult<Answer<AnswerOf<Id>>, Error, RequestOf<Id>> {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (request: RequestOf<Id>) => api.call(id, request),
    onSuccess: () => readAnew(queries),
  });
}
