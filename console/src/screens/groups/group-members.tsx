import { useState } from 'react';
import { useApi } from '../../api/api.js';
import { useWrite } from '../../api/queries.js';
import type { Schema } from '../../api/operation.js';
import { Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { Actor } from '../audit/event-parties.js';
import { Picker, type Picked } from '../users/picker.js';
import { texts } from './texts.js';

export function GroupMembers({ group }: { readonly group: Schema<'Group'> }) {
  const t = useTexts(texts);
  const api = useApi();
  const { notify } = useNotices();
  const { tenant, at } = useTenant();
  const path = { tenant, group_id: group.id };
  const add = useWrite('addGroupMember');
  const [chosen, setChosen] = useState<Picked>();
  const press = async () => {
    if (!chosen) return;
    await add.mutateAsync({ path: { ...path, user_id: chosen.id } }).then(
      () => {
        notify(t('added', { name: chosen.label }));
        setChosen(undefined);
      },
      () => undefined,
    );
  };
  return (
    <>
      <Panel title={t('add_member')} lead={t('add_member_lead')}>
        <div className="stack">
          {add.error && <ProblemNotice error={add.error} />}
          <div className="actions">
            <Picker
              kind="user"
              label={t('find_user')}
              value={chosen}
              onChange={(next) => {
                add.reset();
                setChosen(next);
              }}
            />
            <ActionButton
              need="users:write"
              because={chosen ? undefined : t('find_user')}
              loading={add.isPending}
              onClick={() => void press()}
            >
              {t('add')}
            </ActionButton>
          </div>
        </div>
      </Panel>
      <ResourceList
        operation="listGroupMembers"
        request={{ path }}
        label={t('members')}
        rowKey={({ user_id }) => user_id}
        rowName={({ username }) => username}
        columns={[
          {
            id: 'member',
            label: t('member'),
            isPrimary: true,
            cell: ({ user_id, username }) => (
              <Link className="row-link" to={at('users', user_id)}>
                <bdi>{username}</bdi>
              </Link>
            ),
          },
          { id: 'added_by', label: t('added_by'), cell: ({ added_by }) => <Actor actor={added_by} /> },
          { id: 'since', label: t('since'), cell: ({ created_at }) => <Time value={created_at} /> },
        ]}
        bulk={[
          {
            label: t('remove'),
            need: 'users:write',
            run: ({ user_id }) => api.call('removeGroupMember', { path: { ...path, user_id } }),
            confirm: (rows) => ({
              title: t('remove_question', { count: rows.length, group: group.name }),
              effects: [t('remove_effect'), t('remove_effect_roles')],
              undo: t('remove_undo'),
              confirmLabel: t('remove'),
            }),
          },
        ]}
        empty={{ icon: 'group', title: t('members_none'), text: t('members_none_text') }}
        cli={['groups', 'members', tenant, group.name]}
      />
    </>
  );
}
