import { useRead } from '../../api/queries.js';
import { Panel, SkeletonLines } from '../../design/states.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { Timeline } from '../../kit/timeline.js';
import { Link } from '../../shell/link.js';
import { useTexts } from '../../texts/texts.js';
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
          items={data.body.data.map(({ id, type, occurred_at, outcome, actor, target, client_id }) => ({
            id,
            at: occurred_at,
            tone: outcome === 'success' ? 'plain' : 'danger',
            title: (
              <Link className="row-link" to={`${log}?event=${id}`}>
                {type}
              </Link>
            ),
            text: <code>{[actor, target ?? client_id].filter((part) => part !== null).join(' → ')}</code>,
          }))}
        />
      )}
    </Panel>
  );
}
