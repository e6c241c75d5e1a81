import { useState } from 'react';
import type { Schema } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { Panel, SkeletonLines } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { ListTable } from '../../kit/list-table.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { Link } from '../../shell/link.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { Actor } from '../audit/event-parties.js';
import { accessTexts } from './access-texts.js';
import { Picker, type Picked } from '../holders/picker.js';
import { nameOf } from './user-state.js';

/** The groups that one person is in. */
export function UserGroups({ user }: { readonly user: Schema<'User'> }) {
  const t = useTexts(accessTexts);
  const { notify } = useNotices();
  const { tenant, at } = useTenant();
  const { data, error, refetch } = useRead('getUserGroups', { path: { tenant, user_id: user.id } });
  const add = useWrite('addGroupMember');
  const remove = useWrite('removeGroupMember');
  const [chosen, setChosen] = useState<Picked>();
  const [asked, setAsked] = useState<Schema<'GroupMembership'>>();
  const rows = data?.body.data;
  const press = async () => {
    if (!chosen) return;
    await add.mutateAsync({ path: { tenant, group_id: chosen.id, user_id: user.id } }).then(
      () => {
        notify(t('group_added', { group: chosen.label, name: nameOf(user) }));
        setChosen(undefined);
      },
      () => undefined,
    );
  };
  return (
    <Panel title={t('groups')} lead={t('groups_lead')}>
      <div className="stack">
        {error && !rows ? (
          <ProblemNotice error={error} onRetry={() => void refetch()} />
        ) : !rows ? (
          <SkeletonLines lines={2} label={t('groups')} />
        ) : rows.length === 0 ? (
          <p className="soft">{t('groups_none')}</p>
        ) : (
          <ListTable
            label={t('groups')}
            rows={rows}
            rowKey={({ group_id }) => group_id}
            rowName={({ group }) => group}
            columns={[
              {
                id: 'group',
                label: t('group'),
                isPrimary: true,
                cell: ({ group_id, group }) => (
                  <Link className="row-link" to={at('groups', group_id)}>
                    <bdi>{group}</bdi>
                  </Link>
                ),
              },
              { id: 'added_by', label: t('added_by'), cell: ({ added_by }) => <Actor actor={added_by} /> },
              { id: 'since', label: t('since'), cell: ({ created_at }) => <Time value={created_at} /> },
              {
                id: 'actions',
                label: t('actions'),
                cell: (membership) => (
                  <ActionButton size="xs" variant="default" need="users:write" onClick={() => setAsked(membership)}>
                    {t('remove')}
                  </ActionButton>
                ),
              },
            ]}
          />
        )}
        {add.error && <ProblemNotice error={add.error} />}
        <div className="actions">
          <Picker
            kind="group"
            label={t('choose_group')}
            value={chosen}
            without={new Set(rows?.map(({ group_id }) => group_id))}
            onChange={(next) => {
              add.reset();
              setChosen(next);
            }}
          />
          <ActionButton
            need="users:write"
            because={chosen ? undefined : t('choose_group')}
            loading={add.isPending}
            onClick={() => void press()}
          >
            {t('add_to_group')}
          </ActionButton>
        </div>
      </div>
      {asked && (
        <ConfirmDestroy
          title={t('remove_question', { group: asked.group, name: nameOf(user) })}
          effects={[t('remove_effect'), t('remove_effect_roles')]}
          undo={t('remove_undo')}
          confirmLabel={t('remove')}
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            await remove.mutateAsync({ path: { tenant, group_id: asked.group_id, user_id: user.id } });
            notify(t('group_removed', { group: asked.group, name: nameOf(user) }));
          }}
        />
      )}
    </Panel>
  );
}
