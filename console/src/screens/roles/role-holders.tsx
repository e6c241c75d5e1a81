import { useApi } from '../../api/api.js';
import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { usePermission } from '../../shell/permission.js';
import { useUser } from '../../shell/session.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useSharedTexts, useTexts } from '../../texts/texts.js';
import { HolderList } from '../holders/holder-list.js';
import { UserState } from '../users/user-state.js';
import { useRoleWords } from './role-words.js';
import { texts } from './texts.js';

/** How many people have a role, as far as it may be seen. */
export function RoleHolderCount({ role }: { readonly role: string }) {
  const t = useSharedTexts();
  const { tenant } = useTenant();
  const enabled = usePermission()('users:read').allowed;
  const request = { path: { tenant }, query: { role, limit: 1, total: true } };
  const page = useRead('listUsers', request, { enabled }).data?.body.page;
  if (page?.estimated_total === undefined) return <span className="soft">–</span>;
  if (page.total_precision === 'at_least') return t('list.total_at_least', { count: page.estimated_total });
  return page.estimated_total;
}

/** The people who have a role, and giving it to one more. The API lists no applications by role. */
export function RoleHolders({ role }: { readonly role: Schema<'Role'> }) {
  const t = useTexts(texts);
  const { nameOf } = useRoleWords();
  const api = useApi();
  const { tenant } = useTenant();
  const ownId = useUser().id;
  const pathOf = (user_id: string) => ({ tenant, user_id, role: role.name });
  return (
    <HolderList
      operation="listUsers"
      request={{ path: { tenant }, query: { role: role.name } }}
      label={t('holders')}
      withTotal
      holderOf={({ id, username }) => ({ kind: 'user', id, name: username })}
      heading={t('user')}
      columns={[
        { id: 'person', label: t('person'), cell: ({ name }) => <bdi>{name ?? '–'}</bdi> },
        { id: 'state', label: t('state'), cell: (user) => <UserState user={user} /> },
      ]}
      add={{
        title: t('give_title'),
        lead: t('give_lead'),
        label: t('give'),
        find: t('find_user'),
        needs: { user: 'roles:write' },
        run: (_, id) => api.call('giveUserRole', { path: pathOf(id) }),
        done: (name) => t('given', { name }),
      }}
      remove={{
        label: t('take'),
        run: ({ id }) => api.call('takeUserRole', { path: pathOf(id) }),
        done: (count, names) => t('taken', { count, names }),
        confirm: (holders, names) => ({
          title: t('take_question', { role: nameOf(role), count: holders.length }),
          effects: [
            ...(holders.some(({ id }) => id === ownId) ? [t('take_self')] : []),
            t('take_effect', { names, permissions: role.permissions.join(', ') }),
            t('take_effect_at_once'),
          ],
          undo: t('take_undo'),
        }),
      }}
      empty={{ icon: 'role', title: t('holders_none'), text: t('holders_none_text') }}
      cli={['users', 'list', tenant, '--role', role.name]}
    />
  );
}
