import { useApi } from '../../api/api.js';
import type { Schema } from '../../api/operation.js';
import { StateBadge } from '../../design/badge.js';
import { Icon } from '../../design/icon.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';
import { useUserFilters } from './user-filters.js';
import { UserState, nameOf } from './user-state.js';

type User = Schema<'User'>;
/** Names that a question spells out. */
const NAMED = 5;

export function UserList() {
  const t = useTexts(texts);
  const api = useApi();
  const { tenant, at } = useTenant();
  const filters = useUserFilters();
  const setEnabled = (enabled: boolean) => (user: User) =>
    api.call('updateUser', { path: { tenant, user_id: user.id }, body: { enabled }, ifMatch: '*' });
  const namesOf = (rows: readonly User[]) => {
    const names = rows.slice(0, NAMED).map(nameOf).join(', ');
    return rows.length > NAMED ? t('more_names', { names, count: rows.length - NAMED }) : names;
  };
  const ownersOf = (rows: readonly User[]) => {
    const owners = rows.filter(({ tenant_admin }) => tenant_admin);
    return owners.length > 0 ? [t('bulk_effect_owners', { names: namesOf(owners), count: owners.length })] : [];
  };
  const actions = (
    <>
      <ActionButton to={at('users', 'new')} need="users:write" leftSection={<Icon name="plus" />}>
        {t('create')}
      </ActionButton>
      <ActionButton
        variant="default"
        to={at('invitations', 'new')}
        need="users:write"
        leftSection={<Icon name="mail" />}
      >
        {t('invite')}
      </ActionButton>
      <ActionButton variant="default" to={at('users', 'import')} need="users:write">
        {t('import')}
      </ActionButton>
    </>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={actions} />
      <ResourceList
        operation="listUsers"
        request={{ path: { tenant } }}
        label={t('title')}
        withTotal
        defaultSort="-created_at"
        searchHint={t('search')}
        filters={filters}
        rowKey={({ id }) => id}
        rowName={nameOf}
        columns={[
          {
            id: 'username',
            label: t('username'),
            sort: 'username',
            isPrimary: true,
            cell: ({ id, username }) => (
              <Link className="row-link" to={at('users', id)}>
                <bdi>{username}</bdi>
              </Link>
            ),
          },
          {
            id: 'name',
            label: t('name'),
            sort: 'name',
            cell: ({ name }) => (name === undefined ? <None /> : <bdi>{name}</bdi>),
          },
          { id: 'email', label: t('email'), sort: 'email', cell: (user) => <Email user={user} /> },
          { id: 'state', label: t('state'), cell: (user) => <UserState user={user} /> },
          {
            id: 'roles',
            label: t('roles'),
            cell: ({ roles }) => (roles.length === 0 ? <None /> : <Names names={roles} />),
          },
          {
            id: 'created',
            label: t('created'),
            sort: 'created_at',
            cell: ({ created_at }) => <Time value={created_at} />,
          },
        ]}
        empty={{
          icon: 'user',
          title: t('empty_title'),
          text: t('empty_text'),
          action: <div className="actions">{actions}</div>,
        }}
        bulk={[
          {
            label: t('disable'),
            need: 'users:write',
            run: setEnabled(false),
            confirm: (rows) => ({
              title: t('disable_many', { count: rows.length }),
              effects: [
                t('disable_effect_many', { names: namesOf(rows), count: rows.length }),
                t('disable_effect_tokens'),
                ...ownersOf(rows),
              ],
              undo: t('disable_undo'),
              confirmLabel: t('disable'),
            }),
          },
          { label: t('enable'), need: 'users:write', run: setEnabled(true) },
          {
            label: t('delete'),
            need: 'users:write',
            run: (user) => api.call('deleteUser', { path: { tenant, user_id: user.id }, ifMatch: '*' }),
            confirm: (rows) => ({
              title: t('delete_many', { count: rows.length }),
              effects: [
                t('delete_effect_many', { names: namesOf(rows), count: rows.length }),
                t('delete_effect_data'),
                ...ownersOf(rows),
              ],
              undo: t('delete_undo'),
              confirmLabel: t('delete'),
              ...(rows.length > NAMED && { typeName: String(rows.length) }),
            }),
          },
        ]}
        cli={['users', 'list', tenant]}
      />
    </>
  );
}

function None() {
  return <span className="soft">–</span>;
}

function Names({ names }: { readonly names: readonly string[] }) {
  return (
    <span className="actions">
      {names.map((name) => (
        <StateBadge tone={name === 'owner' ? 'accent' : 'plain'} key={name}>
          <bdi>{name}</bdi>
        </StateBadge>
      ))}
    </span>
  );
}

function Email({ user }: { readonly user: User }) {
  const t = useTexts(texts);
  if (user.email === null) return <None />;
  return (
    <>
      <bdi>{user.email}</bdi>
      {!user.email_verified && <span className="soft"> · {t('unverified')}</span>}
    </>
  );
}
