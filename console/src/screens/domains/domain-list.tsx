import { Icon } from '../../design/icon.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { DomainState } from './domain-state.js';
import { texts } from './texts.js';

export function DomainList() {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const create = (
    <ActionButton to={at('domains', 'new')} need="tenants:write" leftSection={<Icon name="plus" />}>
      {t('create')}
    </ActionButton>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={create} />
      <ResourceList
        operation="listDomains"
        request={{ path: { tenant } }}
        label={t('title')}
        rowKey={({ domain }) => domain}
        rowName={({ domain }) => domain}
        columns={[
          {
            id: 'domain',
            label: t('domain'),
            isPrimary: true,
            cell: ({ domain }) => (
              <Link className="row-link" to={at('domains', 'of', domain)}>
                <bdi>{domain}</bdi>
              </Link>
            ),
          },
          { id: 'state', label: t('state'), cell: (domain) => <DomainState domain={domain} /> },
          { id: 'issuer', label: t('issuer'), cell: ({ issuer }) => <code>{issuer}</code> },
          { id: 'checked', label: t('checked'), cell: ({ last_checked_at }) => <Time value={last_checked_at} /> },
          { id: 'added', label: t('added'), cell: ({ created_at }) => <Time value={created_at} /> },
        ]}
        empty={{ icon: 'domain', title: t('empty_title'), text: t('empty_text'), action: create }}
        cli={['domains', 'list', tenant]}
      />
    </>
  );
}
