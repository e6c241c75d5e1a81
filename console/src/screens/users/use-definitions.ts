import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';

/** A tenant defines thirty at most. */
const ALL = 100;

/** The attributes of the tenant in their order; undefined for those who may not see them, and until they come. */
export function useDefinitions(): {
  readonly definitions: readonly Schema<'UserAttribute'>[] | undefined;
  readonly isPending: boolean;
} {
  const { tenant } = useTenant();
  const enabled = usePermission()('tenants:read').allowed;
  const { data, isLoading } = useRead('listUserAttributes', { path: { tenant }, query: { limit: ALL } }, { enabled });
  const definitions = data?.body.data.toSorted(
    (one, other) => one.order - other.order || one.name.localeCompare(other.name),
  );
  return { definitions, isPending: isLoading };
}
