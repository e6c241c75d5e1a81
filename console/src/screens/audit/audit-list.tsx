import type { Schema } from '../../api/operation.js';
import { StateBadge } from '../../design/badge.js';
import { Time } from '../../design/time.js';
import { ResourceList } from '../../kit/resource-list.js';
import type { Column } from '../../kit/list-table.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useUrlState } from '../../shell/url-state.js';
import { useTexts } from '../../texts/texts.js';
import { EventDrawer } from './event-drawer.js';
import { Concerns, Who } from './event-parties.js';
import { useEventFilters } from './filters.js';
import { texts } from './texts.js';

export function AuditList() {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const filters = useEventFilters(tenant);
  const [url, setUrl] = useUrlState();
  const columns = useEventColumns((event) => setUrl({ event: event.id }));
  const path = { tenant };
  return (
    <>
      <ResourceList
        operation="listAuditEvents"
        request={{ path }}
        label={t('title')}
        filters={[
          ...filters,
          { member: 'since', label: t('since'), kind: 'time' },
          { member: 'until', label: t('until'), kind: 'time' },
        ]}
        rowKey={({ id }) => id}
        rowName={({ type }) => type}
        columns={columns}
        empty={{ icon: 'audit', title: t('empty_title'), text: t('empty_text') }}
        cli={['audit-events', 'list', tenant]}
      />
      {url.has('event') && (
        <EventDrawer tenant={tenant} id={url.get('event') ?? ''} onClose={() => setUrl({ event: undefined })} />
      )}
    </>
  );
}

/** The columns of events, in the list and live. */
export function useEventColumns(
  onOpen: (event: Schema<'AuditEvent'>) => void,
): readonly Column<Schema<'AuditEvent'>>[] {
  const t = useTexts(texts);
  return [
    {
      id: 'type',
      label: t('type'),
      isPrimary: true,
      cell: (event) => (
        <button type="button" className="row-button" onClick={() => onOpen(event)}>
          {event.type}
        </button>
      ),
    },
    { id: 'when', label: t('when'), cell: ({ occurred_at }) => <Time value={occurred_at} exact /> },
    {
      id: 'outcome',
      label: t('outcome'),
      cell: ({ outcome }) => <StateBadge tone={outcome === 'success' ? 'good' : 'danger'}>{t(outcome)}</StateBadge>,
    },
    { id: 'actor', label: t('actor'), cell: (event) => <Who event={event} /> },
    { id: 'concerns', label: t('concerns'), cell: (event) => <Concerns event={event} /> },
    { id: 'address', label: t('address'), cell: ({ address }) => <Code value={address} /> },
  ];
}

function Code({ value }: { readonly value: string | null }) {
  return value === null ? <span className="soft">–</span> : <code className="nowrap">{value}</code>;
}
