import { StateBadge } from '../../design/badge.js';
import { Icon } from '../../design/icon.js';
import { ActionButton } from '../../kit/action-button.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { RoleHolderCount } from './role-holders.js';
import { useRoleWords } from './role-words.js';
import { texts } from './texts.js';

export function RoleList() {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const { nameOf, describe } = useRoleWords();
  const create = (
    <ActionButton to={at('roles', 'new')} need="roles:write" leftSection={<Icon name="plus" />}>
      {t('create')}
    </ActionButton>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={create} />
      <ResourceList
        operation="listRoles"
        request={{ path: { tenant } }}
        label={t('title')}
        rowKey={({ name }) => name}
        rowName={nameOf}
        columns={[
          {
            id: 'role',
            label: t('role'),
            isPrimary: true,
            cell: (role) => (
              <>
                <Link className="row-link" to={at('roles', role.name)}>
                  <bdi>{nameOf(role)}</bdi>
                </Link>
                {describe(role) !== null && (
                  <span className="row-sub">
                    <bdi>{describe(role)}</bdi>
                  </span>
                )}
              </>
            ),
          },
          { id: 'name', label: t('name'), cell: ({ name }) => <code>{name}</code> },
          {
            id: 'kind',
            label: t('kind'),
            cell: ({ built_in }) => (
              <StateBadge tone={built_in ? 'plain' : 'accent'}>{t(built_in ? 'built_in' : 'own')}</StateBadge>
            ),
          },
          {
            id: 'permissions',
            label: t('permissions'),
            isNumeric: true,
            cell: ({ permissions }) => permissions.length,
          },
          { id: 'holders', label: t('holders'), isNumeric: true, cell: ({ name }) => <RoleHolderCount role={name} /> },
        ]}
        empty={{ icon: 'role', title: t('title'), text: t('lead') }}
        cli={['roles', 'list', tenant]}
      />
    </>
  );
}
