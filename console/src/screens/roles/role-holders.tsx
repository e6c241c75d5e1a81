import { useState } from 'react';
import { useRead, useWrite } from '../../api/queries.js';
import type { Schema } from '../../api/operation.js';
import { Panel } from '../../design/states.js';
import { ActionButton } from '../../kit/action-button.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import { useNotices } from '../../shell/notices.js';
import { usePermission } from '../../shell/permission.js';
import { useUser } from '../../shell/session.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useSharedTexts, useTexts } from '../../texts/texts.js';
import { Picker, type Picked } from '../users/picker.js';
import { UserState, nameOf } from '../users/user-state.js';
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

/** The people who have a role, and giving it to one more. */
export function RoleHolders({ role }: { readonly role: Schema<'Role'> }) {
  const t = useTexts(texts);
  const { notify } = useNotices();
  const { tenant, at } = useTenant();
  const ownId = useUser().id;
  const give = useWrite('giveUserRole');
  const take = useWrite('takeUserRole');
  const [chosen, setChosen] = useState<Picked>();
  const [asked, setAsked] = useState<Schema<'User'>>();
  const press = async () => {
    if (!chosen) return;
    await give.mutateAsync({ path: { tenant, user_id: chosen.id, role: role.name } }).then(
      () => {
        notify(t('given', { name: chosen.label }));
        setChosen(undefined);
      },
      () => undefined,
    );
  };
  return (
    <>
      <Panel title={t('give_title')} lead={t('give_lead')}>
        <div className="stack">
          {give.error && <ProblemNotice error={give.error} />}
          <div className="actions">
            <Picker
              kind="user"
              label={t('find_user')}
              value={chosen}
              onChange={(next) => {
                give.reset();
                setChosen(next);
              }}
            />
            <ActionButton
              need="roles:write"
              because={chosen ? undefined : t('find_user')}
              loading={give.isPending}
              onClick={() => void press()}
            >
              {t('give')}
            </ActionButton>
          </div>
        </div>
      </Panel>
      <ResourceList
        operation="listUsers"
        request={{ path: { tenant }, query: { role: role.name } }}
        label={t('holders')}
        withTotal
        rowKey={({ id }) => id}
        rowName={nameOf}
        columns={[
          {
            id: 'user',
            label: t('user'),
            isPrimary: true,
            cell: ({ id, username }) => (
              <Link className="row-link" to={at('users', id)}>
                <bdi>{username}</bdi>
              </Link>
            ),
          },
          { id: 'person', label: t('person'), cell: ({ name }) => <bdi>{name ?? '–'}</bdi> },
          { id: 'state', label: t('state'), cell: (user) => <UserState user={user} /> },
          {
            id: 'actions',
            label: t('actions'),
            cell: (user) => (
              <ActionButton size="xs" variant="default" need="roles:write" onClick={() => setAsked(user)}>
                {t('take')}
              </ActionButton>
            ),
          },
        ]}
        empty={{ icon: 'role', title: t('holders_none'), text: t('holders_none_text') }}
        cli={['users', 'list', tenant, '--role', role.name]}
      />
      {asked && (
        <ConfirmDestroy
          title={t('take_question', { role: role.display_name, name: nameOf(asked) })}
          effects={[
            ...(asked.id === ownId ? [t('take_self')] : []),
            t('take_effect', { permissions: role.permissions.join(', ') }),
            t('take_effect_at_once'),
          ]}
          undo={t('take_undo')}
          confirmLabel={t('take')}
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            await take.mutateAsync({ path: { tenant, user_id: asked.id, role: role.name } });
            notify(t('taken', { name: nameOf(asked) }));
          }}
        />
      )}
    </>
  );
}
