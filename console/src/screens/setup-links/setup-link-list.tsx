import { Icon } from '../../design/icon.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { SetupLinkStatus, usePurposeNames } from './setup-link-status.js';
import { texts } from './texts.js';

const STATES = ['open', 'used', 'expired', 'revoked'] as const;

export function SetupLinkList() {
  const t = useTexts(texts);
  const purposes = usePurposeNames();
  const { tenant, at } = useTenant();
  const create = (
    <ActionButton to={at('setup-links', 'new')} need="branding:write" leftSection={<Icon name="plus" />}>
      {t('create')}
    </ActionButton>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={create} />
      <ResourceList
        operation="listSetupLinks"
        request={{ path: { tenant } }}
        label={t('title')}
        filters={[
          { member: 'status', label: t('status'), options: STATES.map((value) => ({ value, label: t(value) })) },
        ]}
        rowKey={({ id }) => id}
        rowName={(link) => link.note ?? link.email ?? purposes(link)}
        columns={[
          {
            id: 'for',
            label: t('for'),
            isPrimary: true,
            cell: (link) => (
              <Link className="row-link" to={at('setup-links', link.id)}>
                <bdi>{link.note ?? link.email ?? t('nobody')}</bdi>
              </Link>
            ),
          },
          { id: 'status', label: t('status'), cell: (link) => <SetupLinkStatus link={link} /> },
          { id: 'purposes', label: t('purposes'), cell: purposes },
          { id: 'last_used', label: t('last_used'), cell: ({ last_used_at }) => <Time value={last_used_at} /> },
          { id: 'expires', label: t('expires'), cell: ({ expires_at }) => <Time value={expires_at} /> },
          { id: 'created', label: t('created'), cell: ({ created_at }) => <Time value={created_at} /> },
        ]}
        empty={{ icon: 'grant', title: t('empty_title'), text: t('empty_text'), action: create }}
        cli={['setup-links', 'list', tenant]}
      />
    </>
  );
}
