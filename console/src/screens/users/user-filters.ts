import { useRead } from '../../api/queries.js';
import type { Filter } from '../../kit/list-tools.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { useRoleWords } from '../roles/role-words.js';
import { texts } from './texts.js';

/** As many as one answer holds; more of them are found with the search of groups. */
const MOST = 100;

/** What the list of users can be narrowed by: roles and groups are those of the tenant. */
export function useUserFilters(): readonly Filter[] {
  const t = useTexts(texts);
  const permission = usePermission();
  const { nameOf } = useRoleWords();
  const { tenant } = useTenant();
  const path = { tenant };
  const canSeeRoles = permission('roles:read').allowed;
  const roles = useRead('listRoles', { path, query: { limit: MOST } }, { enabled: canSeeRoles }).data?.body.data ?? [];
  const groups = useRead('listGroups', { path, query: { limit: MOST, sort: 'name' } }).data?.body.data ?? [];
  const yesNo = (yes: string, no: string) => [
    { value: 'true', label: yes },
    { value: 'false', label: no },
  ];
  return [
    { member: 'enabled', label: t('state'), options: yesNo(t('enabled'), t('disabled')) },
    { member: 'email_verified', label: t('email'), options: yesNo(t('verified'), t('unverified')) },
    ...(roles.length === 0
      ? []
      : [
          {
            member: 'role',
            label: t('role'),
            options: roles.map((role) => ({ value: role.name, label: nameOf(role) })),
          },
        ]),
    ...(groups.length === 0
      ? []
      : [
          {
            member: 'group_id',
            label: t('group'),
            options: groups.map(({ id, name, display_name }) => ({ value: id, label: display_name ?? name })),
          },
        ]),
  ];
}
