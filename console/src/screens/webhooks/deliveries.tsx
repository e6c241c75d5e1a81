import { useState } from 'react';
import { useApi } from '../../api/api.js';
import type { Schema } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { StateBadge, type Tone } from '../../design/badge.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { ResourceList } from '../../kit/resource-list.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { ReplayButton } from './replay-button.js';
import { texts } from './texts.js';
import { WEBHOOK_WRITERS } from './webhook-status.js';

type Delivery = Schema<'WebhookDelivery'>;

export const DELIVERY_TONES: Readonly<Record<Delivery['state'], Tone>> = {
  queued: 'accent',
  delivered: 'good',
  failed: 'danger',
};
const LOOK_AGAIN_MS = 5000;

export function Deliveries({ webhook }: { readonly webhook: Schema<'Webhook'> }) {
  const t = useTexts(texts);
  const api = useApi();
  const { tenant } = useTenant();
  const path = { tenant, webhook_id: webhook.id };
  const types = useRead('listEventTypes', { path: { tenant } }).data?.body.data ?? [];
  const replay = ({ id }: Delivery) => api.call('replayDelivery', { path: { ...path, delivery_id: id } });
  return (
    <div className="stack">
      <div className="actions">
        <ReplayButton webhook={webhook} />
      </div>
      <ResourceList
        operation="listWebhookDeliveries"
        request={{ path }}
        label={t('deliveries')}
        refetchInterval={LOOK_AGAIN_MS}
        filters={[
          {
            member: 'state',
            label: t('state'),
            options: (['queued', 'delivered', 'failed'] as const).map((value) => ({ value, label: t(value) })),
          },
          { member: 'type', label: t('event'), options: types.map(({ type }) => ({ value: type, label: type })) },
        ]}
        rowKey={({ id }) => id}
        rowName={({ type }) => type}
        columns={[
          { id: 'event', label: t('event'), isPrimary: true, cell: ({ type }) => <code>{type}</code> },
          { id: 'happened', label: t('happened'), cell: ({ occurred_at }) => <Time value={occurred_at} exact /> },
          {
            id: 'state',
            label: t('state'),
            cell: ({ state }) => <StateBadge tone={DELIVERY_TONES[state]}>{t(state)}</StateBadge>,
          },
          { id: 'attempts', label: t('attempts'), isNumeric: true, cell: ({ attempts }) => attempts },
          { id: 'answer', label: t('answer'), cell: (delivery) => <Answer delivery={delivery} /> },
          { id: 'again', label: t('again'), cell: (delivery) => <ReplayOne delivery={delivery} webhook={webhook} /> },
        ]}
        empty={{ icon: 'webhook', title: t('no_deliveries'), text: t('no_deliveries_text') }}
        bulk={[{ label: t('replay'), need: WEBHOOK_WRITERS, run: replay }]}
        cli={['webhooks', 'deliveries', tenant, webhook.id]}
      />
    </div>
  );
}

function Answer({ delivery }: { readonly delivery: Delivery }) {
  const t = useTexts(texts);
  const { status, error, next_attempt_at: next } = delivery;
  if (status === null && error === null && next === null) return <span className="soft">–</span>;
  return (
    <span>
      {status !== null && <>HTTP {status} </>}
      {error !== null && <bdi>{error}</bdi>}
      {next !== null && (
        <span className="row-sub">
          {t('next_attempt')} <Time value={next} />
        </span>
      )}
    </span>
  );
}

function ReplayOne({ delivery, webhook }: { readonly delivery: Delivery; readonly webhook: Schema<'Webhook'> }) {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const { notify } = useNotices();
  const replay = useWrite('replayDelivery');
  const [failure, setFailure] = useState<Error>();
  const press = async () => {
    setFailure(undefined);
    try {
      await replay.mutateAsync({ path: { tenant, webhook_id: webhook.id, delivery_id: delivery.id } });
      notify(t('replayed_one'));
    } catch (error) {
      setFailure(error as Error);
    }
  };
  return (
    <>
      <ActionButton
        size="xs"
        variant="default"
        need={WEBHOOK_WRITERS}
        because={delivery.state === 'queued' ? t('already_queued') : undefined}
        loading={replay.isPending}
        aria-label={t('replay_named', { type: delivery.type })}
        onClick={() => void press()}
      >
        {t('replay')}
      </ActionButton>
      {failure && <ProblemNotice error={failure} />}
    </>
  );
}
