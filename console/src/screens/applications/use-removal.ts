import { useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../api/api.js';
import type { OperationId } from '../../api/operation.js';
import type { LooseRequest } from '../../api/request.js';
import { readAnew } from '../../api/query-client.js';
import { useGo } from '../../shell/link.js';

/**
 * Deletes what a page is about, and goes where it was listed. What the page shows is not read again, because its
 * object is gone.
 */
export function useRemoval(operation: OperationId): (request: LooseRequest, listed: string) => Promise<void> {
  const api = useApi();
  const go = useGo();
  const queries = useQueryClient();
  return async (request, listed) => {
    await api.callAny(operation, request);
    await readAnew(queries, false);
    go(listed, { replace: true });
  };
}
