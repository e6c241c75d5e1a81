import { Select } from '@mantine/core';
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
import { useUser } from '../../shell/session.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { Actor } from '../audit/event-parties.js';
import { useRoleWords } from '../roles/role-words.js';
import { accessTexts } from './access-texts.js';
import { nameOf } from './user-state.js';

/** A tenant has a hundred of its own at most. */
const ALL = 100;

/** The roles of administrators that one person has. */
export function UserRoles({ user }: { readonly user: Schema<'User'> }) {
  const t = useTexts(accessTexts);
  const roleWords = useRoleWords();
  const { notify } = useNotices();
  const { tenant, at } = useTenant();
  const isSelf = useUser().id === user.id;
  const path = { tenant, user_id: user.id };
  const given = useRead('getUserRoles', { path });
  const all = useRead('listRoles', { path: { tenant }, query: { limit: ALL } }).data?.body.data ?? [];
  const give = useWrite('giveUserRole');
  const take = useWrite('takeUserRole');
  const [chosen, setChosen] = useState<string | null>(null);
  const [asked, setAsked] = useState<string>();
  const rows = given.data?.body.data;
  const roleOf = (name: string) => all.find((role) => role.name === name);
  const labelOf = (name: string) => {
    const role = roleOf(name);
    return role ? roleWords.nameOf(role) : name;
  };
  const free = all.filter(({ name }) => !(rows ?? []).some(({ role }) => role === name));
  const press = async () => {
    if (chosen === null) return;
    await give.mutateAsync({ path: { ...path, role: chosen } }).then(
      () => {
        notify(t('role_given', { role: labelOf(chosen), name: nameOf(user) }));
        setChosen(null);
      },
      () => undefined,
    );
  };
  return (
    <Panel title={t('roles')} lead={t('roles_lead')}>
      <div className="stack">
        {given.error && !rows ? (
          <ProblemNotice error={given.error} onRetry={() => void given.refetch()} />
        ) : !rows ? (
          <SkeletonLines lines={2} label={t('roles')} />
        ) : rows.length === 0 ? (
          <p className="soft">{t('roles_none')}</p>
        ) : (
          <ListTable
            label={t('roles')}
            rows={rows}
            rowKey={({ role }) => role}
            rowName={({ role }) => labelOf(role)}
            columns={[
              {
                id: 'role',
                label: t('role'),
                isPrimary: true,
                cell: ({ role }) => (
                  <Link className="row-link" to={at('roles', role)}>
                    <bdi>{labelOf(role)}</bdi>
                  </Link>
                ),
              },
              { id: 'given_by', label: t('given_by'), cell: ({ given_by }) => <Actor actor={given_by} /> },
              { id: 'since', label: t('since'), cell: ({ created_at }) => <Time value={created_at} /> },
              {
                id: 'actions',
                label: t('actions'),
                cell: ({ role }) => (
                  <ActionButton size="xs" variant="default" need="roles:write" onClick={() => setAsked(role)}>
                    {t('take')}
                  </ActionButton>
                ),
              },
            ]}
          />
        )}
        {give.error && <ProblemNotice error={give.error} />}
        <div className="actions">
          <Select
            aria-label={t('choose_role')}
            placeholder={t('choose_role')}
            data={free.map((role) => ({ value: role.name, label: roleWords.nameOf(role) }))}
            value={chosen}
            searchable
            nothingFoundMessage={t('nothing_left')}
            onChange={(next) => {
              give.reset();
              setChosen(next);
            }}
          />
          <ActionButton
            need="roles:write"
            because={chosen === null ? t('choose_role') : undefined}
            loading={give.isPending}
            onClick={() => void press()}
          >
            {t('give_role')}
          </ActionButton>
        </div>
        {chosen !== null && (
          <p className="soft">
            {t('role_allows')} <code>{roleOf(chosen)?.permissions.join(' ')}</code>
          </p>
        )}
      </div>
      {asked !== undefined && (
        <ConfirmDestroy
          title={t('take_role_question', { role: labelOf(asked), name: nameOf(user) })}
          effects={[
            ...(isSelf ? [t('take_role_self')] : []),
            t('take_role_effect', { permissions: roleOf(asked)?.permissions.join(', ') ?? asked }),
            t('take_role_effect_at_once'),
          ]}
          undo={t('take_role_undo')}
          confirmLabel={t('take')}
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            await take.mutateAsync({ path: { ...path, role: asked } });
            notify(t('role_taken', { role: labelOf(asked), name: nameOf(user) }));
          }}
        />
      )}
    </Panel>
  );
}
