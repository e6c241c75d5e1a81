import { useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../api/api.js';
import type { OperationId } from '../../api/operation.js';
import type { LooseRequest } from '../../api/request.js';
import { useGo } from '../../shell/link.js';

/**
 * Deletes what a page is about, and goes where it was listed. What was read is only marked as old, because the page
 * itself would ask for the deleted object once more.
 */
export function useRemoval(operation: OperationId): (request: LooseRequest, listed: string) => Promise<void> {
  const api = useApi();
  const go = useGo();
  const queries = useQueryClient();
  return async (request, listed) => {
    await api.callAny(operation, request);
    await queries.invalidateQueries({ refetchType: 'none' });
    go(listed, { replace: true });
  };
}
