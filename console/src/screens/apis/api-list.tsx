import { Icon } from '../../design/icon.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

export function ApiList() {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const create = (
    <ActionButton to={at('apis', 'new')} need="apis:write" leftSection={<Icon name="plus" />}>
      {t('create')}
    </ActionButton>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={create} />
      <ResourceList
        operation="listApis"
        request={{ path: { tenant } }}
        label={t('title')}
        withTotal
        defaultSort="display_name"
        searchHint={t('search')}
        rowKey={({ id }) => id}
        rowName={({ display_name: name }) => name}
        columns={[
          {
            id: 'name',
            label: t('name'),
            sort: 'display_name',
            isPrimary: true,
            cell: ({ id, display_name: name }) => (
              <Link className="row-link" to={at('apis', id)}>
                <bdi>{name}</bdi>
              </Link>
            ),
          },
          {
            id: 'identifier',
            label: t('identifier'),
            sort: 'identifier',
            cell: ({ identifier }) => <code>{identifier}</code>,
          },
          { id: 'scopes', label: t('scopes'), isNumeric: true, cell: ({ scopes }) => scopes.length },
          { id: 'tokens', label: t('tokens'), cell: ({ access_token_format: format }) => t(`format_${format}`) },
          {
            id: 'created',
            label: t('created'),
            sort: 'created_at',
            cell: ({ created_at: created }) => <Time value={created} />,
          },
        ]}
        empty={{ icon: 'api', title: t('empty_title'), text: t('empty_text'), action: create }}
        cli={['apis', 'list', tenant]}
      />
    </>
  );
}
