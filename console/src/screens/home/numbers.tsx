import { useRead } from '../../api/queries.js';
import { Panel, SkeletonLines } from '../../design/states.js';
import { Meter } from '../../kit/meter.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

const COUNTED = ['users', 'clients', 'apis'] as const;

/** How many there are, and of how many there may be. */
export function Numbers({ tenant }: { readonly tenant: string }) {
  const t = useTexts(texts);
  const { data, error, refetch } = useRead('getQuotas', { path: { tenant } });
  return (
    <Panel title={t('numbers')}>
      {error && !data ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonLines lines={3} label={t('numbers')} />
      ) : (
        <div className="stack">
          {COUNTED.map((name) => {
            const limit = data.body.effective_quotas[name];
            return (
              <Meter
                key={name}
                label={t(`count_${name}`)}
                used={data.body.used[name]}
                limit={typeof limit === 'number' ? limit : null}
                none={t('no_limit')}
              />
            );
          })}
        </div>
      )}
    </Panel>
  );
}
