import { useApi } from '../../api/api.js';
import type { Schema } from '../../api/operation.js';
import { Time } from '../../design/time.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { Actor } from '../audit/event-parties.js';
import { HolderList } from '../holders/holder-list.js';
import { texts } from './texts.js';

export function GroupMembers({ group }: { readonly group: Schema<'Group'> }) {
  const t = useTexts(texts);
  const api = useApi();
  const { tenant } = useTenant();
  const path = { tenant, group_id: group.id };
  return (
    <HolderList
      operation="listGroupMembers"
      request={{ path }}
      label={t('members')}
      holderOf={({ user_id, username }) => ({ kind: 'user', id: user_id, name: username })}
      heading={t('member')}
      columns={[
        { id: 'added_by', label: t('added_by'), cell: ({ added_by }) => <Actor actor={added_by} /> },
        { id: 'since', label: t('since'), cell: ({ created_at }) => <Time value={created_at} /> },
      ]}
      add={{
        title: t('add_member'),
        lead: t('add_member_lead'),
        label: t('add'),
        find: t('find_user'),
        needs: { user: 'users:write' },
        run: (_, user_id) => api.call('addGroupMember', { path: { ...path, user_id } }),
        done: (name) => t('added', { name }),
      }}
      remove={{
        label: t('remove'),
        run: ({ id }) => api.call('removeGroupMember', { path: { ...path, user_id: id } }),
        done: (count, names) => t('removed', { count, names }),
        confirm: (holders, names) => ({
          title: t('remove_question', { count: holders.length, group: group.name }),
          effects: [t('remove_whom', { names }), t('remove_effect'), t('remove_effect_roles')],
          undo: t('remove_undo'),
        }),
      }}
      empty={{ icon: 'group', title: t('members_none'), text: t('members_none_text') }}
      cli={['groups', 'members', tenant, group.name]}
    />
  );
}
