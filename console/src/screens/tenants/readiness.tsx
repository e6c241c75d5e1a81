import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { StateBadge } from '../../design/badge.js';
import { Icon } from '../../design/icon.js';
import { Panel, SkeletonLines } from '../../design/states.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useTexts } from '../../texts/texts.js';
import { Link } from '../../shell/link.js';
import { usePlaceOf } from '../../shell/place-of.js';
import { MENDS } from '../home/mends.js';
import { texts } from './texts.js';

const LOOKS = {
  ok: { icon: 'check', tone: 'good' },
  warning: { icon: 'warning', tone: 'warn' },
  missing: { icon: 'error', tone: 'danger' },
} as const;

/** What the tenant still needs before people can sign in, as the platform sees it now. */
export function Readiness({ tenant }: { readonly tenant: Pick<Schema<'Tenant'>, 'id'> }) {
  const t = useTexts(texts);
  const placeOf = usePlaceOf();
  const { data, error, refetch } = useRead('getReadiness', { path: { tenant: tenant.id } });
  const checks = data?.body.checks ?? [];
  const missing = checks.filter(({ state }) => state === 'missing').length;
  const lead = data && (missing === 0 ? t('readiness_ready') : t('readiness_missing', { count: missing }));
  return (
    <Panel title={t('readiness')} lead={lead}>
      {!data && !error && <SkeletonLines lines={4} label={t('readiness')} />}
      {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      <ol className="checklist">
        {checks.map(({ name, state, detail, action }) => (
          <li key={name} data-state={state}>
            <Icon name={LOOKS[state].icon} />
            <div>
              <strong>{t(`check_${name}`)}</strong>
              <p className="soft">{detail}</p>
              {action !== null && <p>{action}</p>}
              {action !== null && name !== 'status' && placeOf(...MENDS[name]) !== undefined && (
                <Link to={placeOf(...MENDS[name]) ?? ''}>{t('mend', { name: t(`check_${name}`) })}</Link>
              )}
            </div>
            <StateBadge tone={LOOKS[state].tone}>{t(`state_${state}`)}</StateBadge>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
