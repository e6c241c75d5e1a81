import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi } from '../../api/api.js';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useWrite } from '../../api/queries.js';
import { CopyButton } from '../../design/copy.js';
import { Facts, Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { ResourcePage } from '../../kit/resource-page.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { Deliveries } from './deliveries.js';
import { Receiver } from './receiver.js';
import { TestButton } from './test-button.js';
import { texts } from './texts.js';
import { WebhookDanger } from './webhook-danger.js';
import { useWebhookFields } from './webhook-fields.js';
import { WEBHOOK_WRITERS, WebhookStatus } from './webhook-status.js';
import { WebhookSecret } from './webhook-secret.js';

type Webhook = Schema<'Webhook'>;

export function WebhookPage() {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const { webhook: id = '' }: { readonly webhook?: string } = useParams({ strict: false });
  const path = { tenant, webhook_id: id };
  return (
    <ResourcePage
      operation="getWebhook"
      request={{ path }}
      crumbs={[{ label: t('title'), to: at('webhooks') }]}
      head={(body) => ({
        title: hostOf(body.url),
        badges: <WebhookStatus webhook={body} />,
        lead: body.description === null ? undefined : <bdi>{body.description}</bdi>,
        actions: <TestButton webhook={body} />,
      })}
      troubles={(body) => [
        body.disabled_reason !== null && {
          tone: 'danger',
          title: t(`reason_${body.disabled_reason}`),
          text: t('stopped_text'),
          action: <EnableButton webhook={body} />,
        },
        body.disabled_reason === null &&
          !body.enabled && {
            tone: 'warn',
            title: t('disabled_title'),
            text: t('disable_undo'),
            action: <EnableButton webhook={body} />,
          },
        body.enabled &&
          body.failing_since !== null && {
            tone: 'warn',
            title: t('failing_title'),
            text: (
              <>
                {t('failing_text')} <Time value={body.failing_since} exact />
              </>
            ),
          },
      ]}
      tabs={[
        { id: 'deliveries', label: t('deliveries'), content: ({ body }) => <Deliveries webhook={body} /> },
        {
          id: 'settings',
          label: t('settings'),
          content: ({ body, etag }) => (
            <>
              <Settings webhook={body} etag={etag} />
              <WebhookDanger webhook={body} />
            </>
          ),
        },
        {
          id: 'secret',
          label: t('secret'),
          content: ({ body }) => (
            <>
              <WebhookSecret webhook={body} />
              <Panel title={t('verify')} lead={t('secret_use')}>
                <Receiver />
              </Panel>
            </>
          ),
        },
        {
          id: 'about',
          label: t('about'),
          content: ({ body }) => (
            <Panel title={t('about')}>
              <Facts
                facts={[
                  [
                    t('url'),
                    <span className="copy-value" key="url">
                      <code>{body.url}</code>
                      <CopyButton text={body.url} what={t('url')} />
                    </span>,
                  ],
                  [
                    t('id'),
                    <span className="copy-value" key="id">
                      <code>{body.id}</code>
                      <CopyButton text={body.id} what={t('id')} />
                    </span>,
                  ],
                  [t('created'), <Time key="created" value={body.created_at} />],
                  [t('updated'), <Time key="updated" value={body.updated_at} />],
                ]}
              />
            </Panel>
          ),
        },
      ]}
    />
  );
}

function Settings({ webhook, etag }: { readonly webhook: Webhook; readonly etag: string | undefined }) {
  const t = useTexts(texts);
  const api = useApi();
  const { tenant } = useTenant();
  const fields = useWebhookFields(tenant);
  const path = { tenant, webhook_id: webhook.id };
  return (
    <Panel title={t('settings')}>
      <ResourceForm
        operation="updateWebhook"
        request={{ path }}
        fields={fields}
        initial={webhook}
        etag={etag}
        latest={() => api.call('getWebhook', { path })}
        need={WEBHOOK_WRITERS}
        cli={({ body }) => asCommand(['webhooks', 'update', tenant, webhook.id], body as Record<string, unknown>)}
      />
    </Panel>
  );
}

function EnableButton({ webhook }: { readonly webhook: Webhook }) {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const { notify } = useNotices();
  const update = useWrite('updateWebhook');
  const [failure, setFailure] = useState<Error>();
  const enable = async () => {
    setFailure(undefined);
    try {
      const path = { tenant, webhook_id: webhook.id };
      await update.mutateAsync({ path, body: { enabled: true }, ifMatch: '*' });
      notify(t('is_enabled'));
    } catch (error) {
      setFailure(error as Error);
    }
  };
  return (
    <div className="stack">
      <div>
        <ActionButton need={WEBHOOK_WRITERS} loading={update.isPending} onClick={() => void enable()}>
          {t('enable')}
        </ActionButton>
      </div>
      {failure && <ProblemNotice error={failure} />}
    </div>
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
