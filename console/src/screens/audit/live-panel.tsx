import { useState } from 'react';
import { StateBadge, type Tone } from '../../design/badge.js';
import { EmptyState } from '../../design/states.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { asCommand } from '../../api/command-text.js';
import { ColumnMenu } from '../../kit/column-menu.js';
import { useListModel } from '../../kit/list-model.js';
import { ListRows } from '../../kit/list-rows.js';
import { useListState } from '../../kit/list-state.js';
import { ListTools } from '../../kit/list-tools.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { useEventColumns } from './audit-list.js';
import { EventDrawer } from './event-drawer.js';
import { useEventFilters } from './filters.js';
import { type TailState, useLiveTail } from './live-tail.js';
import { texts } from './texts.js';

const TONES: Readonly<Record<TailState, Tone>> = {
  connecting: 'plain',
  live: 'good',
  hidden: 'plain',
  waiting: 'warn',
  ended: 'danger',
};

/** Events as they happen. */
export function LivePanel() {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const filters = useEventFilters(tenant);
  const members = filters.map(({ member }) => member);
  const state = useListState('live', members);
  const { events, state: tail, error, missed } = useLiveTail(tenant, state.filters, true);
  const [opened, setOpened] = useState<string>();
  const columns = useEventColumns((event) => setOpened(event.id));
  const model = useListModel({ columns, rows: events, rowKey: ({ id }) => id, state });
  const options = filters.flatMap(({ member, flag }) => {
    const value = state.filters[member];
    return value === undefined ? [] : [flag ?? `--${member}`, value];
  });
  return (
    <div className="list-panel">
      <ListTools state={state} searchHint={undefined} filters={filters}>
        <ColumnMenu model={model} />
        <CodeCopy
          operation="streamAuditEvents"
          request={() => ({ path: { tenant }, query: state.filters })}
          cli={() => asCommand(['audit-events', 'tail', tenant, ...options])}
        />
      </ListTools>
      <p className="live-state" role="status">
        <StateBadge tone={TONES[tail]}>{t(`tail_${tail}`)}</StateBadge>{' '}
        <span className="soft">{t('tail_count', { count: events.length })}</span>
      </p>
      {missed && <p className="live-state">{t('tail_missed')}</p>}
      {error && <ProblemNotice error={error} />}
      {events.length === 0 ? (
        <EmptyState icon="audit" title={t('live_empty')} text={t('live_empty_text')} />
      ) : (
        <ListRows model={model} label={t('live_label')} rowName={({ type }) => type} isLoading={false} />
      )}
      {opened !== undefined && (
        <EventDrawer tenant={tenant} id={opened} among={events} onClose={() => setOpened(undefined)} />
      )}
    </div>
  );
}
