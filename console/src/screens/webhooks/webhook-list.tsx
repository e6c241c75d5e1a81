import { useApi } from '../../api/api.js';
import type { Schema } from '../../api/operation.js';
import { Icon } from '../../design/icon.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';
import { WEBHOOK_WRITERS, WebhookStatus } from './webhook-status.js';

export function WebhookList() {
  const t = useTexts(texts);
  const api = useApi();
  const { tenant, at } = useTenant();
  const path = { tenant };
  const change = (enabled: boolean) => (webhook: Schema<'Webhook'>) =>
    api.call('updateWebhook', { path: { tenant, webhook_id: webhook.id }, body: { enabled }, ifMatch: '*' });
  const create = (
    <ActionButton to={at('webhooks', 'new')} need={WEBHOOK_WRITERS} leftSection={<Icon name="plus" />}>
      {t('create')}
    </ActionButton>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={create} />
      <ResourceList
        operation="listWebhooks"
        request={{ path }}
        label={t('title')}
        rowKey={({ id }) => id}
        rowName={({ url }) => url}
        columns={[
          {
            id: 'url',
            label: t('url'),
            isPrimary: true,
            cell: ({ id, url, description }) => (
              <>
                <Link className="row-link" to={at('webhooks', id)}>
                  <bdi>{url}</bdi>
                </Link>
                {description !== null && (
                  <span className="row-sub">
                    <bdi>{description}</bdi>
                  </span>
                )}
              </>
            ),
          },
          { id: 'status', label: t('status'), cell: (webhook) => <WebhookStatus webhook={webhook} /> },
          {
            id: 'event_types',
            label: t('event_types'),
            cell: ({ event_types: types }) =>
              types.length === 0
                ? t('every_event')
                : t('some_events', { first: types[0] ?? '', count: types.length - 1 }),
          },
          {
            id: 'failing_since',
            label: t('failing_since'),
            cell: ({ failing_since }) =>
              failing_since === null ? <span className="soft">–</span> : <Time value={failing_since} />,
          },
          { id: 'created', label: t('created'), cell: ({ created_at }) => <Time value={created_at} /> },
        ]}
        empty={{ icon: 'webhook', title: t('empty_title'), text: t('empty_text'), action: create }}
        bulk={[
          { label: t('enable'), need: WEBHOOK_WRITERS, run: change(true) },
          {
            label: t('disable'),
            need: WEBHOOK_WRITERS,
            run: change(false),
            confirm: (rows) => ({
              title: t('disable_many', { count: rows.length }),
              effects: [t('disable_effect')],
              undo: t('disable_undo'),
              confirmLabel: t('disable'),
            }),
          },
        ]}
        cli={['webhooks', 'list', tenant]}
      />
    </>
  );
}
