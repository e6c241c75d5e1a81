import { Icon } from '../../design/icon.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

export function GroupList() {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const create = (
    <ActionButton to={at('groups', 'new')} need="users:write" leftSection={<Icon name="plus" />}>
      {t('create')}
    </ActionButton>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={create} />
      <ResourceList
        operation="listGroups"
        request={{ path: { tenant } }}
        label={t('title')}
        withTotal
        defaultSort="name"
        searchHint={t('search')}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        columns={[
          {
            id: 'name',
            label: t('name'),
            sort: 'name',
            isPrimary: true,
            cell: ({ id, name }) => (
              <Link className="row-link" to={at('groups', id)}>
                <bdi>{name}</bdi>
              </Link>
            ),
          },
          {
            id: 'display_name',
            label: t('display_name'),
            cell: ({ display_name }) => <bdi>{display_name ?? '–'}</bdi>,
          },
          {
            id: 'description',
            label: t('description'),
            cell: ({ description }) => <bdi className="soft">{description ?? '–'}</bdi>,
          },
          {
            id: 'created',
            label: t('created'),
            sort: 'created_at',
            cell: ({ created_at }) => <Time value={created_at} />,
          },
        ]}
        empty={{ icon: 'group', title: t('empty_title'), text: t('empty_text'), action: create }}
        cli={['groups', 'list', tenant]}
      />
    </>
  );
}
