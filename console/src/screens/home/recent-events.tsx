import { useRead } from '../../api/queries.js';
import { Panel, SkeletonLines } from '../../design/states.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { Timeline } from '../../kit/timeline.js';
import { Link } from '../../shell/link.js';
import { useTexts } from '../../texts/texts.js';
import { EventParties } from '../audit/event-parties.js';
import { texts } from './texts.js';

const SHOWN = 8;

/** @param log address of the whole log */
export function RecentEvents({ tenant, log }: { readonly tenant: string; readonly log: string }) {
  const t = useTexts(texts);
  const { data, error, refetch } = useRead('listAuditEvents', { path: { tenant }, query: { limit: SHOWN } });
  return (
    <Panel title={t('recent')} actions={<Link to={log}>{t('whole_log')}</Link>}>
      {error && !data ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonLines lines={5} label={t('recent')} />
      ) : (
        <Timeline
          label={t('recent')}
          items={data.body.data.map((event) => ({
            id: event.id,
            at: event.occurred_at,
            tone: event.outcome === 'success' ? 'plain' : 'danger',
            title: (
              <Link className="row-link" to={`${log}?event=${event.id}`}>
                {event.type}
              </Link>
            ),
            text: <EventParties event={event} />,
          }))}
        />
      )}
    </Panel>
  );
}
