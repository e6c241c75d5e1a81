import { Icon } from '../../design/icon.js';
import { StateBadge } from '../../design/badge.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import { useSession } from '../../shell/session.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { AccessPolicy } from './access-policy.js';
import { GrantStatus, useGrantWords } from './grant-status.js';
import { texts } from './texts.js';

export function GrantList() {
  const t = useTexts(texts);
  const words = useGrantWords();
  const { is_operator } = useSession();
  const { tenant, at } = useTenant();
  const path = { tenant };
  const create = is_operator && (
    <ActionButton
      to={at('access-grants', 'new')}
      need={['operator', 'tenants:read']}
      leftSection={<Icon name="plus" />}
    >
      {t('create')}
    </ActionButton>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={create} />
      <div className="page-body">
        <AccessPolicy tenant={tenant} />
        <ResourceList
          operation="listAccessGrants"
          request={{ path }}
          label={t('title')}
          rowKey={({ id }) => id}
          rowName={({ operator }) => operator}
          columns={[
            {
              id: 'reason',
              label: t('reason'),
              isPrimary: true,
              cell: ({ id, reason }) => (
                <Link className="row-link" to={at('access-grants', id)}>
                  <bdi>{reason}</bdi>
                </Link>
              ),
            },
            {
              id: 'status',
              label: t('status'),
              cell: (grant) => (
                <>
                  <GrantStatus grant={grant} />{' '}
                  {grant.emergency && <StateBadge tone="danger">{t('emergency')}</StateBadge>}
                </>
              ),
            },
            { id: 'operator', label: t('operator'), cell: ({ operator }) => <code>{operator}</code> },
            { id: 'reach', label: t('reach'), cell: words.reach },
            { id: 'level', label: t('level'), cell: words.level },
            { id: 'requested_at', label: t('requested_at'), cell: ({ requested_at }) => <Time value={requested_at} /> },
            { id: 'expires_at', label: t('expires_at'), cell: ({ expires_at }) => <Time value={expires_at} /> },
          ]}
          empty={{
            icon: 'grant',
            title: t('empty_title'),
            text: t(is_operator ? 'empty_operator' : 'empty_admin'),
            action: create,
          }}
          cli={['access-grants', 'list', tenant]}
        />
      </div>
    </>
  );
}
