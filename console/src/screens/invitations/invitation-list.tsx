import { useApi } from '../../api/api.js';
import { Icon } from '../../design/icon.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { InvitationActions } from './invitation-actions.js';
import { InvitationStatus } from './invitation-status.js';
import { texts } from './texts.js';

const STATES = ['pending', 'accepted', 'expired', 'withdrawn'] as const;

export function InvitationList() {
  const t = useTexts(texts);
  const api = useApi();
  const { tenant, at } = useTenant();
  const invite = (
    <ActionButton to={at('invitations', 'new')} need="users:write" leftSection={<Icon name="plus" />}>
      {t('create')}
    </ActionButton>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={invite} />
      <ResourceList
        operation="listInvitations"
        request={{ path: { tenant } }}
        label={t('title')}
        withTotal
        defaultSort="-created_at"
        searchHint={t('search')}
        filters={[
          { member: 'status', label: t('status'), options: STATES.map((value) => ({ value, label: t(value) })) },
        ]}
        rowKey={({ id }) => id}
        rowName={({ email }) => email}
        columns={[
          {
            id: 'email',
            label: t('email'),
            sort: 'email',
            isPrimary: true,
            cell: ({ id, email, name }) => (
              <>
                <Link className="row-link" to={at('invitations', id)}>
                  <bdi>{email}</bdi>
                </Link>
                {name !== null && (
                  <span className="row-sub">
                    <bdi>{name}</bdi>
                  </span>
                )}
              </>
            ),
          },
          { id: 'status', label: t('status'), cell: ({ status }) => <InvitationStatus status={status} /> },
          {
            id: 'roles',
            label: t('roles'),
            cell: ({ roles }) => (roles.length === 0 ? <span className="soft">–</span> : <bdi>{roles.join(', ')}</bdi>),
          },
          { id: 'sent', label: t('sent'), cell: ({ sent_at }) => <Time value={sent_at} /> },
          { id: 'expires', label: t('expires'), cell: ({ expires_at }) => <Time value={expires_at} /> },
          {
            id: 'created',
            label: t('created'),
            sort: 'created_at',
            cell: ({ created_at }) => <Time value={created_at} />,
          },
          {
            id: 'actions',
            label: t('actions'),
            cell: (invitation) => <InvitationActions invitation={invitation} size="xs" />,
          },
        ]}
        bulk={[
          {
            label: t('resend'),
            need: 'users:write',
            run: ({ id }) => api.call('resendInvitation', { path: { tenant, invitation_id: id }, ifMatch: '*' }),
          },
          {
            label: t('withdraw'),
            need: 'users:write',
            run: ({ id }) => api.call('withdrawInvitation', { path: { tenant, invitation_id: id } }),
            confirm: (rows) => ({
              title: t('withdraw_many', { count: rows.length }),
              effects: [t('withdraw_effect_many', { count: rows.length })],
              undo: t('withdraw_undo'),
              confirmLabel: t('withdraw'),
            }),
          },
        ]}
        empty={{ icon: 'mail', title: t('empty_title'), text: t('empty_text'), action: invite }}
        cli={['invitations', 'list', tenant]}
      />
    </>
  );
}
