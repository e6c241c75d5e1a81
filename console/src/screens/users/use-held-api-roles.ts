import { useQuery } from '@tanstack/react-query';
import { type Answer, useApi } from '../../api/api.js';
import type { Schema } from '../../api/operation.js';
import { useTenant } from '../../shell/tenant-scope.js';

export interface HeldApiRole {
  readonly role: Schema<'ApiRole'>;
  readonly since: string;
  readonly givenBy: string | null;
  /** The group by which a user has it; undefined: directly. */
  readonly groupId: string | undefined;
}

interface Holder {
  readonly kind: 'user' | 'group';
  readonly id: string;
  /** Of a user: the groups that the user is in. */
  readonly groupIds: readonly string[];
}

const PAGE = 100;
/** Roles with more holders than these pages show are looked through so far, and it is said. */
const PAGES_PER_ROLE = 5;

/**
 * The roles of the tenant's APIs that a user or group has. The API lists holders by role, so each role is looked
 * through.
 */
export function useHeldApiRoles({ kind, id, groupIds }: Holder) {
  const api = useApi();
  const { tenant } = useTenant();
  return useQuery({
    queryKey: ['api roles held', tenant, kind, id, groupIds],
    queryFn: async ({ signal }) => {
      const query = { limit: PAGE };
      const roles = (await api.call('listApiRoles', { path: { tenant }, query }, signal)).body;
      const held: HeldApiRole[] = [];
      let isCut = roles.page.has_more;
      const matches = (one: Schema<'ApiRoleAssignment'>) =>
        kind === 'group' ? one.group_id === id : one.user_id === id || groupIds.includes(one.group_id ?? '');
      for (const role of roles.data) {
        let after: string | null = null;
        for (let page = 0; page < PAGES_PER_ROLE; page += 1) {
          const path = { tenant, api_role_id: role.id };
          const cursor = after === null ? {} : { after };
          const answer: Answer<Schema<'ApiRoleAssignmentPage'>> = await api.call(
            'listApiRoleAssignments',
            { path, query: { ...query, ...cursor } },
            signal,
          );
          const { data, page: info } = answer.body;
          held.push(
            ...data.filter(matches).map(({ group_id, created_at, given_by }) => ({
              role,
              since: created_at,
              givenBy: given_by,
              groupId: kind === 'user' ? (group_id ?? undefined) : undefined,
            })),
          );
          after = info.next;
          if (!info.has_more || after === null) break;
          if (page === PAGES_PER_ROLE - 1) isCut = true;
        }
      }
      return { roles: roles.data, held, isCut };
    },
  });
}
