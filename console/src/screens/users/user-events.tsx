import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { StateBadge } from '../../design/badge.js';
import { CodeBlock } from '../../design/copy.js';
import { Time } from '../../design/time.js';
import { ResourceList } from '../../kit/resource-list.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { Who } from '../audit/event-parties.js';
import { relationTexts } from './relation-texts.js';

/** The audit log, as far as it concerns one person. */
export function UserEvents({ userId }: { readonly userId: string }) {
  const t = useTexts(relationTexts);
  const { tenant } = useTenant();
  const types = useRead('listEventTypes', { path: { tenant } }).data?.body.data ?? [];
  const descriptions = new Map(types.map(({ type, description }) => [type, description]));
  return (
    <ResourceList
      operation="listAuditEvents"
      request={{ path: { tenant }, query: { user_id: userId } }}
      label={t('events')}
      filters={[
        {
          member: 'outcome',
          label: t('outcome'),
          options: [
            { value: 'success', label: t('success') },
            { value: 'failure', label: t('failure') },
          ],
        },
      ]}
      rowKey={({ id }) => id}
      rowName={({ type }) => type}
      columns={[
        {
          id: 'event',
          label: t('event'),
          isPrimary: true,
          cell: (event) => <What event={event} description={descriptions.get(event.type)} />,
        },
        {
          id: 'outcome',
          label: t('outcome'),
          cell: ({ outcome }) => <StateBadge tone={outcome === 'success' ? 'good' : 'danger'}>{t(outcome)}</StateBadge>,
        },
        { id: 'by', label: t('by'), cell: (event) => <Who event={event} /> },
        {
          id: 'address',
          label: t('address'),
          cell: ({ address }) => (address === null ? '–' : <code>{address}</code>),
        },
        {
          id: 'when',
          label: t('when'),
          cell: ({ occurred_at }) => (
            <span className="nowrap">
              <Time value={occurred_at} exact />
            </span>
          ),
        },
      ]}
      empty={{ icon: 'audit', title: t('events_none'), text: t('events_none_text') }}
      cli={['audit-events', 'list', tenant, '--user', userId]}
    />
  );
}

interface WhatProps {
  readonly event: Schema<'AuditEvent'>;
  readonly description: string | undefined;
}

function What({ event, description }: WhatProps) {
  const t = useTexts(relationTexts);
  return (
    <>
      <code>{event.type}</code>
      {description !== undefined && (
        <span className="row-sub" lang="en">
          {description}
        </span>
      )}
      {(event.details !== null || event.request_id !== null) && (
        <details>
          <summary className="soft">{t('details')}</summary>
          <CodeBlock
            text={JSON.stringify(
              { ...event.details, client_id: event.client_id, request_id: event.request_id },
              null,
              2,
            )}
            what={t('details')}
          />
        </details>
      )}
    </>
  );
}
