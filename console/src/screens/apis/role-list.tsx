import type { Schema } from '../../api/operation.js';
import { Icon } from '../../design/icon.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Troubles } from '../../kit/resource-page.js';
import { Link } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

/** Roles of one API, which it reads in access tokens. */
export function RoleList({ api }: { readonly api: Schema<'Api'> }) {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const create = (
    <ActionButton to={at('apis', api.id, 'roles', 'new')} need="apis:write" leftSection={<Icon name="plus" />}>
      {t('new_role')}
    </ActionButton>
  );
  return (
    <>
      <Troubles
        troubles={[
          api.roles_in_tokens === 'off' && {
            tone: 'plain',
            title: t('roles_off_title'),
            text: t('roles_off_text'),
            action: (
              <ActionButton size="xs" variant="default" to={`${at('apis', api.id)}?tab=settings`}>
                {t('to_settings')}
              </ActionButton>
            ),
          },
        ]}
      />
      <div className="actions">{create}</div>
      <ResourceList
        operation="listApiRoles"
        request={{ path: { tenant }, query: { api_id: api.id } }}
        label={t('roles')}
        rowKey={({ id }) => id}
        rowName={({ display_name: shown, name }) => shown ?? name}
        columns={[
          {
            id: 'role',
            label: t('role'),
            isPrimary: true,
            cell: ({ id, name, display_name: shown }) => (
              <Link className="row-link" to={at('apis', api.id, 'roles', id)}>
                <bdi>{shown ?? name}</bdi>
              </Link>
            ),
          },
          { id: 'role_name', label: t('role_name'), cell: ({ name }) => <code>{name}</code> },
          {
            id: 'scopes',
            label: t('scopes'),
            cell: ({ scopes }) =>
              scopes.length === 0 ? <span className="soft">–</span> : <code>{scopes.join(' ')}</code>,
          },
          { id: 'created', label: t('created'), cell: ({ created_at: created }) => <Time value={created} /> },
        ]}
        empty={{ icon: 'role', title: t('roles_empty'), text: t('roles_empty_text'), action: create }}
        cli={['api-roles', 'list', tenant, '--api-id', api.id]}
      />
    </>
  );
}
